"""Reference codes: AUTH-7F3K-92MX, what a refused person reads to the support. 40 random bits."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which are read wrong on the telephone."""
assert len(ALPHABET) == 32


def make_reference() -> str:
    """A fresh code. Should two ever meet, the support sees both, with their times."""
    number = secrets.randbits(40)
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(0, 40, 5))
    return f"AUTH-{letters[:4]}-{letters[4:]}"


def parse_reference(text: str) -> str | None:
    """The code that a person typed: case, spaces and dashes forgiven; None: not a code."""
    letters = "".join(each for each in text.upper() if each.isalnum()).removeprefix("AUTH")
    if len(letters) != 8 or any(each not in ALPHABET for each in letters):
        return None
    return f"AUTH-{letters[:4]}-{letters[4:]}"
