"""« Recherche avancée »: a form that writes the operators into the search box, and is filled again from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import pgettext

from corneille.mail.query import Place, Query, QueryRefused, Term

FIELDS = ("mots", "phrase", "sans", "de", "a", "objet", "apres", "avant", "piece")
FIELD_CHARS = 200


@dataclass(frozen=True, slots=True)
class Advanced:
    """The fields of the form, as text."""

    mots: str = ""
    phrase: str = ""
    sans: str = ""
    de: str = ""
    a: str = ""
    objet: str = ""
    apres: str = ""
    avant: str = ""
    piece: str = ""


def read_advanced(query: Query) -> Advanced:
    """The form that would have written this query, as far as it has a field for it."""
    def join(*, place: Place, without: bool = False, phrase: bool | None = None) -> str:
        return " ".join(
            _quote(term) for term in query.terms
            if term.place is place and term.is_without == without and (phrase is None or phrase != term.is_open)
        )  # fmt: skip

    phrases = [term.typed for term in query.terms if _is_phrase(term)]
    words = [_quote(term) for term in query.terms if term.place is Place.ANYWHERE and not term.is_without]
    plain = words if len(phrases) > 1 else [each for each in words if not each.startswith('"')]
    return Advanced(
        mots=" ".join(plain),
        phrase=phrases[0] if len(phrases) == 1 else "",
        sans=join(place=Place.ANYWHERE, without=True),
        de=_bare(join(place=Place.FROM)), a=_bare(join(place=Place.TO)), objet=_bare(join(place=Place.SUBJECT)),
        apres=_day(query.since), avant=_day(query.before), piece="1" if query.has_attachment else "",
    )  # fmt: skip


def write_query(typed: Mapping[str, str]) -> str:
    """The text of the search box for what the form says, with operators in the reader's language."""
    field = {name: typed.get(name, "").replace("\x00", "").strip()[:FIELD_CHARS] for name in FIELDS}
    parts = [field["mots"]]
    if phrase := field["phrase"].replace('"', " ").strip():
        parts.append(f'"{phrase}"')
    parts += [each if each.startswith("-") else f"-{each}" for each in field["sans"].split()]
    names = {
        "de": pgettext("search operator", "from"), "a": pgettext("search operator", "to"),
        "objet": pgettext("search operator", "subject"), "apres": pgettext("search operator", "after"),
        "avant": pgettext("search operator", "before"),
    }  # fmt: skip
    for name, operator in names.items():
        if value := field[name].replace('"', " ").strip():
            parts.append(f'{operator}:"{value}"' if " " in value else f"{operator}:{value}")
    if field["piece"]:
        parts.append(pgettext("search operator", "has:attachment"))
    return " ".join(each for each in parts if each)


def explain_query(refusal: QueryRefused) -> str:
    """What is wrong with an operator, and what would be right."""
    data = {"operator": refusal.data.get("operator", ""), "typed": refusal.data.get("typed", "")}
    match refusal.data.get("why"):
        case "bad-date":
            told = _now("“%(typed)s” is no date. Write %(operator)s:20/11/2026, %(operator)s:11/2026 or %(operator)s:2026.")
            return told % data
        case "bad-attachment":
            told = _now("After %(operator)s: write yes or no, or nothing. To find the name of a file, write it as a word.")
            return told % data
        case _:
            return _now("Something is missing after “%(operator)s:”.") % data


def _is_phrase(term: Term) -> bool:
    return term.place is Place.ANYWHERE and not term.is_without and not term.is_open


def _quote(term: Term) -> str:
    return term.typed if term.is_open else f'"{term.typed}"'


def _bare(text: str) -> str:
    """One quoted value needs no quotes in a field of its own."""
    return text[1:-1] if text.count('"') == 2 and text.startswith('"') and text.endswith('"') else text


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
