"""Completes the address of a list as it is typed: only those in force that the writer may write to."""

import re
from datetime import datetime

from corneille.groups import queries
from corneille.groups.decide import is_in_force
from corneille.groups.group import here, read_term
from corneille.groups.models import Group
from corneille.groups.writer import find_decisions
from corneille.kernel.ids import AccountId
from corneille.people.address import LOCAL_LENGTH, Suggestion
from corneille.people.name import fold


def suggest_groups(account: AccountId, text: str, limit: int, now: datetime) -> list[Suggestion]:
    """By the beginnings of the words of the title, accents ignored, or of the address."""
    typed = fold(text).strip()
    words = re.findall(r"[a-z0-9]+", typed)
    if not words or len(typed) > LOCAL_LENGTH:
        return []
    today = here(now).date()
    rows = [row for row in queries.list_all() if is_in_force(read_term(row), today) and _is_meant(row, words, typed)]
    decisions = find_decisions(account, rows, now)
    may = [row for row in rows if decisions[row.pk].may]
    return [Suggestion(row.title, f"{row.local}@{row.domain}") for row in may[:limit]]


def _is_meant(row: Group, words: list[str], typed: str) -> bool:
    key = "".join(f" {each}" for each in re.findall(r"[a-z0-9]+", fold(row.title)))
    return all(f" {word}" in key for word in words) or f"{row.local}@{row.domain}".startswith(typed)
