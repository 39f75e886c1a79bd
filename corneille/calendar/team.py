"""The groups of people that agendas are of, or are shared with: an establishment, a function there, a list of people."""

from dataclasses import dataclass
from datetime import datetime

from corneille.calendar import decide
from corneille.groups.decide import Keeper
from corneille.groups.gate import get_group, list_of_establishment
from corneille.groups.group import GroupShown, here
from corneille.groups.membership import list_own_groups
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people.assignment import list_functions_at
from corneille.people.establishment import find_establishment_name


@dataclass(frozen=True, slots=True)
class Crowd:
    """One group.

    key      as a share names it
    uai      the establishment that it is of, empty where it is of none
    is_team  one of its people may make its agenda; else (an establishment, a computed list) its head alone
    """

    key: str
    uai: str
    name: str
    is_team: bool


def find_crowd(key: str) -> Crowd:
    """By its key. Raises Gone for a list that is none, and for what is no key of a group."""
    kind, _slash, rest = key.partition("/")
    uai, _slash, function = rest.partition("/")
    if kind == "list" and rest.isascii() and rest.isdigit() and len(rest) < 18:
        return _show_list(get_group(int(rest)))
    if kind == "establishment" and uai and not function:
        return Crowd(key, uai, find_establishment_name(uai), is_team=False)
    if kind == "team" and uai and function:
        name = name_team(function, find_establishment_name(uai))
        return Crowd(decide.name_team(uai, function), uai, name, is_team=True)
    raise Gone(key=key)


def find_group_name(key: str) -> str:
    """« Équipe de 6e A », « Enseignement, Lycée Corneille », « Lycée Corneille »; empty where it is no more."""
    try:
        return find_crowd(key).name
    except Gone:
        return ""


def name_team(function: str, place: str) -> str:
    """« Enseignement, Lycée Corneille »."""
    return f"{function[:1].upper()}{function[1:]}, {place}"


def list_own_lists(account: AccountId, now: datetime) -> list[Crowd]:
    """The lists of an establishment that this person is on, by title."""
    found = [_show_list(each) for each in list_own_groups(account, now) if each.uai]
    return sorted(found, key=lambda each: (each.name, each.key))


def list_functions(uai: str, now: datetime) -> list[Crowd]:
    """Those with one function in an establishment, for each function that somebody has there."""
    return [find_crowd(decide.name_team(uai, each)) for each in list_functions_at(uai, here(now).date())]


def list_lists_of(uai: str, now: datetime) -> list[Crowd]:
    """The lists of an establishment, for who directs it."""
    return [_show_list(each) for each in list_of_establishment(uai, now)]


def _show_list(group: GroupShown) -> Crowd:
    return Crowd(decide.name_list(group.id), group.uai, group.title, is_team=group.keeper is Keeper.HEAD)
