"""A mail account with several readers: each has \\Seen of their own, all else is shared, nobody is told who reads."""

from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import ClassVar

import apsw
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from corneille.kernel.ids import AccountId, MailboxId, ModSeq, Uid
from corneille.mail import changes, store
from corneille.mail.append import append
from corneille.mail.backup import backup
from corneille.mail.changes import list_changes
from corneille.mail.criteria import And, ChangedSince, HasFlag, Not
from corneille.mail.fetch import fetch, get_message, list_flags, list_messages, list_thread
from corneille.mail.flag import FlagChange, flag
from corneille.mail.flags import render_flags
from corneille.mail.mailbox import get_mailbox, list_mailboxes, view_mailbox
from corneille.mail.move import copy, expunge, move
from corneille.mail.restore import restore
from corneille.mail.search import search, search_words
from corneille.mail.slices import finish
from corneille.mail.store.seen import choose_source
from corneille.mail.store.sql import list_rows, number_list
from corneille.mail.values import DELETED, FLAGGED, SEEN, MailAccount, NewMessage
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground, open_ground
from tests.mail.conftest import File, NewAccount, mailbox_of
from tests.mail.letter import letter, minutes

ALL = [(Uid(1), Uid(2**32 - 1))]
READERS = (AccountId(7), AccountId(8))
FLAGS = st.frozensets(st.sampled_from([SEEN, DELETED, FLAGGED, "\\Draft", "$Forwarded"]), max_size=3)


def as_reader(account: MailAccount, reader: AccountId) -> MailAccount:
    return replace(account, reader=reader)


@pytest.fixture
def zoe(account: MailAccount) -> MailAccount:
    return as_reader(account, READERS[0])


@pytest.fixture
def marie(account: MailAccount) -> MailAccount:
    return as_reader(account, READERS[1])


def flags_of(account: MailAccount, mailbox: MailboxId) -> dict[int, str]:
    return {uid: flags for rows in list_flags(account, mailbox, ALL) for uid, _, flags in rows}


def see(account: MailAccount, mailbox: MailboxId, *uids: int) -> ModSeq:
    return flag(account, mailbox, [Uid(uid) for uid in uids], FlagChange.ADD, frozenset({SEEN})).result(10).modseq


def test_very_many_that_one_has_read_are_very_many_changes_to_that_one_alone(
    inbox: MailboxId, file: File, zoe: MailAccount, marie: MailAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MANY", 2)
    for _ in range(4):
        file()
    since = get_mailbox(zoe, inbox).highest_modseq
    see(zoe, inbox, 1, 2)
    assert changes.has_many_changed(zoe, inbox, since) is None
    last = see(zoe, inbox, 3)
    assert changes.has_many_changed(zoe, inbox, since) == last
    assert changes.has_many_changed(zoe, inbox, last) is None
    assert changes.has_many_changed(marie, inbox, since) is None
    shared = flag(marie, inbox, [Uid(4)], FlagChange.ADD, frozenset({FLAGGED})).result(10).modseq
    assert changes.has_many_changed(zoe, inbox, since) == shared


def test_what_one_reads_the_other_still_has_unread(
    inbox: MailboxId, file: File, zoe: MailAccount, marie: MailAccount
) -> None:
    filed = [file(letter(f"lettre {number}"), received_at=minutes(number)) for number in range(3)]
    see(zoe, inbox, 1, 2)
    assert flags_of(zoe, inbox) == {1: SEEN, 2: SEEN, 3: ""}
    assert flags_of(marie, inbox) == {1: "", 2: "", 3: ""}
    assert (get_mailbox(zoe, inbox).unseen_count, get_mailbox(marie, inbox).unseen_count) == (1, 3)
    assert list_mailboxes(zoe)[0].unseen_count == 1
    assert (view_mailbox(zoe, inbox).first_unseen, view_mailbox(marie, inbox).first_unseen) == (3, 1)
    assert [each.uid for each in list_messages(zoe, inbox, unseen_only=True).summaries] == [3]
    assert list_messages(marie, inbox, unseen_only=True).total_count == 3
    assert SEEN in get_message(zoe, filed[0].id).flags
    assert SEEN not in get_message(marie, filed[0].id).flags
    assert finish(search(zoe, inbox, Not(HasFlag(SEEN)))) == [3]
    assert finish(search(marie, inbox, HasFlag(SEEN))) == []
    assert SEEN in list_thread(zoe, get_message(zoe, filed[0].id).thread)[0].flags
    found = {each.uid: SEEN in each.flags for each in search_words(zoe, "lettre").summaries}
    assert found == {1: True, 2: True, 3: False}


def test_nobody_is_told_that_a_colleague_reads(
    inbox: MailboxId, file: File, zoe: MailAccount, marie: MailAccount
) -> None:
    file()
    before = get_mailbox(marie, inbox).highest_modseq
    modseq = see(zoe, inbox, 1)
    assert get_mailbox(zoe, inbox).highest_modseq == modseq
    assert get_mailbox(marie, inbox).highest_modseq == before
    assert list_changes(zoe, inbox, before).changed == ((1, modseq, SEEN),)
    assert list_changes(marie, inbox, before).changed == ()
    ((row,),) = fetch(marie, inbox, ALL)
    assert row.modseq == before
    assert finish(search(zoe, inbox, ChangedSince(modseq))) == [1]
    assert finish(search(marie, inbox, ChangedSince(modseq))) == []


def test_other_flags_are_everybodys_and_both_change_in_one_step(
    inbox: MailboxId, file: File, account: MailAccount, zoe: MailAccount, marie: MailAccount
) -> None:
    file()
    done = flag(zoe, inbox, [Uid(1)], FlagChange.REPLACE, frozenset({SEEN, FLAGGED})).result(10)
    assert done.changed == ((1, done.modseq, f"{FLAGGED} {SEEN}"),)
    assert list_changes(marie, inbox, ModSeq(done.modseq - 1)).changed == ((1, done.modseq, FLAGGED),)
    assert flags_of(account, inbox) == {1: FLAGGED}
    late = flag(zoe, inbox, [Uid(1)], FlagChange.REMOVE, frozenset({SEEN}), unchanged_since=ModSeq(done.modseq - 1))
    assert late.result(10).modified == (1,)
    undone = flag(zoe, inbox, [Uid(1)], FlagChange.REMOVE, frozenset({SEEN})).result(10)
    assert list_changes(zoe, inbox, done.modseq).changed == ((1, undone.modseq, FLAGGED),)
    assert list_changes(marie, inbox, done.modseq).changed == ()


def test_what_a_reader_files_as_read_is_read_to_them_alone(
    account: MailAccount, zoe: MailAccount, marie: MailAccount
) -> None:
    sent = mailbox_of(account, "Sent")
    append(zoe, sent, [NewMessage(letter(), minutes(0), frozenset({SEEN, FLAGGED}))]).result(10)
    assert flags_of(zoe, sent) == {1: f"{FLAGGED} {SEEN}"}
    assert flags_of(marie, sent) == {1: FLAGGED}


def test_copies_and_moves_keep_each_readers_marks(
    account: MailAccount, inbox: MailboxId, file: File, zoe: MailAccount, marie: MailAccount
) -> None:
    archive = mailbox_of(account, "Archive")
    file()
    see(zoe, inbox, 1)
    copy(marie, inbox, [Uid(1)], archive).result(10)
    move(account, inbox, [Uid(1)], archive).result(10)
    assert flags_of(zoe, archive) == {1: SEEN, 2: SEEN}
    assert flags_of(marie, archive) == {1: "", 2: ""}
    assert get_mailbox(zoe, inbox).unseen_count == 0
    flag(marie, archive, [Uid(1), Uid(2)], FlagChange.ADD, frozenset({DELETED})).result(10)
    expunge(marie, archive).result(10)
    assert list_rows(store.current().shard(0).reader(), "SELECT * FROM seen") == []


def test_a_statement_on_readers_rows_still_goes_by_the_index(inbox: MailboxId, file: File) -> None:
    file()
    reader = store.current().shard(0).reader()
    plan = list_rows(
        reader,
        f"EXPLAIN QUERY PLAN SELECT m.uid, m.flags FROM {choose_source(READERS[0])} m WHERE m.mailbox = ? AND m.uid"
        " BETWEEN 1 AND 9 ORDER BY m.uid",
        (inbox,),
    )
    assert any("message_uid (mailbox=? AND uid>? AND uid<?)" in step[3] for step in plan), plan
    plan = list_rows(
        reader,
        f"EXPLAIN QUERY PLAN SELECT m.uid FROM carray(?) a CROSS JOIN {choose_source(READERS[0])} m"
        " WHERE m.mailbox = ? AND m.uid = a.value",
        (number_list([1]), inbox),
    )
    assert any("message_uid (mailbox=? AND uid=?)" in step[3] for step in plan), plan


def test_a_backup_keeps_what_each_has_read(
    ground: Ground, tmp_path: Path, inbox: MailboxId, file: File, zoe: MailAccount, marie: MailAccount
) -> None:
    file()
    see(zoe, inbox, 1)
    list(backup(ground.data, tmp_path / "copy"))
    ground.close()
    list(restore(tmp_path / "copy", tmp_path / "back"))
    opened = open_ground(tmp_path / "back")
    try:
        assert flags_of(zoe, inbox) == {1: SEEN}
        assert flags_of(marie, inbox) == {1: ""}
        assert not [each for each in verify() if isinstance(each, Finding)]
    finally:
        opened.close()


def test_verify_finds_marks_of_what_is_not_there(
    ground: Ground, inbox: MailboxId, file: File, zoe: MailAccount
) -> None:
    file()
    see(zoe, inbox, 1)
    connection = apsw.Connection(str(ground.data / "mail/0/index.sqlite3"))
    connection.set_busy_timeout(5000)
    connection.execute("INSERT INTO seen VALUES (7, ?, 4711, 1, 1)", (inbox,))
    connection.close()
    assert [each.code for each in verify(repair=True) if isinstance(each, Finding)] == ["seen-stray"]
    assert not [each for each in verify() if isinstance(each, Finding)]
    assert flags_of(zoe, inbox) == {1: SEEN}


@dataclass
class Kept:
    """One message of the model."""

    shared: frozenset[str]
    readers: set[AccountId] = field(default_factory=set)

    def flags(self, reader: AccountId) -> str:
        return render_flags((self.shared - {SEEN}) | ({SEEN} if reader in self.readers else frozenset()))


class Machine(RuleBasedStateMachine):
    """Two mailboxes, two readers, each followed by its changes alone."""

    new_account: ClassVar[NewAccount]

    @initialize()
    def begin(self) -> None:
        self.account = type(self).new_account()
        self.boxes = [mailbox_of(self.account, name) for name in ("INBOX", "Archive")]
        self.kept: list[dict[int, Kept]] = [{}, {}]
        self.next = [1, 1]
        self.followed = {
            (reader, at): (get_mailbox(as_reader(self.account, reader), box).highest_modseq, dict[int, str]())
            for reader in READERS for at, box in enumerate(self.boxes)
        }  # fmt: skip

    def place(self, at: int, message: Kept) -> None:
        self.kept[at][self.next[at]] = message
        self.next[at] += 1

    @rule(at=st.integers(0, 1), flags=FLAGS, by=st.sampled_from([None, *READERS]))
    def file(self, at: int, flags: frozenset[str], by: AccountId | None) -> None:
        append(replace(self.account, reader=by), self.boxes[at], [NewMessage(letter(), minutes(0), flags)]).result(10)
        if by is None:
            self.place(at, Kept(flags))
        else:
            self.place(at, Kept(flags - {SEEN}, {by} if SEEN in flags else set()))

    @rule(
        at=st.integers(0, 1), flags=FLAGS, change=st.sampled_from(FlagChange), by=st.sampled_from(READERS),
        which=st.integers(0, 7),
    )  # fmt: skip
    def mark(self, at: int, flags: frozenset[str], change: FlagChange, by: AccountId, which: int) -> None:
        uids = [uid for uid in self.kept[at] if (which >> (uid % 3)) & 1]
        flag(as_reader(self.account, by), self.boxes[at], [Uid(uid) for uid in uids], change, flags).result(10)
        for uid in uids:
            each = self.kept[at][uid]
            had = frozenset(each.flags(by).split())
            now = {FlagChange.ADD: had | flags, FlagChange.REMOVE: had - flags, FlagChange.REPLACE: flags}[change]
            each.shared = (now - {SEEN}) | (each.shared & {SEEN})
            each.readers = each.readers | {by} if SEEN in now else each.readers - {by}

    @rule(at=st.integers(0, 1), by=st.sampled_from([None, *READERS]), moves=st.booleans(), which=st.integers(0, 7))
    def carry(self, at: int, by: AccountId | None, *, moves: bool, which: int) -> None:
        uids = [uid for uid in self.kept[at] if (which >> (uid % 3)) & 1]
        work = move if moves else copy
        work(
            replace(self.account, reader=by), self.boxes[at], [Uid(uid) for uid in uids], self.boxes[1 - at]
        ).result(10)
        for uid in uids:
            each = self.kept[at].pop(uid) if moves else self.kept[at][uid]
            self.place(1 - at, Kept(each.shared, set(each.readers)))

    @rule(at=st.integers(0, 1), by=st.sampled_from([None, *READERS]))
    def expunge(self, at: int, by: AccountId | None) -> None:
        expunge(replace(self.account, reader=by), self.boxes[at]).result(10)
        self.kept[at] = {uid: each for uid, each in self.kept[at].items() if DELETED not in each.shared}

    @invariant()
    def agree(self) -> None:
        for reader in READERS:
            account = as_reader(self.account, reader)
            for at, box in enumerate(self.boxes):
                wanted = {uid: each.flags(reader) for uid, each in self.kept[at].items()}
                assert flags_of(account, box) == wanted
                unseen = [uid for uid, flags in wanted.items() if SEEN not in flags.split()]
                view = view_mailbox(account, box)
                assert view.mailbox.unseen_count == len(unseen)
                assert view.first_unseen == min(unseen, default=None)
                asked = And((Not(HasFlag(SEEN)),))
                assert finish(search(account, box, asked)) == sorted(unseen)
                self.follow(account, reader, at, box, wanted)

    def follow(
        self, account: MailAccount, reader: AccountId, at: int, box: MailboxId, wanted: dict[int, str]
    ) -> None:
        since, flags = self.followed[reader, at]
        changes = list_changes(account, box, since)
        flags |= {uid: told for uid, _, told in changes.changed}
        now = flags_of(account, box)
        flags |= {uid: now[uid] for uid in changes.appeared}
        for uid in chain.from_iterable(changes.vanished):
            flags.pop(uid, None)
        assert flags == wanted
        self.followed[reader, at] = (changes.modseq, flags)


def test_readers_agree_with_the_simplest_thing_that_could_be_theirs(new_account: NewAccount) -> None:
    Machine.new_account = staticmethod(new_account)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert not [each for each in verify() if isinstance(each, Finding)]
