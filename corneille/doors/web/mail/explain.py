"""Refusals of what was written, in words: why it was not sent or saved, and what to do."""

from django.utils.translation import gettext as _now

from corneille.desk.cause import Cause
from corneille.documents.share import DocumentRefused
from corneille.doors.web.mail.addressed import ListBeside
from corneille.doors.web.mail.audience import explain_list
from corneille.doors.web.mail.links import explain_document
from corneille.groups.audience import ListRefused
from corneille.kernel.refusal import DiskFull, Refusal
from corneille.mail.values import MessageTooLarge, OverQuota
from corneille.transport.values import MessageRefused, SenderRefused, SendingPaused, UnknownRecipient


def find_cause(refusal: Refusal) -> Cause | None:
    """The cause of it that auto-dépannage explains."""
    match refusal:
        case SendingPaused():
            return Cause(str(refusal.data["why"]))
        case OverQuota():
            return Cause.QUOTA
        case _:
            return None


def explain(refusal: Refusal) -> str:
    """Why nothing was sent or saved, and what to do."""
    match refusal:
        case ListRefused():
            return explain_list(refusal)
        case UnknownRecipient() | ListBeside():
            return _explain_recipient(refusal)
        case SenderRefused():
            return _now("You may not write under this address.")
        case SendingPaused():
            return _now("Your password has reached its date: change it, then send. Your message is kept in the drafts.")
        case MessageRefused():
            if refusal.data.get("why") == "too-many-recipients":
                return _now("There are too many recipients for one message.")
            return _now("This message cannot be sent as it is.")
        case DocumentRefused():
            return explain_document(refusal)
        case DiskFull():
            return _now("The server has no room for this just now. Nothing was sent, and your text is here: tell support.")
        case MessageTooLarge():
            return _now("The message is too big. Remove a file.")
        case OverQuota():
            return _now("Your mail is full: empty the bin or delete large messages, then try again.")
        case _ if refusal.temporary:
            return _now("This cannot be done just now. Nothing was sent. Try again in a minute.")
        case _:
            return _now("This message cannot be sent as it is.")


def _explain_recipient(refusal: UnknownRecipient | ListBeside) -> str:
    if isinstance(refusal, ListBeside):
        told = _now("%(address)s is a list: write to it in a letter of its own, so that you see whom it reaches.")
    else:
        told = _now("There is nobody at the address %(address)s. Check it.")
    return told % {"address": refusal.data.get("address", "")}
