"""Flags that a client asks for."""

from corneille.doors.imap.replies import Bad
from corneille.mail.values import SYSTEM_FLAGS

_SYSTEM = frozenset(flag.lower() for flag in SYSTEM_FLAGS)


def choose_flags(asked: tuple[str, ...]) -> frozenset[str]:
    """The flags to set. Raises Bad for a system flag that is none of RFC 9051 §2.3.2; \\Recent is passed over."""
    flags = [flag for flag in asked if flag.lower() != "\\recent"]
    if any(flag.startswith("\\") and flag.lower() not in _SYSTEM for flag in flags):
        raise Bad("The system flags are " + " ".join(SYSTEM_FLAGS))
    return frozenset(flags)
