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
    domain = of(Ground).domain
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{_unquoted(plain.sender_name)} <{LOCAL_PART}@{domain}>"
    message["To"] = plain.to
    message["Subject"] = plain.subject
    message["Date"] = format_datetime(plain.at)
    message["Message-ID"] = f"<{plain.name}@{domain}>"
    message["Auto-Submitted"] = "auto-replied" if plain.is_answer else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"  # Exchange and Outlook
    message.set_content(plain.text)
    return message.as_bytes()


def _unquoted(name: str) -> str:
    """A display name that needs no quoting."""
    return "".join(each for each in name if each.isalnum() or each in " -’'")
