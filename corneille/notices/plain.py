"""A plain message that the service writes by itself: text alone, and nothing answers it (RFC 3834)."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from corneille.kernel.settings import Ground, of

SENDER_NAME = "Corneille"
LOCAL_PART = "ne-pas-repondre"


@dataclass(frozen=True, slots=True)
class Plain:
    """What it says to whom.

    name       the left side of its Message-ID: the same message has the same one each time it is made
    is_answer  to a message that came, rather than of its own accord
    """

    to: str
    subject: str
    text: str
    at: datetime
    name: str
    sender_name: str = SENDER_NAME
    is_answer: bool = False


def format_plain(plain: Plain) -> bytes:
    """RFC 5322 octets, CRLF."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{_unquoted(plain.sender_name)} <{LOCAL_PART}@{of(Ground).domain}>"
    message["To"] = plain.to
    message["Subject"] = plain.subject
    message["Date"] = format_datetime(plain.at)
    message["Message-ID"] = f"<{find_message_id(plain.name)}>"
    message["Auto-Submitted"] = "auto-replied" if plain.is_answer else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange and Outlook
    message.set_content(plain.text)
    return message.as_bytes()


def find_message_id(name: str) -> str:
    """The Message-ID of the message of that name, without brackets."""
    return f"{name}@{of(Ground).domain}"


def _unquoted(name: str) -> str:
    """A display name that needs no quoting."""
    return "".join(each for each in name if each.isalnum() or each in " -’'")
