"""Passwords that were stolen elsewhere: the first eight octets of their SHA-1, sorted, in a file searched in place.

File: the eight octets `CRNLKD01`, then the prefixes, big-endian, ascending. A list of a thousand million is 8 GB and
answers in thirty reads. `corneille access leaked` makes one from « Pwned Passwords » (SHA1:COUNT, ordered by hash).
"""

import hashlib
import mmap
from collections.abc import Iterable
from pathlib import Path

from corneille.access.password_settings import SHIPPED, Passwords
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of

MAGIC = b"CRNLKD01"
PREFIX_BYTES = 8


class LeakedRefused(Refusal):
    """The list cannot be read: `line` is not a SHA-1 in hexadecimal, or is not in order."""

    code = "leaked-refused"


def is_leaked(secret: bytes) -> bool:
    """Whether the password is in the list in force. Raises LeakedRefused when that is no such file."""
    wanted = hashlib.sha1(secret, usedforsecurity=False).digest()[:PREFIX_BYTES]
    file = Path(of(Passwords).leaked_file or SHIPPED)
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        if mapped[:8] != MAGIC:
            raise LeakedRefused(file=str(file))
        low, high = 0, (len(mapped) - len(MAGIC)) // PREFIX_BYTES
        while low < high:
            middle = (low + high) // 2
            start = len(MAGIC) + middle * PREFIX_BYTES
            found = mapped[start : start + PREFIX_BYTES]
            if found == wanted:
                return True
            low, high = (middle + 1, high) if found < wanted else (low, middle)
    return False


def write_leaked(lines: Iterable[str], target: Path) -> int:
    """Makes a list from lines "SHA1" or "SHA1:COUNT" in ascending order; gives how many. Raises LeakedRefused."""
    count, last = 0, b""
    fresh = target.with_suffix(".new")
    with fresh.open("wb") as stream:
        stream.write(MAGIC)
        for number, line in enumerate(lines, 1):
            digest = line.strip().partition(":")[0]
            try:
                prefix = bytes.fromhex(digest)[:PREFIX_BYTES]
            except ValueError:
                raise LeakedRefused(line=number) from None
            if len(digest) != 40 or prefix < last:
                raise LeakedRefused(line=number)
            if prefix != last:
                stream.write(prefix)
                count, last = count + 1, prefix
    fresh.replace(target)
    return count
