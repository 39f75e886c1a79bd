"""UAI codes of establishments: seven digits and a check letter (0140001A). Pure."""

import re

CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""The alphabet without I, O and Q; the number modulo 23 names the letter."""
SHAPE = re.compile(r"[0-9]{7}[A-Z]")
CORSICA = {"620": "2A", "720": "2B"}


def format_uai(number: int) -> str:
    """The code of establishment `number` (1..9999999, department included)."""
    return f"{number:07d}{CHECK_LETTERS[number % 23]}"


def parse_uai(text: str) -> str | None:
    """The official code, or None: wrong shape or check letter. Case and spaces forgiven."""
    code = "".join(text.split()).upper()
    if not SHAPE.fullmatch(code) or not code.isascii() or code[7] != CHECK_LETTERS[int(code[:7]) % 23]:
        return None
    return code


def find_department(uai: str) -> str:
    """The department of a valid code as people write it: "14", "2A", "974"."""
    prefix = uai[:3]
    if prefix in CORSICA:
        return CORSICA[prefix]
    return prefix if prefix.startswith(("97", "98")) else prefix[1:]
