"""Sending what was written: once, however often the button is pressed. Called in the letter's turn (see `turn`)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from corneille.documents.share import DocumentShown, withdraw
from corneille.doors.web.mail.addressed import Addressed, check_also
from corneille.doors.web.mail.draft import drop_drafts
from corneille.doors.web.mail.line import FORWARDED
from corneille.doors.web.mail.links import share_files, tell_links
from corneille.doors.web.mail.opened import Opened
from corneille.doors.web.mail.side import Side
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.mail.flag import FlagChange, flag
from corneille.mail.values import ANSWERED, MailAccount
from corneille.transport.apart import address_apart
from corneille.transport.compose import Letter, compose
from corneille.transport.sent_letter import file_copy, find_sent
from corneille.transport.submit import submit
from corneille.transport.values import Accepted, AlreadySent, AudienceNotConfirmed, Envelope, Once


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
    confirmed: str = ""  # the digest of the people whom lists or a class reach, as its writer was shown them
    addressed: Addressed | None = None  # the class that it is for, and who else is named beside it
    links_until: date | None = None  # files go as links until this day; None: as attachments


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
    shared: list[DocumentShown] = []
    if sending.links_until is not None and sending.letter.files:
        shared = share_files(sending.account, sending.token, sending.letter.files, sending.links_until, now)
        text = sending.letter.text + tell_links(shared)
        sending = replace(sending, letter=replace(sending.letter, files=(), text=text))
    try:
        accepted = _submit(sending, now)
    except Refusal as refusal:
        withdraw(sending.account, shared)
        if isinstance(refusal, AlreadySent):
            _tidy(sending)
        raise
    is_copy_missing = not file_copy(sending.account, sending.token, now)
    _tidy(sending)
    return Sent(accepted.waiting, is_copy_missing, accepted.is_held)


def _submit(sending: Sending, now: datetime) -> Accepted:
    letter = sending.letter
    if sending.addressed is None:
        content = copy = compose(letter, now)
        people = [*letter.to, *letter.cc, *letter.bcc]
        addresses = tuple(dict.fromkeys(each.address for each in people))
        writer = letter.transmitter or letter.sender
        envelope = Envelope(writer.address, addresses, is_utf8=any(not each.isascii() for each in addresses))
    else:
        content, copy, envelope = _address_class(sending, sending.addressed, now)
    once = Once(sending.token, letter.message_id, copy, sending.confirmed)
    return submit(sending.account, envelope, content, now, once=once).result()


def _address_class(sending: Sending, addressed: Addressed, now: datetime) -> tuple[bytes, bytes, Envelope]:
    """What leaves, the writer's copy that tells to whom, and the envelope.

    refuses  ListBeside, UnknownRecipient: of those who are named beside the class; AudienceNotConfirmed
    """
    check_also(addressed)
    if sending.confirmed != addressed.digest and find_sent(sending.account, sending.token) is None:
        raise AudienceNotConfirmed
    people, letter = addressed.list_people(), replace(sending.letter, to=())
    content = compose(replace(letter, group="" if addressed.is_apart else addressed.title), now)
    kept = replace(letter, group=addressed.name_copy(), cc=addressed.also, bcc=addressed.list_class())
    copy = compose(replace(kept, marks=(*kept.marks, addressed.mark)), now)
    added = address_apart(people) if addressed.is_apart else dict.fromkeys((each.address for each in people), b"")
    writer = sending.letter.transmitter or sending.letter.sender
    return content, copy, Envelope(writer.address, tuple(added), added=added)


def _tidy(sending: Sending) -> None:
    _mark_answered(sending)
    drop_drafts(sending.mail, sending.side, sending.token, sending.draft)


def _mark_answered(sending: Sending) -> None:
    if sending.answered is None or sending.answered_in is None:
        return
    name = FORWARDED if sending.is_forward else ANSWERED
    summary = sending.answered.summary
    flag(sending.answered_in, summary.mailbox, [summary.uid], FlagChange.ADD, frozenset({name})).result()
