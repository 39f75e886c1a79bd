"""Classes of the demonstration: one teacher of the team has two, brought in as a school's tool exports them."""

import csv
import io
import random
from collections.abc import Sequence
from datetime import datetime

from corneille.classes.gate import list_classes
from corneille.classes.import_list import import_list
from corneille.classes.make import NewClass, make_class
from corneille.classes.read_list import read_list
from corneille.classes.school_year import list_years
from corneille.classes.settings import ClassSettings
from corneille.kernel.settings import of
from corneille.kernel.today import today
from corneille.run.demonstration.academie import FAMILY_NAMES, GIVEN_NAMES, TEAM_UAI
from corneille.run.demonstration.demo_person import DemoPerson
from corneille.wire.table.read import fold

TEACHER = "Blaise Corday"
CLASSES = (("3e B", 28), ("5e A", 26))
TITLES = (
    "Nom", "Prénom", "Courriel élève", "Responsable 1", "Courriel responsable 1", "Lien responsable 1",
    "Responsable 2", "Courriel responsable 2", "Lien responsable 2",
)  # fmt: skip


def make_classes(people: Sequence[DemoPerson], seed: int, now: datetime) -> None:
    """Once: a teacher who has classes keeps them as they are."""
    teacher = next(each.account for each in people if each.name == TEACHER)
    if list_classes(teacher, now):
        return
    until_on = list_years(today(now), of(ClassSettings).year_ends_on)[0].until_on
    for label, count in CLASSES:
        number = make_class(teacher, NewClass(label, TEAM_UAI, until_on), now)
        import_list(teacher, number, read_list(write_list(label, count, seed)), now, removes_absent=False)


def write_list(label: str, count: int, seed: int) -> str:
    """The file of a class: a few pupils have no address, a few families one guardian, a few guardians no address."""
    chance = random.Random(f"classes/{seed}/{label}")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(TITLES)
    families = chance.sample(FAMILY_NAMES.split(), count)
    for family, given in zip(families, chance.sample(GIVEN_NAMES.split(), count), strict=True):
        first, second = chance.sample(GIVEN_NAMES.split(), 2)
        pupil = "" if chance.random() < 0.1 else _write_address(given, family, "eleves.example")
        address = _write_address(first, family, "famille.example")
        row = [family, given, pupil, f"{first} {family}", address, "Responsable légal"]
        if chance.random() < 0.7:
            other = "" if chance.random() < 0.1 else _write_address(second, family, "famille.example")
            row += [f"{second} {family}", other, "Responsable légal"]
        writer.writerow(row)
    return out.getvalue()


def _write_address(given: str, family: str, domain: str) -> str:
    return f"{fold(given)}.{fold(family)}@{domain}".replace(" ", "-")
