"""The teams of which a person may make an agenda."""

from datetime import datetime

from corneille.calendar import decide
from corneille.calendar.make_calendar import CalendarRefused
from corneille.calendar.open_calendar import find_asker, parse_lists
from corneille.calendar.team import Crowd, find_crowd, list_functions, list_lists_of, list_own_lists
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone


def list_own_teams(account: AccountId, now: datetime) -> list[Crowd]:
    """Those that they are of, and all of a school that they direct."""
    asker = find_asker(account, now)
    functions = {(uai, function) for uai, function in asker.places if uai not in asker.heads}
    found = [find_crowd(decide.name_team(*each)) for each in sorted(functions)]
    for uai in sorted(asker.heads):
        found += [*list_functions(uai, now), *list_lists_of(uai, now)]
    known = {each.key for each in found}
    return found + [each for each in list_own_lists(account, now) if each.is_team and each.key not in known]


def find_own_team(account: AccountId, key: str, now: datetime) -> Crowd:
    """One of them. Raises CalendarRefused ("not-team")."""
    try:
        crowd = find_crowd(key)
    except Gone:
        raise CalendarRefused(reason="not-team") from None
    asker = find_asker(account, now, parse_lists([crowd.key]))
    is_theirs = (crowd.is_team and crowd.key in asker.keys) or crowd.uai in asker.heads
    if decide.parse_kind(crowd.key) == "establishment" or not crowd.uai or not is_theirs:
        raise CalendarRefused(reason="not-team")
    return crowd
