"""One line of a list of messages, ready for the template."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _now

from corneille.kernel.ids import MailboxId, MessageId, Uid
from corneille.mail.values import ANSWERED, FLAGGED, SEEN, Summary

FORWARDED = "$Forwarded"


@dataclass(frozen=True, slots=True)
class Line:
    """A message in a list; `who` is the sender, or the recipients where the person is the sender; `found_in` names the
    attached documents in which a search found its words."""

    id: MessageId
    uid: Uid
    mailbox: MailboxId
    folder: str
    who: str
    address: str
    subject: str
    preview: str
    received_at: datetime
    size_bytes: int
    is_unseen: bool
    is_starred: bool
    is_answered: bool
    is_forwarded: bool
    is_draft: bool
    has_attachment: bool
    found_in: tuple[str, ...] = ()

    @property
    def initial(self) -> str:
        return next((letter.upper() for letter in self.who if letter.isalnum()), "?")

    @property
    def hue(self) -> int:
        """One of eight colours for the sender's initial, always the same for one address."""
        return sum(self.address.lower().encode()) % 8


def show_line(
    summary: Summary, *, is_outgoing: bool = False, is_draft: bool = False, folder: str = "", found_in: tuple[str, ...] = ()
) -> Line:
    """Chooses the words of one line, nothing is ever empty; a draft is opened to be written on."""
    who = summary.recipients if is_outgoing else summary.sender_name or summary.sender_address
    if not who.strip():
        who = _now("(no recipient)") if is_outgoing else _now("(unknown sender)")
    flags = {flag.lower() for flag in summary.flags}
    return Line(
        id=summary.id,
        uid=summary.uid,
        mailbox=summary.mailbox,
        folder=folder,
        who=who,
        address=summary.recipients if is_outgoing else summary.sender_address,
        subject=summary.subject.strip() or _now("(no subject)"),
        preview=summary.preview,
        received_at=summary.received_at,
        size_bytes=summary.size_bytes,
        is_unseen=SEEN.lower() not in flags,
        is_starred=FLAGGED.lower() in flags,
        is_answered=ANSWERED.lower() in flags,
        is_forwarded=FORWARDED.lower() in flags,
        is_draft=is_draft,
        has_attachment=summary.has_attachment,
        found_in=found_in,
    )


def show_lines(summaries: Iterable[Summary], *, is_outgoing: bool = False, is_draft: bool = False) -> list[Line]:
    """The lines of one folder."""
    return [show_line(each, is_outgoing=is_outgoing, is_draft=is_draft) for each in summaries]
