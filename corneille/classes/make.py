"""Makes a class, names it anew, removes it with all its people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from corneille.classes.gate import hold_class, list_own, list_places
from corneille.classes.models import Pupil, SchoolClass
from corneille.classes.school_year import list_years
from corneille.classes.settings import ClassSettings
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.kernel.today import today

LABEL_CHARS = 40


class ClassRefused(Refusal):
    """The class cannot be made or changed as given; data["reason"]: label, taken, year, classes, pupils, name, address,
    pupil, guardians."""

    code = "class-refused"


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class that is to be made; `until_on`: the end of one of the years that `list_years` gives."""

    label: str
    uai: str
    until_on: date


def make_class(account: AccountId, new: NewClass, now: datetime) -> int:
    """Makes a class and gives its number. Raises Gone (no school of theirs), ClassRefused."""
    if new.uai not in {uai for uai, _name in list_places(account, now)}:
        raise Gone(uai=new.uai)
    settings = of(ClassSettings)
    if new.until_on not in {each.until_on for each in list_years(today(now), settings.year_ends_on)}:
        raise ClassRefused(reason="year")
    label = clean_label(new.label)
    with transaction.atomic():
        if list_own(account, now).count() >= settings.classes_count:
            raise ClassRefused(reason="classes", limit=settings.classes_count)
        try:
            with transaction.atomic():
                row = SchoolClass.objects.create(owner_id=account, label=label, uai=new.uai, until_on=new.until_on)
        except IntegrityError:
            raise ClassRefused(reason="taken") from None
        note("class-made", account, row, now)
    return row.pk


def rename_class(account: AccountId, number: int, label: str, now: datetime) -> None:
    """Names a class anew. Raises Gone, ClassRefused."""
    label = clean_label(label)
    with transaction.atomic():
        row = hold_class(account, number, now)
        row.label = label
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            raise ClassRefused(reason="taken") from None


def remove_class(account: AccountId, number: int, now: datetime) -> None:
    """Removes a class and all its people, for good. Raises Gone."""
    with transaction.atomic():
        row = hold_class(account, number, now)
        note("class-removed", account, row, now)
        row.delete()


def clean_label(label: str) -> str:
    """The name of a class, each space single. Raises ClassRefused."""
    label = " ".join(label.split())
    if not 0 < len(label) <= LABEL_CHARS or not label.isprintable():
        raise ClassRefused(reason="label")
    return label


def note(action: str, account: AccountId, row: SchoolClass, now: datetime) -> None:
    """Journals what was done with a class: its name and how many pupils it has, never who."""
    told: dict[str, journal.Value] = {"label": row.label, "count": Pupil.objects.filter(school_class=row).count()}
    journal.append(action, actor=journal.name_actor(account), subject=account, data=told, now=now)
