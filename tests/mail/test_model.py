"""A mail account beside the simplest thing that could be one: they must agree after every step."""

from dataclasses import dataclass, field
from itertools import chain

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.mail.append import append
from corneille.mail.changes import get_quota, list_changes
from corneille.mail.fetch import fetch, list_messages, read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import (
    create_mailbox,
    delete_mailbox,
    get_mailbox,
    list_mailboxes,
    rename_mailbox,
    view_mailbox,
)
from corneille.mail.move import copy, expunge, move
from corneille.mail.values import MailAccount, NewMessage
from corneille.run.ground import Ground, load_settings
from tests.mail.conftest import NewAccount
from tests.mail.letter import letter, minutes

ALL = [(Uid(1), Uid(2**32 - 1))]
FLAGS = st.frozensets(
    st.sampled_from(["\\Seen", "\\Deleted", "\\Flagged", "\\Answered", "\\Draft", "$Forwarded", "devoirs"]), max_size=3
)


@dataclass
class Kept:
    """One message of the model."""

    content: bytes
    flags: frozenset[str]
    minute: int


@dataclass
class Folder:
    """One mailbox of the model."""

    id: MailboxId
    messages: dict[int, Kept] = field(default_factory=dict)
    next_uid: int = 1


@dataclass
class Follower:
    """A program that knows a mailbox only by its changes."""

    at: ModSeq
    flags: dict[int, str] = field(default_factory=dict)


class MailAccountMachine(RuleBasedStateMachine):
    """Does what programs do, in any order."""

    make: NewAccount

    @initialize()
    def begin(self) -> None:
        self.account: MailAccount = type(self).make()
        self.folders = {each.name: Folder(each.id) for each in list_mailboxes(self.account)}
        self.followers: dict[MailboxId, Follower] = {}
        self.step = 0

    def pick(self, data: st.DataObject) -> Folder:
        return self.folders[data.draw(st.sampled_from(sorted(self.folders)))]

    def pick_uids(self, data: st.DataObject, folder: Folder) -> list[Uid]:
        known = [*sorted(folder.messages), folder.next_uid + 3]  # one that is not there
        return [Uid(uid) for uid in sorted(data.draw(st.sets(st.sampled_from(known), max_size=6)))]

    @rule(data=st.data(), count=st.integers(1, 3), flags=FLAGS, minute=st.integers(0, 50))
    def append(self, data: st.DataObject, count: int, flags: frozenset[str], minute: int) -> None:
        folder = self.pick(data)
        self.step += 1
        contents = [letter(f"{self.step}.{number}") for number in range(count)]
        filed = append(
            self.account, folder.id, [NewMessage(content, minutes(minute), flags) for content in contents]
        ).result(10)
        assert [each.uid for each in filed] == list(range(folder.next_uid, folder.next_uid + count))
        for each, content in zip(filed, contents, strict=True):
            folder.messages[each.uid] = Kept(content, flags, minute)
        folder.next_uid += count

    @rule(data=st.data(), flags=FLAGS, change=st.sampled_from(FlagChange))
    def flag(self, data: st.DataObject, flags: frozenset[str], change: FlagChange) -> None:
        folder = self.pick(data)
        uids = self.pick_uids(data, folder)
        told = flag(self.account, folder.id, uids, change, flags).result(10)
        changed = set()
        for uid in uids:
            if uid in folder.messages:
                kept = folder.messages[uid]
                wanted = {
                    FlagChange.ADD: kept.flags | flags,
                    FlagChange.REMOVE: kept.flags - flags,
                    FlagChange.REPLACE: flags,
                }[change]
                changed |= {uid} if wanted != kept.flags else set()
                kept.flags = wanted
        assert {uid for uid, _, _ in told.changed} == changed
        assert {uid for uid, _, _ in told.unchanged} == (set(uids) & set(folder.messages)) - changed

    @rule(data=st.data(), is_move=st.booleans())
    def copy_or_move(self, data: st.DataObject, *, is_move: bool) -> None:
        source, target = self.pick(data), self.pick(data)
        uids = self.pick_uids(data, source)
        told = (move if is_move else copy)(self.account, source.id, uids, target.id).result(10)
        assert list(told.source_uids) == [uid for uid in uids if uid in source.messages]
        for old, new in zip(told.source_uids, told.uids, strict=True):
            assert new == target.next_uid
            kept = source.messages.pop(old) if is_move else source.messages[old]
            target.messages[new] = Kept(kept.content, kept.flags, kept.minute)
            target.next_uid += 1

    @rule(data=st.data(), by_uid=st.booleans())
    def expunge(self, data: st.DataObject, *, by_uid: bool) -> None:
        folder = self.pick(data)
        among = self.pick_uids(data, folder) if by_uid else None
        gone = expunge(self.account, folder.id, among).result(10)
        expected = [
            uid
            for uid, kept in sorted(folder.messages.items())
            if "\\Deleted" in kept.flags and (among is None or uid in among)
        ]
        assert list(gone) == expected
        for uid in gone:
            del folder.messages[uid]

    @rule(data=st.data())
    def create_then_rename(self, data: st.DataObject) -> None:
        self.step += 1
        made = create_mailbox(self.account, f"Classe{self.step}/élèves").result(10)
        for each in list_mailboxes(self.account):
            self.folders.setdefault(each.name, Folder(each.id))
        assert self.folders[made.name].id == made.id
        if data.draw(st.booleans()):
            rename_mailbox(self.account, f"Classe{self.step}", f"Vieux{self.step}").result(10)
            for name in (f"Classe{self.step}", f"Classe{self.step}/élèves"):
                self.folders[name.replace("Classe", "Vieux")] = self.folders.pop(name)

    @rule(data=st.data())
    def rename_inbox(self, data: st.DataObject) -> None:
        self.step += 1
        made = rename_mailbox(self.account, "INBOX", f"Reçus{self.step}").result(10)
        inbox = self.folders["INBOX"]
        folder = Folder(made.id)
        for uid in sorted(inbox.messages):
            folder.messages[folder.next_uid] = inbox.messages.pop(uid)
            folder.next_uid += 1
        self.folders[made.name] = folder

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        own = sorted(name for name in self.folders if name.startswith(("Classe", "Vieux", "Reçus")))
        if own:
            name = data.draw(st.sampled_from(own))
            delete_mailbox(self.account, name).result(10)
            gone = self.folders.pop(name)
            assert list_changes(self.account, gone.id, ModSeq(1)).is_gone

    @invariant()
    def agrees(self) -> None:
        assert {each.name: each.id for each in list_mailboxes(self.account)} == {
            name: folder.id for name, folder in self.folders.items()
        }
        for folder in self.folders.values():
            self.check_folder(folder)
            self.follow(folder)
        sizes = [len(kept.content) for folder in self.folders.values() for kept in folder.messages.values()]
        quota = get_quota(self.account)
        assert (quota.used_bytes, quota.message_count) == (sum(sizes), len(sizes))

    def check_folder(self, folder: Folder) -> None:
        view = view_mailbox(self.account, folder.id)
        kept = folder.messages
        assert list(view.uids) == sorted(kept)
        rows = [row for rows in fetch(self.account, folder.id, ALL, slice_rows=3) for row in rows]
        assert {row.uid: frozenset(row.flags.split()) for row in rows} == {uid: each.flags for uid, each in kept.items()}
        for row in rows[-2:]:
            assert read_content(self.account, row.id) == kept[row.uid].content
        told = get_mailbox(self.account, folder.id)
        unseen = [uid for uid, each in kept.items() if "\\Seen" not in each.flags]
        assert (told.message_count, told.unseen_count) == (len(kept), len(unseen))
        assert view.first_unseen == min(unseen, default=None)
        assert told.deleted_count == sum("\\Deleted" in each.flags for each in kept.values())
        assert told.size_bytes == sum(len(each.content) for each in kept.values())
        assert told.uid_next == folder.next_uid
        page = list_messages(self.account, folder.id, limit=100)
        assert [each.received_at for each in page.summaries] == sorted(
            (minutes(each.minute) for each in kept.values()), reverse=True
        )

    def follow(self, folder: Folder) -> None:
        follower = self.followers.setdefault(folder.id, Follower(ModSeq(0)))
        told = list_changes(self.account, folder.id, follower.at)
        assert told.modseq >= follower.at
        known = set(follower.flags)
        assert not known & set(told.appeared)
        assert {uid for uid, _, _ in told.changed} <= known
        for uid in chain.from_iterable(told.vanished):
            follower.flags.pop(uid, None)
        rows = [row for rows in fetch(self.account, folder.id, [(uid, uid) for uid in told.appeared]) for row in rows]
        follower.flags |= {row.uid: row.flags for row in rows}
        follower.flags |= {uid: flags for uid, _, flags in told.changed}
        follower.at = told.modseq
        now = {row.uid: row.flags for rows in fetch(self.account, folder.id, ALL) for row in rows}
        assert follower.flags == now


@pytest.mark.parametrize("remembered", [1, 10_000])
def test_a_mail_account_agrees_with_a_simple_model_and_its_changes_tell_everything(
    ground: Ground, new_account: NewAccount, remembered: int
) -> None:
    load_settings(ground.data, mail={"expunged_count": remembered})
    MailAccountMachine.make = staticmethod(new_account)
    run_state_machine_as_test(
        MailAccountMachine,
        settings=settings(max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)),
    )
