"""Whom a letter to a class reaches: each address once, in the order of the class."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corneille.classes.gate import ClassShown, list_pupils, open_class
from corneille.classes.pupil import PupilKept
from corneille.kernel.ids import AccountId


class Part(StrEnum):
    """Which people of a class."""

    PUPILS = "eleves"
    GUARDIANS = "responsables"
    ALL = "tous"


@dataclass(frozen=True, slots=True)
class Reached:
    """Who reads at an address: those who share one stand together; `about`: the pupils whose guardian they are."""

    name: str
    address: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class ClassAudience:
    """Whom a letter to a part of a class reaches.

    missing  names of pupils of whom nobody in this part has an address
    digest   the same for the same people, else another
    """

    school_class: ClassShown
    part: Part
    people: tuple[Reached, ...]
    missing: tuple[str, ...]
    digest: str


def find_class_audience(
    account: AccountId, number: int, part: Part, now: datetime, among: Collection[str] | None = None
) -> ClassAudience:
    """Whom a letter of a teacher to a class of theirs reaches. Raises Gone.

    among  only who has one of these addresses, lower case: nobody else is missed
    """
    opened = open_class(account, number, now)
    found: dict[str, list[tuple[str, str]]] = {}
    missing: list[str] = []
    for pupil in list_pupils(opened.id):
        reached = list(_list_reached(pupil, part))
        if not reached:
            missing.append(pupil.said.name)
        for name, about, address in reached:
            found.setdefault(address, []).append((name, about))
    if among is not None:
        found, missing = {address: told for address, told in found.items() if address.lower() in among}, []
    people = tuple(Reached(_join(names), address, _join(abouts)) for address, (names, abouts) in _unzip(found))
    told = f"{opened.id}:{part}:{','.join(each.address for each in people)}"
    digest = hashlib.sha256(told.encode()).hexdigest()[:32]
    return ClassAudience(opened, part, people, tuple(missing), digest)


def _list_reached(pupil: PupilKept, part: Part) -> Iterator[tuple[str, str, str]]:
    """Name, whose guardian, address."""
    if part is not Part.GUARDIANS and pupil.said.address:
        yield pupil.said.name, "", pupil.said.address
    if part is not Part.PUPILS:
        for each in pupil.guardians:
            yield each.said.name, pupil.said.name, each.said.address


def _unzip(found: dict[str, list[tuple[str, str]]]) -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    for address, told in found.items():
        yield address, ([name for name, _about in told], [about for _name, about in told])


def _join(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(each for each in names if each))
