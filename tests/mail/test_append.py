"""Filing, delivering: durable, numbered, all or none."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corneille.kernel.ids import MailAccountId, MailboxId
from corneille.kernel.refusal import Gone
from corneille.mail.append import Place, append, deliver
from corneille.mail.changes import get_quota
from corneille.mail.fetch import fetch, get_message, read_content, read_contents
from corneille.mail.known_content import list_known
from corneille.mail.mailbox import create_mailbox, delete_mailbox, get_mailbox, view_mailbox
from corneille.mail.values import (
    Filed,
    KeywordRefused,
    MailAccount,
    MailboxGone,
    MessageTooLarge,
    NewMessage,
    OverQuota,
    Want,
)
from corneille.run.ground import Ground, load_settings
from tests.mail.conftest import File, NewAccount, mailbox_of
from tests.mail.letter import NOON, letter


def test_a_message_comes_back_octet_for_octet(account: MailAccount, file: File) -> None:
    content = b"Subject: \xe9t\xe9\r\n\r\nbare\nlf and \0 nul and \r cr"
    assert read_content(account, file(content).id) == content


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_any_octets_can_be_filed_and_read(account: MailAccount, file: File, content: bytes) -> None:
    filed = file(content or b"\r\n")
    assert read_content(account, filed.id) == (content or b"\r\n")
    assert get_message(account, filed.id).size_bytes == len(content or b"\r\n")


def test_what_fetch_needs_is_stored_ready_to_send(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(letter("Réunion", "Bonjour à tous", message_id="<1@x>"), "\\seen", "$Forwarded", "\\Answered")
    (row,) = next(fetch(account, inbox, [(1, 1)], frozenset(Want)))  # type: ignore[list-item]
    assert row.flags == "\\Answered \\Seen $Forwarded"
    assert row.received_at == NOON
    assert row.envelope is not None
    assert b'"<1@x>"' in row.envelope
    assert row.body is not None
    assert row.body.startswith(b'("TEXT" "PLAIN"') or row.body.startswith(b'("text" "plain"')
    assert row.bodystructure is not None
    assert row.preview == "Bonjour à tous"
    assert row.size_bytes == len(letter("Réunion", "Bonjour à tous", message_id="<1@x>"))


def test_several_messages_are_filed_all_or_none(new_account: NewAccount) -> None:
    account = new_account(quota_bytes=2 * len(letter()) + 10)
    inbox = mailbox_of(account, "INBOX")
    with pytest.raises(OverQuota):
        append(account, inbox, [NewMessage(letter(), NOON)] * 3).result(10)
    assert get_mailbox(account, inbox).message_count == 0
    assert get_quota(account).used_bytes == 0
    filed = append(account, inbox, [NewMessage(letter(), NOON)] * 2).result(10)
    assert [each.uid for each in filed] == [1, 2]


def test_deliveries_at_one_instant_do_not_pass_the_quota_together(new_account: NewAccount) -> None:
    account = new_account(quota_bytes=len(letter()) + 10)
    waiting = [deliver(letter(), [Place(account)], received_at=NOON) for _ in range(5)]
    outcomes = [future.result(10)[0] if future.exception(10) is None else future.exception() for future in waiting]
    assert sum(isinstance(each, Filed) for each in outcomes) == 1
    assert sum(isinstance(each, OverQuota) for each in outcomes) == 4


def test_a_message_above_the_limit_is_refused_before_anything_is_written(
    ground: Ground, account: MailAccount, inbox: MailboxId
) -> None:
    load_settings(ground.data, mail={"message_bytes": 2000})
    with pytest.raises(MessageTooLarge):
        append(account, inbox, [NewMessage(b"x" * 2001, NOON)]).result(10)
    assert append(account, inbox, [NewMessage(b"x" * 2000, NOON)]).result(10)


def test_a_mailbox_that_is_not_there_or_is_someone_elses_is_gone(new_account: NewAccount) -> None:
    mine, other = new_account(), new_account()
    for mailbox in (mailbox_of(other, "INBOX"), MailboxId(999)):
        with pytest.raises(MailboxGone):
            append(mine, mailbox, [NewMessage(letter(), NOON)]).result(10)
    assert get_mailbox(other, mailbox_of(other, "INBOX")).message_count == 0


@pytest.mark.parametrize("keyword", ["a b", "", "é", "x" * 65, "\\Recent", "a(b", "a]"])
def test_a_keyword_that_is_no_atom_is_refused(account: MailAccount, inbox: MailboxId, keyword: str) -> None:
    with pytest.raises(KeywordRefused):
        append(account, inbox, [NewMessage(letter(), NOON, frozenset({keyword}))]).result(10)


def test_one_delivery_to_many_writes_the_content_once(ground: Ground, new_account: NewAccount) -> None:
    accounts = [new_account() for _ in range(5)]
    body = "x" * 20_000
    deliver(letter(body=body), [Place(account) for account in accounts], received_at=NOON).result(10)
    written = sum(path.stat().st_size for path in ground.data.glob("mail/0/segments/*"))
    assert 20_000 < written < 25_000
    rows = [next(fetch(account, mailbox_of(account, "INBOX"), [(1, 9)]))[0] for account in accounts]  # type: ignore[list-item]
    assert len({row.content for row in rows}) == 1
    assert len({row.id for row in rows}) == 5


def test_each_place_of_a_delivery_is_filed_or_refused_by_itself(new_account: NewAccount) -> None:
    small, large = new_account(quota_bytes=50), new_account()
    gone = MailAccount(MailAccountId(77))
    junk = mailbox_of(large, "Junk")
    places = [Place(small), Place(large), Place(gone), Place(large, junk, frozenset({"$Junk"})), Place(large, MailboxId(0))]
    full, filed, absent, junked, nowhere = deliver(letter(), places, received_at=NOON).result(10)
    assert isinstance(full, OverQuota)
    assert isinstance(filed, Filed)
    assert isinstance(absent, Gone)
    assert isinstance(junked, Filed)
    assert junked.mailbox == junk
    assert isinstance(nowhere, MailboxGone)
    assert get_quota(large).message_count == 2


def test_the_prefix_stands_before_the_content(account: MailAccount) -> None:
    (filed,) = deliver(b"Subject: x\r\n\r\n", [Place(account)], prefix=b"Received: y\r\n", received_at=NOON).result(10)
    assert isinstance(filed, Filed)
    assert read_content(account, filed.id) == b"Received: y\r\nSubject: x\r\n\r\n"


def test_another_persons_message_reads_as_gone(new_account: NewAccount, file: File) -> None:
    filed = file()
    stranger = new_account()
    with pytest.raises(Gone):
        read_content(stranger, filed.id)
    with pytest.raises(Gone):
        get_message(stranger, filed.id)


def test_contents_of_many_rows_are_read_in_order(account: MailAccount, inbox: MailboxId, file: File) -> None:
    contents = [letter(str(number)) for number in range(5)]
    for content in contents:
        file(content)
    rows = next(fetch(account, inbox, [(2, 4)]))  # type: ignore[list-item]
    assert [content for _, content in read_contents(account, rows)] == contents[1:4]


def test_known_contents_are_those_with_a_place_in_the_mailbox(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(letter("un"))
    file(letter("deux"), mailbox=mailbox_of(account, "Archive"))
    digests = [hashlib.sha256(letter(each)).digest() for each in ("un", "deux", "trois")]
    assert list_known(account, inbox, digests) == {digests[0]}


def test_a_mailbox_that_was_deleted_takes_no_message(account: MailAccount) -> None:
    made = create_mailbox(account, "Éphémère").result(10)
    delete_mailbox(account, "Éphémère").result(10)
    with pytest.raises(MailboxGone):
        append(account, made.id, [NewMessage(letter(), NOON)]).result(10)
    with pytest.raises(MailboxGone):
        view_mailbox(account, made.id)
