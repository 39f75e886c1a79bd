"""Names of people as identifiers and addresses: letters without accents, homonyms numbered. Pure.

An identifier is « pnom2 »: the first letter of the given name, then the family name (jlegoff, jlegoff1 …). An
address keeps the shape of the name: jean-pierre.le-goff.
"""

import re
import unicodedata
from collections.abc import Iterable

LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ŋ": "n"}
)
APOSTROPHES = re.compile("['\u2019\u2018\u02bc`´]")
IDENTIFIER_LENGTH = 30
"""Letters of an identifier before its number; applications of the State store 32."""
LOCAL_PART_LENGTH = 56
"""RFC 5321 §4.5.3.1.1 gives 64 octets; the rest is left to a homonym's number and to a short +detail."""


def fold(text: str) -> str:
    """The text in lower case without accents or ligatures: what two spellings of a name have in common."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(each for each in plain if not unicodedata.combining(each)).translate(LETTERS)


def format_identifier(given_name: str, family_name: str) -> str:
    """The pnom2 identifier before any number; empty when the names have no Latin letter."""
    given, family = _letters(given_name, ""), _letters(family_name, "")
    return (given[:1] + family)[:IDENTIFIER_LENGTH]


def format_local_part(given_name: str, family_name: str) -> str:
    """The prenom.nom part of an address before any number; empty when the names have no Latin letter."""
    parts = [_letters(given_name, "-"), _letters(family_name, "-")]
    return ".".join(part for part in parts if part)[:LOCAL_PART_LENGTH].rstrip(".-")


def format_search_key(given_name: str, family_name: str) -> str:
    """What completion looks in: each word of the folded name after one space."""
    words = re.findall(r"[a-z0-9]+", fold(f"{given_name} {family_name}"))
    return "".join(f" {word}" for word in words)


def choose_homonym(base: str, taken: Iterable[str]) -> str:
    """The base itself when nobody ever had it, else the base and the next number: numbers only go up."""
    numbers = [0 if name == base else int(name[len(base) :]) for name in taken if _is_homonym(base, name)]
    return f"{base}{max(numbers) + 1}" if numbers else base


def _is_homonym(base: str, name: str) -> bool:
    number = name.removeprefix(base)
    return name.startswith(base) and (not number or (number.isascii() and number.isdigit()))


def _letters(name: str, joint: str) -> str:
    words = re.findall(r"[a-z0-9]+", fold(APOSTROPHES.sub("", name)))
    return joint.join(words)
