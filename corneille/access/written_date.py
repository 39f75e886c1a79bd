"""A date as people write it in a password: with figures or the name of the month, French and English. Pure."""

import re
from datetime import date

from corneille.people.name import fold

MONTHS = (
    "janvier janv january jan", "fevrier fevr fev february feb", "mars march mar", "avril avr april apr", "mai may",
    "juin june jun", "juillet juil july jul", "aout august aug", "septembre september sept sep", "octobre october oct",
    "novembre november nov", "decembre december dec",
)  # fmt: skip
"""Longest first: what is left of one that is not taken whole matches nothing."""
APART = "[^a-z0-9]{1,3}"
PERHAPS_APART = "[^a-z0-9]{0,3}"
ORDINAL = "(?:er|st|nd|rd|th)?"
"""« 1er », "5th"."""


def is_date_inside(text: str, on: date) -> bool:
    """Whether this day stands in a text, its year with it; an unpadded day and month beside a year of two figures only
    where something stands between, since four figures are many other things."""
    folded = fold(text)
    day, month, year, short = f"0?{on.day}{ORDINAL}", f"0?{on.month}", f"{on:%Y}", f"{on:%y}"
    name = f"(?:{'|'.join(MONTHS[on.month - 1].split())})"
    either = f"(?:{month}|{name})"
    patterns = [
        *_orders(PERHAPS_APART, day, either, year),
        *_orders(PERHAPS_APART, day, name, short),
        *_orders(APART, day, month, short),
        *_orders(PERHAPS_APART, f"{on:%d}", f"{on:%m}", short),
    ]
    return any(re.search(rf"(?<!\d){each}(?!\d)", folded) for each in patterns)


def _orders(between: str, day: str, month: str, year: str) -> list[str]:
    return [between.join(order) for order in ((day, month, year), (month, day, year), (year, month, day))]
