"""NUMEN: the State's number of an agent, 13 characters (17E0501234ABC). An identifier here, never a secret.

It is confidential all the same: only a keyed hash of it is kept, and nothing shows it again.
"""

import re

from corneille.kernel import keys

SHAPE = re.compile(r"[0-9]{2}[A-Z][0-9]{7}[A-Z]{3}")
"""Académie of registration, information system, year of entry, five digits, three letters."""
INSIDE = re.compile(r"[0-9]{2}[a-z][0-9]{7}[a-z]{3}")
PURPOSE = "people/numen"


def parse_numen(text: str) -> str | None:
    """The NUMEN as it is written officially, or None: not its shape. Case and spaces forgiven."""
    number = "".join(text.split()).upper()
    return number if len(number) == 13 and SHAPE.fullmatch(number) else None


def is_numen_inside(folded_letters_and_digits: str) -> bool:
    """Tells whether something shaped like a NUMEN stands in a folded text: nobody's belongs in a password."""
    return INSIDE.search(folded_letters_and_digits) is not None


def hash_numen(numen: str) -> str:
    """The keyed hash under which a NUMEN is kept: 64 hexadecimal digits."""
    return keys.current().mac(PURPOSE, numen.encode("ascii")).hex()


def list_hashes(numen: str) -> list[str]:
    """Every hash under which the NUMEN may have been kept, newest key first."""
    given = numen.encode("ascii")
    return [keys.keyed_hash(key.secret, given).hex() for key in keys.current().all(PURPOSE)]
