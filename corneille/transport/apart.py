"""A letter that goes to each apart: the queue holds it once, and each copy begins with a To of its own.

So all of them are queued in one transaction, and what each has got is written down by itself: after a kill in the middle the
others get theirs, and nobody a second one.
"""

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP

from corneille.transport.compose import Correspondent, make_address


def address_apart(people: Sequence[Correspondent]) -> dict[str, bytes]:
    """What stands before each one's copy (`Envelope.added`). Raises MessageRefused."""
    return {each.address: _format_to(each) for each in people}


def _format_to(person: Correspondent) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["To"] = make_address(person, "to")
    return message.as_bytes().partition(b"\r\n\r\n")[0] + b"\r\n"
