"""Inner callers (a webmail on another machine, a proxy of ours) say for whom they call, and prove by a key that they may.

Their own address is then never counted: the person's is. Nobody is believed for an address alone, loopback included.
A statement is `address;seconds since 1970;mac`, good for a minute, so that one that is overheard soon says nothing.
"""

import hmac
from datetime import UTC, datetime, timedelta

from corneille.access.network import format_address, parse_address
from corneille.kernel import keys

PURPOSE = "access/inner-caller"
LENGTH = 140
GOOD_FOR = timedelta(minutes=1)


def format_statement(address: str, now: datetime, secret: bytes | None = None) -> str:
    """What an inner caller sends; `secret` is the installation's newest when none is given."""
    seconds = str(int(now.timestamp()))
    key = secret if secret is not None else keys.current().newest(PURPOSE).secret
    return f"{address};{seconds};{_mac(key, address, seconds)}"


def parse_statement(told: str, now: datetime) -> str | None:
    """The person's address, when the statement is proved, fresh and names one; else None."""
    parts = told[:LENGTH].split(";")
    if len(parts) != 3 or not parts[1].isascii() or not parts[1].isdigit() or parse_address(parts[0]) is None:
        return None
    address, seconds, given = parts
    is_proved = False
    for key in keys.current().all(PURPOSE):
        is_proved |= hmac.compare_digest(_mac(key.secret, address, seconds).encode(), given.encode())
    if not is_proved or len(seconds) > 11:
        return None
    at = datetime.fromtimestamp(int(seconds), UTC)
    return format_address(address) if abs(now - at) <= GOOD_FOR else None


def _mac(secret: bytes, address: str, seconds: str) -> str:
    return keys.keyed_hash(secret, address.encode(), seconds.encode()).hex()
