"""What a session knows of its mailbox, between two slices of what it tells."""

import pytest

from corneille.doors.imap import selected
from corneille.doors.imap.interest import UNASKED
from corneille.doors.imap.naming import NUMBERS
from corneille.doors.imap.selected import Selected
from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.mail.append import append
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import find_mailbox, view_mailbox
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.values import MailAccount, NewMessage
from corneille.people.find import find_account
from tests.doors.imap.conversation import Door, message
from tests.transport.school import NOW


def mark(account: MailAccount, mailbox: MailboxId, uid: int, keyword: str) -> ModSeq:
    return flag(account, mailbox, [Uid(uid)], FlagChange.ADD, frozenset({keyword})).result(10).modseq


def test_what_was_told_between_two_slices_is_not_told_again(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    person = find_account(door.identifier)
    assert person is not None
    account = open_mail_account(person.id)
    inbox = find_mailbox(account, "INBOX")
    assert inbox is not None
    append(account, inbox.id, [NewMessage(message(str(number)), NOW) for number in range(2)]).result(10)
    mine = Selected(account, view_mailbox(account, inbox.id), is_read_only=False, tells_recent=False)

    def sync() -> list[bytes]:
        return mine.sync(UNASKED, may_expunge=True, with_modseq=False, as_vanished=False, naming=NUMBERS)

    monkeypatch.setattr(selected, "TOLD_ROWS", 1)
    slices = mine.tell_ahead(mark(account, inbox.id, 1, "\\Flagged"), NUMBERS, with_modseq=False)
    assert next(slices) == [b"* 1 FETCH (UID 1 FLAGS (\\Flagged))\r\n"]
    mark(account, inbox.id, 1, "\\Answered")
    assert any(b"* 1 FETCH" in each for each in sync())
    assert list(slices) == [[]]
    mark(account, inbox.id, 2, "\\Seen")
    assert sync() == [b"* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n"]
