"""Sending what was written: once, however often the button is pressed. Called in the letter's turn (see `turn`)."""

from dataclasses import dataclass
from datetime import datetime

from corneille.doors.web.mail.draft import drop_drafts
from corneille.doors.web.mail.line import FORWARDED
from corneille.doors.web.mail.opened import Opened
from corneille.doors.web.mail.side import Side
from corneille.kernel.ids import AccountId
from corneille.mail.flag import FlagChange, flag
from corneille.mail.values import ANSWERED, MailAccount
from corneille.transport.compose import Letter, compose
from corneille.transport.sent_letter import file_copy
from corneille.transport.submit import submit
from corneille.transport.values import AlreadySent, Envelope, Once


@dataclass(frozen=True, slots=True)
class Sending:
    """A letter ready to go, and what it leaves behind."""

    account: AccountId
    mail: MailAccount
    side: Side
    letter: Letter
    token: str
    draft: Opened | None
    answered: Opened | None
    answered_in: MailAccount | None  # where it is marked as answered
    is_forward: bool
    confirmed: str = ""  # the digest of the people whom lists reach, as its writer was shown them


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: colleagues whose mailbox is full for now, whether the copy in Sent is missing, whether it waits
    until the account is repaired."""

    waiting: tuple[str, ...] = ()
    is_copy_missing: bool = False
    is_held: bool = False


def send(sending: Sending, now: datetime) -> Sent:
    """Sends the letter, files the copy, marks the original, drops the draft.

    refuses  what `compose` and `submit` refuse (AudienceNotConfirmed: to be shown first): then nothing is sent and the
             draft stays; AlreadySent: it left before, and what a crash may have left undone then is done now
    """
    letter = sending.letter
    content = compose(letter, now)
    people = [*letter.to, *letter.cc, *letter.bcc]
    addresses = tuple(dict.fromkeys(each.address for each in people))
    writer = letter.transmitter or letter.sender
    envelope = Envelope(writer.address, addresses, is_utf8=any(not each.isascii() for each in addresses))
    once = Once(sending.token, letter.message_id, content, sending.confirmed)
    try:
        accepted = submit(sending.account, envelope, content, now, once=once).result()
    except AlreadySent:
        _tidy(sending)
        raise
    is_copy_missing = not file_copy(sending.account, sending.token, now)
    _tidy(sending)
    return Sent(accepted.waiting, is_copy_missing, accepted.is_held)


def _tidy(sending: Sending) -> None:
    _mark_answered(sending)
    drop_drafts(sending.mail, sending.side, sending.token, sending.draft)


def _mark_answered(sending: Sending) -> None:
    if sending.answered is None or sending.answered_in is None:
        return
    name = FORWARDED if sending.is_forward else ANSWERED
    summary = sending.answered.summary
    flag(sending.answered_in, summary.mailbox, [summary.uid], FlagChange.ADD, frozenset({name})).result()
