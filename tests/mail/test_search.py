"""IMAP's substrings and people's words, before and after the index knows them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.mail import slices, store
from corneille.mail.append import append
from corneille.mail.criteria import (
    And,
    BodyHas,
    ChangedSince,
    Criterion,
    Every,
    HasFlag,
    HeaderHas,
    InThread,
    InUids,
    Larger,
    Not,
    OfContent,
    Or,
    Received,
    ReceivedWithin,
    SavedOn,
    Sent,
    Smaller,
    TextHas,
)
from corneille.mail.fetch import fetch
from corneille.mail.flag import FlagChange, flag
from corneille.mail.move import copy, expunge, move
from corneille.mail.search import search, search_words
from corneille.mail.searchable import fold
from corneille.mail.slices import Work, finish
from corneille.mail.store import search_sql, search_text
from corneille.mail.store.sql import find_value, number_list
from corneille.mail.values import MailAccount, MailboxGone, NewMessage
from tests.mail.conftest import File, NewAccount, mailbox_of
from tests.mail.indexed import wait_until_indexed
from tests.mail.letter import letter, minutes


def found(account: MailAccount, mailbox: MailboxId, criterion: Criterion) -> list[int]:
    return [*finish(search(account, mailbox, criterion))]


@pytest.fixture(params=["waiting", "indexed"])
def ready(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the messages filed so far wait for the index, or be in it."""
    if request.param == "waiting":
        monkeypatch.setattr(store.current().shard(0)._writer, "_idle", lambda: False)
        return lambda: None
    return wait_until_indexed


@pytest.fixture
def four(ground: object, account: MailAccount, file: File, ready: Callable[[], None]) -> MailAccount:
    file(letter("Réunion parents", "Les élèves de la 3ème B", date="Tue, 24 Nov 2026 23:30:00 -0500"), "\\Seen")
    file(letter("RE: cantine", "Menu du lundi: œufs", x_ecole="Collège", date="Mon, 1 Jun 2026 08:00:00 +0200"), "Devoir")
    file(letter("", "ELEVE <b>gras</b>" + "x" * 500), received_at=minutes(60 * 24 * 40))
    file(letter("=?utf-8?b?w4l0w6k=?=", "rien"), "\\Deleted")
    ready()
    return account


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        (Every(), [1, 2, 3, 4]),
        (And(()), [1, 2, 3, 4]),
        (Or(()), []),
        (BodyHas("ÉLÈVE"), [1, 3]),
        (BodyHas("lèves de"), [1]),
        (BodyHas("eunion"), []),
        (TextHas("eunion PAR"), [1]),
        (TextHas("gras"), [3]),
        (TextHas("/b>"), [3]),
        (TextHas("3è"), [1]),
        (TextHas(""), [1, 2, 3, 4]),
        (TextHas("absent"), []),
        (HeaderHas("Subject", "ete"), [4]),
        (HeaderHas("SUBJECT", "cantine"), [2]),
        (HeaderHas("X-Ecole", ""), [2]),
        (HeaderHas("X-Ecole", "college"), [2]),
        (HeaderHas("From", "cantine"), []),
        (HeaderHas("x", "ecole"), []),
        (HeaderHas("Subject", ""), [1, 2, 3, 4]),
        (Not(BodyHas("eleve")), [2, 4]),
        (Not(Not(BodyHas("eleve"))), [1, 3]),
        (Or((BodyHas("eleve"), HasFlag("\\Deleted"))), [1, 3, 4]),
        (And((BodyHas("eleve"), InUids([(Uid(2), Uid(9))]))), [3]),
        (And((BodyHas("eleve"), Not(TextHas("gras")))), [1]),
        (And((BodyHas("eleve"), Or((TextHas("gras"), HeaderHas("Subject", "cantine"))))), [3]),
        (And((HeaderHas("Subject", "cantine"), BodyHas("eleve"))), []),
        (And((HeaderHas("Subject", "ete"), TextHas(""), HasFlag("\\Deleted"))), [4]),
        (HasFlag("\\seen"), [1]),
        (Not(HasFlag("\\Seen")), [2, 3, 4]),
        (HasFlag("DEVOIR"), [2]),
        (HasFlag("Dev"), []),
        (Larger(600), [3]),
        (Not(Smaller(600)), [3]),
        (InUids([(Uid(1), Uid(1)), (Uid(3), Uid(2**32 - 1))]), [1, 3, 4]),
        (InUids([]), []),
        (Sent(since=date(2026, 11, 24), before=date(2026, 11, 25)), [1]),  # the header's own day, not UTC's
        (Sent(before=date(2026, 11, 1)), [2]),
        (Not(Sent(before=date(2026, 11, 1))), [1, 3, 4]),
        (Received(since=date(2026, 11, 25)), [3]),
        (Received(before=date(2026, 11, 25)), [1, 2, 4]),
        (ReceivedWithin(since=minutes(1)), [3]),
        (ReceivedWithin(before=minutes(0)), []),
        (SavedOn(before=date(2026, 1, 1)), []),
        (ChangedSince(ModSeq(1)), [1, 2, 3, 4]),
    ],
)
def test_a_criterion_finds_what_it_says(four: MailAccount, criterion: Criterion, expected: list[int]) -> None:
    assert found(four, mailbox_of(four, "INBOX"), criterion) == expected
    some = [Uid(2), Uid(4), Uid(9)]
    among = finish(search(four, mailbox_of(four, "INBOX"), criterion, among=some))
    assert among == [uid for uid in expected if uid in some]


def test_a_search_among_some_asks_nothing_of_others(
    four: MailAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    decide = search_text.decide

    def spy(*given: Any) -> Work[list[int]]:
        asked.extend(content for _, content in given[3])
        return decide(*given)

    monkeypatch.setattr(search_text, "decide", spy)
    inbox = mailbox_of(four, "INBOX")
    finish(search(four, inbox, BodyHas("e"), among=[Uid(2)]))
    assert len(asked) == 1
    with pytest.raises(MailboxGone):
        finish(search(four, MailboxId(9999), Every(), among=[Uid(2)]))


def test_internaldates_day_is_the_servers_zones_day(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(received_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))  # 1 July in Paris
    assert found(account, inbox, Received(since=date(2026, 7, 1))) == [1]
    assert found(account, inbox, Received(before=date(2026, 7, 1))) == []


def test_thousands_of_keys_are_one_search(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(b"", "\\Seen")
    many = tuple(Larger(number) for number in range(3000))
    assert found(account, inbox, Or(many)) == [1]
    assert found(account, inbox, And((*many, Larger(10**6)))) == []


def test_a_search_with_very_many_terms_gives_the_loop_its_turn_and_finds_the_same(
    account: MailAccount, inbox: MailboxId, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(250):
        file(letter(str(number)), *(["k3"] if number % 2 else []))
    monkeypatch.setattr("corneille.mail.store.search_sql.EVALUATIONS", 4000)
    terms = And(tuple(Not(HasFlag(f"k{number}")) for number in range(40)))
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    found: list[Uid] = []

    def go_on() -> Iterator[None]:
        found.extend((yield from search(account, inbox, terms)))

    assert len(list(go_on())) >= 3
    assert found == list(range(1, 251, 2))


def test_a_stretch_of_the_mailbox_at_a_time_finds_the_same(
    account: MailAccount, inbox: MailboxId, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = [file(letter(str(number), "rien"), *(["\\Seen"] if number % 3 else ["k"])) for number in range(30)]
    expunge(account, inbox).result(10)
    (row,) = next(iter(fetch(account, inbox, [(filed[7].uid, filed[7].uid)])))
    criteria: list[Criterion] = [
        Every(), HasFlag("k"), HasFlag("\\Seen"), Not(HasFlag("\\Seen")), BodyHas("rien"), HeaderHas("subject", "1"),
        InUids([(Uid(3), Uid(20))]), And((InUids([(Uid(1), Uid(30))]), HasFlag("k"))), OfContent(row.content),
        InThread(row.thread), And((InThread(row.thread), Every())), Not(InThread(row.thread)), ChangedSince(ModSeq(1)),
        ChangedSince(filed[25].modseq), ReceivedWithin(since=minutes(-5)), ReceivedWithin(before=minutes(-5)),
    ]  # fmt: skip
    whole = [found(account, inbox, each) for each in criteria]
    assert [len(each) for each in whole[:4]] == [30, 10, 20, 10]
    assert whole[8] == [filed[7].uid]
    monkeypatch.setattr("corneille.mail.store.search_sql.AT_ONCE", 4)
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    assert [found(account, inbox, each) for each in criteria] == whole
    assert len(list(search(account, inbox, HasFlag("k")))) >= 7, "the loop has its turn between two stretches"
    assert len(list(search(account, inbox, OfContent(row.content)))) <= 2, "an index finds it at once"


def test_a_stretch_is_given_only_what_was_decided_of_it(
    account: MailAccount, inbox: MailboxId, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        file(letter(str(number), "rien"))
    given: list[int] = []

    def count(numbers: Iterable[int]) -> object:
        counted = [*numbers]
        given.append(len(counted))
        return number_list(counted)

    monkeypatch.setattr(search_sql, "number_list", count)
    monkeypatch.setattr(search_sql, "AT_ONCE", 4)
    monkeypatch.setattr(search_text, "SLICE_CANDIDATES", 4)
    assert found(account, inbox, And((BodyHas("rien"), BodyHas("ri")))) == list(range(1, 31))
    assert sum(given) <= 4 * 30, "not stretches times hits"


def test_no_turn_reads_the_mailbox_to_its_end_for_a_part_that_nothing_has(
    account: MailAccount, inbox: MailboxId, file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        file(letter(str(number), "rien"))
    monkeypatch.setattr(search_sql, "AT_ONCE", 4)
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    asked = And((ReceivedWithin(since=minutes(-5)), HasFlag("personne")))
    connection = store.current().shard(0).reader()
    looked: list[str] = []
    connection.create_scalar_function("instr", lambda *given: looked.append(given[0]), 2)  # once a row of which it is asked
    for turn, _ in enumerate(search(account, inbox, asked), 1):
        assert len(looked) <= 4 * turn
    assert len(looked) == 60
    connection.create_scalar_function("instr", None, 2)


@pytest.mark.parametrize("criterion", [Every(), HasFlag("\\Seen"), BodyHas("rien"), HeaderHas("Subject", "e")], ids=repr)
def test_what_is_found_at_once_waits_for_nobody(
    four: MailAccount, criterion: Criterion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 60.0)
    with pytest.raises(StopIteration):
        next(search(four, mailbox_of(four, "INBOX"), criterion))


def test_a_search_stays_in_its_mailbox_and_account(new_account: NewAccount, ready: Callable[[], None], file: File) -> None:
    file(letter("secret"))
    ready()
    other = new_account()
    assert found(other, mailbox_of(other, "INBOX"), TextHas("secret")) == []
    with pytest.raises(MailboxGone):
        found(other, MailboxId(1), Every())
    assert search_words(other, "secret").total_count == 0


def test_moved_copied_and_expunged_messages_are_found_where_they_are(
    account: MailAccount, inbox: MailboxId, file: File
) -> None:
    archive = mailbox_of(account, "Archive")
    for _ in range(3):
        file(letter("cantine"))
    wait_until_indexed()
    move(account, inbox, [Uid(1)], archive).result(10)
    copy(account, inbox, [Uid(2)], archive).result(10)
    flag(account, inbox, [Uid(3)], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    expunge(account, inbox).result(10)
    for _ in range(2):
        assert found(account, inbox, TextHas("cantine")) == [2]
        assert found(account, archive, TextHas("cantine")) == [1, 2]
        assert search_words(account, "cantine").total_count == 3
        wait_until_indexed()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    bodies=st.lists(st.text(alphabet="aàbéE -\"'%_\u0301", max_size=12), min_size=1, max_size=5),
    needle=st.text(alphabet='aAbéè -"', max_size=5),
)
def test_a_substring_is_found_wherever_it_is(new_account: NewAccount, bodies: list[str], needle: str) -> None:
    account = new_account()
    inbox = mailbox_of(account, "INBOX")
    append(account, inbox, [NewMessage(letter(body=f"<{body}>"), minutes(0)) for body in bodies]).result(10)
    expected = [uid for uid, body in enumerate(bodies, 1) if fold(needle) in fold(f"<{body}>\r\n")]
    assert found(account, inbox, BodyHas(needle)) == expected
    wait_until_indexed()
    assert found(account, inbox, BodyHas(needle)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("élèves", ["Réunion parents"]),
        ("elev 3EME", ["Réunion parents"]),
        ("reun", ["Réunion parents"]),
        ("union", []),
        ("jeanne lundi", ["RE: cantine"]),
        ("petit", ["Été", "RE: cantine", "Réunion parents", ""]),
        ("été", ["Été"]),
        ("\"' *", []),
        ("", []),
        ("rien absent", []),
    ],
)
def test_people_find_by_words_and_beginnings(four: MailAccount, text: str, expected: list[str]) -> None:
    assert sorted(each.subject for each in search_words(four, text).summaries) == sorted(expected)


def test_junk_and_trash_are_searched_only_when_asked_for(
    account: MailAccount, file: File, ready: Callable[[], None]
) -> None:
    junk = mailbox_of(account, "Junk")
    file(letter("gagnez"), mailbox=junk)
    ready()
    assert search_words(account, "gagnez").total_count == 0
    assert search_words(account, "gagnez", mailbox=junk).total_count == 1


def test_results_are_paged_newest_first_both_ways(account: MailAccount, file: File, ready: Callable[[], None]) -> None:
    for number in range(7):
        file(letter(f"cantine {number}"), received_at=minutes(number * 3 % 7))
    ready()
    expected = sorted(range(7), key=lambda number: -(number * 3 % 7))
    page = search_words(account, "cantine", limit=3)
    first = page
    seen = [each.subject for each in page.summaries]
    while page.next:
        page = search_words(account, "cantine", limit=3, cursor=page.next)
        assert page.position == len(seen)
        seen += [each.subject for each in page.summaries]
    assert seen == [f"cantine {number}" for number in expected]
    while page.previous:
        page = search_words(account, "cantine", limit=3, cursor=page.previous)
    assert page.summaries == first.summaries


@pytest.fixture
def letters(ground: object, account: MailAccount, file: File, ready: Callable[[], None]) -> MailAccount:
    """Three letters that share words: only their places tell them apart."""
    file(
        b"From: Paul Roux <paul.roux@ac-demo.test>\r\nTo: Anne <anne@ac-demo.test>\r\nSubject: Conseil de classe\r\n\r\n"
        b"Le menu de la cantine.\r\n"
    )
    file(
        b"From: Anne <anne@ac-demo.test>\r\nCc: Paul Roux <paul.roux@ac-demo.test>\r\nSubject: Menu\r\n\r\n"
        b"La classe de Paul a tenu conseil.\r\n",
        received_at=minutes(60 * 24 * 40),
    )
    file(
        b"From: Secretariat <s@ac-demo.test>\r\nSubject: Piece\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nconseil\r\n"
        b"--b\r\nContent-Disposition: attachment; filename=notes.csv\r\n\r\na\r\n--b--\r\n"
    )
    ready()
    return account


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("conseil", {"Conseil de classe", "Menu", "Piece"}),
        ('"conseil de classe"', {"Conseil de classe"}), ('"conseil de clas"', set()),
        ("conseil de clas", {"Conseil de classe", "Menu"}),
        ("de:paul", {"Conseil de classe"}), ("de:paul.roux@ac", {"Conseil de classe"}), ('de:"Paul Anne"', set()),
        ("à:paul", {"Menu"}), ("objet:menu", {"Menu"}), ("menu", {"Menu", "Conseil de classe"}),
        ("conseil -cantine", {"Menu", "Piece"}), ('conseil -"conseil de classe"', {"Menu", "Piece"}),
        ("conseil -de:anne", {"Conseil de classe", "Piece"}), ("-menu", {"Piece"}), ("-de:paul", {"Menu", "Piece"}),
        ("has:attachment", {"Piece"}), ("conseil pj:non", {"Conseil de classe", "Menu"}), ("notes", {"Piece"}),
        ("conseil objet:conseil -paul", set()),
    ],
)  # fmt: skip
def test_operators_tell_apart_what_shares_its_words(letters: MailAccount, text: str, expected: set[str]) -> None:
    assert {each.subject for each in search_words(letters, text).summaries} == expected


def test_more_letters_than_are_read_at_once(ground: object, account: MailAccount, file: File) -> None:
    for number in range(230):
        file(letter(f"Lettre {number}", "un deux" if number % 2 else "deux un"))
    wait_until_indexed()
    assert search_words(account, '"deux un"').total_count == 115


def test_days_bound_what_is_found(letters: MailAccount) -> None:
    late = next(each for each in search_words(letters, "objet:menu").summaries).received_at.date()
    assert {each.subject for each in search_words(letters, f"conseil après:{late}").summaries} == {"Menu"}
    early = search_words(letters, f"conseil avant:{late}")
    assert {each.subject for each in early.summaries} == {"Conseil de classe", "Piece"}
    assert search_words(letters, f"avant:{late} après:{late}").total_count == 0


def test_a_field_of_who_and_what_is_found_in_mail_indexed_before_its_head_was_kept(
    account: MailAccount, inbox: MailboxId, file: File
) -> None:
    for subject in ("Sortie", "Sortie en mer", "Cantine"):
        file(letter(subject))
    wait_until_indexed()
    older = "DELETE FROM content_head WHERE content < 2"
    store.current().shard(0).submit(lambda turn: turn.connection.execute(older)).result(10)
    assert found(account, inbox, HeaderHas("Subject", "sortie")) == [1, 2]
    assert found(account, inbox, HeaderHas("To", "sortie")) == []
    assert found(account, inbox, HeaderHas("Subject", "")) == [1, 2, 3]


@pytest.mark.parametrize("criterion", [HeaderHas("Subject", "sortie"), HeaderHas("From", "@"), TextHas("sortie")], ids=repr)
def test_more_candidates_than_a_slice_are_all_asked(
    criterion: Criterion, account: MailAccount, inbox: MailboxId, file: File, ready: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(search_text, "SLICE_CANDIDATES", 2)
    for _ in range(5):
        file(letter("Sortie"))
    ready()
    assert found(account, inbox, criterion) == [1, 2, 3, 4, 5]


def test_no_head_is_left_of_what_went(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(letter("Secret"), "\\Deleted")
    wait_until_indexed()
    assert _count_heads() == 1
    expunge(account, inbox).result(10)
    wait_until_indexed()
    assert _count_heads() == 0


def _count_heads() -> int:
    return int(find_value(store.current().shard(0).reader(), "SELECT count(*) FROM content_head"))
