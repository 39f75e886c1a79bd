"""Sending what was written: once, however often the button is pressed. Called in the letter's turn (see `turn`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.doors.web.mail.draft import drop_drafts
from corneille.doors.web.mail.line import FORWARDED
from corneille.doors.web.mail.opened import Opened
from corneille.doors.web.mail.side import Side
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.mail.append import append
from corneille.mail.criteria import And, HeaderHas, Received
from corneille.mail.flag import FlagChange, flag
from corneille.mail.search import search
from corneille.mail.values import ANSWERED, SEEN, MailAccount, NewMessage, SpecialUse
from corneille.transport.compose import Letter, compose
from corneille.transport.submit import submit
from corneille.transport.values import Envelope


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
    is_forward: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of it: addresses that were refused, and whether the copy in Sent is missing."""

    refused: tuple[str, ...] = ()
    is_copy_missing: bool = False
    was_sent_before: bool = False


def send(sending: Sending, now: datetime) -> Sent:
    """Sends the letter, files the copy, marks the original, drops the draft.

    refuses  what `compose` and `submit` refuse: then nothing is sent and the draft stays
    """
    letter = sending.letter
    if is_sent(sending.mail, sending.side, letter.message_id, now):
        drop_drafts(sending.mail, sending.side, sending.token, sending.draft)
        return Sent(was_sent_before=True)
    content = compose(letter, now)
    people = [*letter.to, *letter.cc, *letter.bcc]
    addresses = tuple(dict.fromkeys(each.address for each in people))
    envelope = Envelope(letter.sender.address, addresses, is_utf8=any(not each.isascii() for each in addresses))
    accepted = submit(sending.account, envelope, content, now).result()
    refused = tuple(
        address for address, refusal in zip(addresses, accepted.refusals, strict=True) if refusal is not None
    )
    is_copy_missing = not _file_copy(sending, content, now)
    _mark_answered(sending)
    drop_drafts(sending.mail, sending.side, sending.token, sending.draft)
    return Sent(refused, is_copy_missing)


def _file_copy(sending: Sending, content: bytes, now: datetime) -> bool:
    sent = sending.side.find(SpecialUse.SENT)
    if sent is None:
        return False
    try:
        append(sending.mail, sent.id, [NewMessage(content, now, frozenset({SEEN}))]).result()
    except Refusal:  # the letter has gone; the person is told that their copy has not been kept
        return False
    return True


def _mark_answered(sending: Sending) -> None:
    if sending.answered is None:
        return
    name = FORWARDED if sending.is_forward else ANSWERED
    summary = sending.answered.summary
    flag(sending.mail, summary.mailbox, [summary.uid], FlagChange.ADD, frozenset({name})).result()


def is_sent(mail: MailAccount, side: Side, message_id: str, now: datetime) -> bool:
    """The form was sent twice, or again after « back »: its Message-ID is in Sent already."""
    sent = side.find(SpecialUse.SENT)
    if sent is None:
        return False
    wanted = And((Received(since=(now - timedelta(days=30)).date()), HeaderHas("message-id", message_id)))
    return any(uids for uids in search(mail, sent.id, wanted))
