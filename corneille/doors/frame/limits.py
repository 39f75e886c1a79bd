"""How much of the machine one address, one account or one connection may take at a mail door."""

import ipaddress
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, of, section, setting
from corneille.mail.settings import MailSettings

TOGETHER = 2
"""How many of the largest messages one command of IMAP may bring or carry: they wait in memory until the last has come."""

SHARE_BYTES = 256 * 1024**2
"""Of one account, unless its largest messages need more: a mail program with several connections, each with a message."""


@section("limits")
@dataclass(frozen=True, slots=True)
class LimitSettings:
    """Limits of the mail doors, IMAP and SMTP alike."""

    connections_per_address: int = setting(
        1000, "Mail connections open at once from one address (an IPv6 /64 counts as one). A school is one address."
    )
    connections_per_account: int = setting(100, "IMAP connections open at once for one person.")
    connections: int = setting(10_000, "Mail connections open at once in one process, signed in or not.")
    unsigned_connections: int = setting(
        2000,
        "Connections on which nobody has signed in yet (at the door of other servers: on which no message was accepted), of "
        "each door, in one process; one more ends the one that has been there longest: silence must not fill the seats.",
    )
    authenticate_s: float = setting(60.0, "A connection that has not signed in after this is closed.")
    idle_s: float = setting(
        1860.0, "A signed-in connection on which nothing is said is closed after this (RFC 9051: 30 minutes at least)."
    )
    listed_after_s: float = setting(
        2.0, "A connection is listed in « Mes connexions » once it has lasted so long: most are shorter."
    )
    commands_per_second: float = setting(
        500.0, "Commands per second on one connection, over time; faster ones are slowed down, not refused."
    )
    commands_at_once: int = setting(2000, "Commands that may come in a burst before they are slowed down.")
    line_bytes: int = setting(65536, "The longest command line, its literals not counted.")
    literal_bytes: int = setting(65536, "The largest literal (IMAP) that is not a message.")
    literal_memory_bytes: int = setting(
        1024**3,
        "What messages that come by IMAP, those of commands with more than literal_bytes, may take of one process's memory "
        "from their announcement on; beyond it NO [LIMIT] for a time.",
    )
    literal_silence_s: float = setting(
        60.0,
        "A connection that announced such a message and falls silent before the command's end is closed after this: what "
        "it keeps others have not.",
    )
    literal_bytes_per_second: float = setting(
        8192.0,
        "The slowest at which such a message may come, beyond literal_silence_s: 50 MB have 105 minutes. A connection that "
        "is slower is closed: an octet a minute would keep the memory for ever.",
    )
    content_memory_per_account_bytes: int = setting(
        0,
        "What one person's messages that are being received, by IMAP or by submission, may take of one process's memory at "
        "each of the two doors; beyond it, NO [LIMIT] or 452 for a time. At least twice [mail] message_bytes; 0: so much, "
        "and 256 MiB at least.",
    )
    refused_sign_ins: int = setting(
        5, "Refused sign-ins on one connection before it is closed; who comes again waits with the newcomers."
    )
    bad_commands: int = setting(20, "Commands in a row that make no sense before a connection is closed.")

    def check(self) -> None:
        """Raises SettingsRefused when no mail program could work."""
        if self.line_bytes < 8192:
            raise SettingsRefused("[limits] line_bytes: at least 8192 (RFC 7162 §4)")
        counts = (
            self.connections_per_address, self.connections_per_account, self.connections, self.unsigned_connections,
        )  # fmt: skip
        if min(counts) < 1:
            raise SettingsRefused("[limits] connections…: at least 1")
        if min(self.commands_per_second, self.literal_bytes_per_second) <= 0 or self.commands_at_once < 1:
            raise SettingsRefused("[limits] commands_per_second, commands_at_once and literal_bytes_per_second: above 0")
        least = TOGETHER * of(MailSettings).message_bytes
        if min(self.share_bytes, self.literal_memory_bytes) < least:
            raise SettingsRefused(
                f"[limits] content_memory_per_account_bytes and literal_memory_bytes: at least {least}, {TOGETHER} times"
                " [mail] message_bytes"
            )

    @property
    def share_bytes(self) -> int:
        """What content_memory_per_account_bytes comes to."""
        return self.content_memory_per_account_bytes or max(SHARE_BYTES, TOGETHER * of(MailSettings).message_bytes)


class Seats:
    """Counts who is in, by any key, and says when there is no room."""

    def __init__(self) -> None:
        self._taken: Counter[Hashable] = Counter()
        self.total = 0

    def take(self, key: Hashable, limit: int) -> bool:
        """Takes a seat; false, and nothing taken, when `limit` are taken already."""
        if self._taken[key] >= limit:
            if not self._taken[key]:
                del self._taken[key]
            return False
        self._taken[key] += 1
        self.total += 1
        return True

    def leave(self, key: Hashable) -> None:
        """Gives a seat back."""
        self._taken[key] -= 1
        self.total -= 1
        if self._taken[key] <= 0:
            del self._taken[key]

    def count(self, key: Hashable) -> int:
        """Seats taken under this key."""
        return self._taken.get(key, 0)


class Guests:
    """Those who are connected and have not signed in; the one that has been there longest makes room for one too many."""

    def __init__(self) -> None:
        self._ends: dict[Hashable, Callable[[], None]] = {}

    def enter(self, guest: Hashable, end: Callable[[], None], limit: int) -> None:
        """Counts a guest; `end` is called when it has to make room."""
        if len(self._ends) >= limit:
            longest = next(iter(self._ends))
            self._ends.pop(longest)()
        self._ends[guest] = end

    def leave(self, guest: Hashable) -> None:
        """It has signed in, or has gone."""
        self._ends.pop(guest, None)


class Pace:
    """A token bucket: how long the next command must wait."""

    __slots__ = ("_at_s", "_burst", "_rate", "_tokens")

    def __init__(self, rate: float, burst: int, at_s: float) -> None:
        self._rate, self._burst = rate, float(burst)
        self._tokens, self._at_s = float(burst), at_s

    def spend(self, at_s: float) -> float:
        """Counts one command at this instant (monotonic seconds) and returns the seconds to wait before the next."""
        self._tokens = min(self._burst, self._tokens + (at_s - self._at_s) * self._rate) - 1.0
        self._at_s = at_s
        return 0.0 if self._tokens >= 0.0 else -self._tokens / self._rate


def address_key(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)
