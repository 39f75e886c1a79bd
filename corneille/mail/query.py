"""What a person types into the search box, read: words, "phrases", -exclusions and operators in French and English.

Pure: no clock, no store. An unknown name before a colon (`http:`, `Re:`, `10:30`) is no operator, only words.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corneille.kernel.refusal import Refusal
from corneille.mail.searchable import fold, split_words

TERMS = 20
"""More than this in one search are passed over."""


class QueryRefused(Refusal):
    """An operator that cannot be understood; data["why"]: no-value, bad-date, bad-attachment; data["operator"] and
    data["typed"] as they were written."""

    code = "query-refused"


class Place(StrEnum):
    """Where a term is looked for."""

    ANYWHERE = "anywhere"
    FROM = "from"
    TO = "to"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that follow one another; `is_open`: the last may be only the beginning of a word.

    typed  as the person wrote it, for the form that shows it again
    """

    words: tuple[str, ...]
    place: Place
    is_open: bool
    is_without: bool
    typed: str


@dataclass(frozen=True, slots=True)
class Query:
    """All that is asked together. `since` and `before` are days of the académie's zone: since ≤ day < before."""

    terms: tuple[Term, ...] = ()
    since: date | None = None
    before: date | None = None
    has_attachment: bool | None = None

    @property
    def is_empty(self) -> bool:
        return self == Query()


_PLACES = {
    "de": Place.FROM, "from": Place.FROM, "a": Place.TO, "to": Place.TO, "objet": Place.SUBJECT, "sujet": Place.SUBJECT,
    "subject": Place.SUBJECT,
}  # fmt: skip
_SINCE, _BEFORE = frozenset({"apres", "after", "depuis"}), frozenset({"avant", "before"})
_ATTACHMENT = frozenset({"piece", "pieces", "pj", "has"})
_YES = frozenset({"oui", "yes", "avec", "attachment", "attachments", "piece", "pj", ""})
_NO = frozenset({"non", "no", "sans"})
_PIECE = re.compile(
    r"""
    (?P<lone>[^\W\d_]+):\s*(?=\Z|\s[^\W\d_]+:)             # an operator with nothing behind it
    | (?P<without>-)?
      (?:(?P<name>[^\W\d_]+):\s*)?
      (?:"(?P<phrase>[^"]*)(?:"|\Z) | (?P<word>[^\s"]+))
    """,
    re.VERBOSE,
)
_ALONE = re.compile(r"(?i)\b(pi[eè]ces?|pj):(?=\s|\Z)")
_DATES = (
    re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})"),
)
_QUOTES = str.maketrans("«»“”„", '"""""')


def parse_query(text: str) -> Query:
    """Reads what was typed. Raises QueryRefused."""
    terms: list[Term] = []
    since = before = None
    has_attachment = None
    written = re.sub(r"«\s*|\s*»", '"', unicodedata.normalize("NFC", text)).translate(_QUOTES).strip()
    for found in _PIECE.finditer(_ALONE.sub(r"\1:oui", written)):
        name = found["name"] or found["lone"] or ""
        known = fold(name)
        typed = found["phrase"] if found["phrase"] is not None else found["word"] or ""
        if known in _SINCE or known in _BEFORE:
            day = _parse_day(name, typed)
            since, before = (day, before) if known in _SINCE else (since, day)
        elif known in _ATTACHMENT:
            has_attachment = _parse_attachment(name, typed) != bool(found["without"])
        else:
            terms += _read_terms(found, name, known, typed)
    return Query(tuple(terms[:TERMS]), since, before, has_attachment)


def _read_terms(found: "re.Match[str]", name: str, known: str, typed: str) -> list[Term]:
    place = _PLACES.get(known, Place.ANYWHERE)
    if known not in _PLACES and name:
        typed = f"{name}:{typed}"  # no operator: what was written, with its colon
    words, is_phrase, is_without = tuple(split_words(fold(typed))), found["phrase"] is not None, bool(found["without"])
    if not words:
        if known in _PLACES:
            raise QueryRefused(why="no-value", operator=name, typed=typed)
        return []
    if is_phrase or is_without or place is not Place.ANYWHERE:
        return [Term(words, place, not is_phrase, is_without, typed)]
    return [Term((word,), place, True, False, word if len(words) > 1 else typed) for word in words]


def _parse_day(name: str, typed: str) -> date:
    """A day, or the first of a month or a year: 20/11/2026, 2026-11-20, 11/2026, 2026-11, 2026."""
    if not typed:
        raise QueryRefused(why="no-value", operator=name, typed=typed)
    for form in _DATES:
        found = form.fullmatch(typed.strip())
        if found is None:
            continue
        part = {"day": "1", "month": "1"} | found.groupdict()
        try:
            return date(int(part["year"]), int(part["month"]), int(part["day"]))
        except ValueError:
            break
    raise QueryRefused(why="bad-date", operator=name, typed=typed)


def _parse_attachment(name: str, typed: str) -> bool:
    value = fold(typed).strip()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise QueryRefused(why="bad-attachment", operator=name, typed=typed)
