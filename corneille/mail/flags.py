"""Flags as text: system flags first in RFC order, then keywords, stored the way FETCH sends them."""

from collections.abc import Iterable
from functools import lru_cache

from corneille.mail.values import DELETED, SEEN, SYSTEM_FLAGS, KeywordRefused, Limits

_SYSTEM = {flag.lower(): flag for flag in SYSTEM_FLAGS}
_ORDER = {flag: place for place, flag in enumerate(SYSTEM_FLAGS)}
_NOT_IN_ATOMS = frozenset('(){%*"\\] ')


def normalise_flags(flags: Iterable[str]) -> frozenset[str]:
    """System flags in their one spelling, keywords as given. Raises KeywordRefused (RFC 9051 §2.3.2, flag-keyword)."""
    return frozenset(_normalise(flag) for flag in flags)


def _normalise(flag: str) -> str:
    system = _SYSTEM.get(flag.lower())
    if system is not None:
        return system
    if not flag or len(flag) > Limits.KEYWORD_BYTES:
        raise KeywordRefused(keyword=flag[: Limits.KEYWORD_BYTES], why="length")
    if any(not "!" <= each <= "~" or each in _NOT_IN_ATOMS for each in flag):
        raise KeywordRefused(keyword=flag, why="character")
    return flag


def render_flags(flags: Iterable[str]) -> str:
    """The canonical text: `\\Answered \\Flagged \\Deleted \\Seen \\Draft`, then keywords by name."""
    return " ".join(sorted(flags, key=lambda flag: (_ORDER.get(flag, len(_ORDER)), flag.lower())))


@lru_cache(maxsize=4096)
def parse_flags(rendered: str) -> frozenset[str]:
    """The set behind a rendered text."""
    return frozenset(rendered.split())


def is_unseen(flags: Iterable[str]) -> bool:
    """Whether \\Seen is missing."""
    return SEEN not in flags


def is_deleted(flags: Iterable[str]) -> bool:
    """Whether \\Deleted is there."""
    return DELETED in flags


def list_keywords(flags: Iterable[str]) -> list[str]:
    """What is not a system flag."""
    return [flag for flag in flags if not flag.startswith("\\")]
