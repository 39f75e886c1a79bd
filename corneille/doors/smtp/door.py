"""What a door is for, and what its conversations share."""

from dataclasses import dataclass
from enum import Enum, auto
from ssl import SSLContext

from corneille.doors.frame.admit import Admission
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.limits import Guests
from corneille.doors.frame.memory import Memory


class Kind(Enum):
    """Reception from other servers, LMTP (RFC 2033), submission by our own people (RFC 6409)."""

    RECEPTION = auto()
    LMTP = auto()
    SUBMISSION = auto()


@dataclass(frozen=True, slots=True)
class Door:
    """What all conversations of one listening socket share."""

    kind: Kind
    tls: SSLContext
    bridge: Bridge
    admission: Admission
    memory: Memory
    guests: Guests
