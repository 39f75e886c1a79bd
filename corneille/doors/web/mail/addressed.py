"""A letter to a class: which part of it, who else besides, each apart or in blind copy, and exactly whom it reaches.

The choice stands in the form; a draft keeps it in a field of ours, and names nobody of the class.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.classes.audience import ClassAudience, Part, find_class_audience
from corneille.doors.web.mail.opened import Opened
from corneille.doors.web.mail.recipients import parse_known
from corneille.doors.web.number import parse_number
from corneille.groups.audience import find_list
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.transport.compose import Correspondent
from corneille.transport.recipient import find_recipient, is_local

MARK = "X-Corneille-Class"

PARTS: dict[Part, Promise] = {
    Part.PUPILS: _("Pupils of %(label)s"),
    Part.GUARDIANS: _("Guardians of %(label)s"),
    Part.ALL: _("Pupils and guardians of %(label)s"),
}


class ListBeside(Refusal):
    """A list is named beside a class; data["address"]. Its people would have to be shown and confirmed apart."""

    code = "list-beside"


class Way(StrEnum):
    """How a letter goes to many."""

    APART = "chacun"
    BLIND = "cci"


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a letter is for, as its writer chose it; `also`: who gets it besides, the same way, and is not in that part."""

    audience: ClassAudience
    way: Way
    also: tuple[Correspondent, ...] = ()

    @property
    def title(self) -> str:
        """« Responsables de la 3e B »; readers of blind copies see it in To."""
        return str(PARTS[self.audience.part]) % {"label": self.audience.school_class.label}

    @property
    def is_apart(self) -> bool:
        return self.way is Way.APART

    @property
    def mark(self) -> tuple[str, str]:
        """What a draft keeps of it."""
        return MARK, f"{self.audience.school_class.id} {self.audience.part} {self.way}"

    @property
    def digest(self) -> str:
        """The same for the same people, else another."""
        told = ",".join([self.audience.digest, *(each.address.lower() for each in self.also)])
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def list_class(self) -> list[Correspondent]:
        """Whom it reaches of the class."""
        return [Correspondent(each.name, each.address) for each in self.audience.people]

    def list_people(self) -> list[Correspondent]:
        """Everybody whom it reaches: those of the class first."""
        return [*self.list_class(), *self.also]

    def name_copy(self) -> str:
        """What stands in To of the writer’s copy."""
        count = len(self.audience.people)
        told = _now("%(title)s, each apart (%(count)s)") if self.is_apart else _now("%(title)s, in blind copy (%(count)s)")
        return told % {"title": self.title, "count": count}


def find_addressed(account: AccountId, asked: Mapping[str, str], draft: Opened | None, now: datetime) -> Addressed | None:
    """What the form, the address of the page or else the draft says; None: the letter is for no class.

    Raises Gone where the class is not there, or not theirs.
    """
    number, part, way = asked.get("classe", ""), asked.get("groupe", ""), asked.get("facon", "")
    if not number and draft is not None:
        number, part, way = [*draft.headers.text(MARK).split(), "", "", ""][:3]
    if not number:
        return None
    wanted = parse_number(number)
    if wanted is None or part not in set(Part):
        raise Gone(school_class=number)
    audience = find_class_audience(account, wanted, Part(part), now)
    typed = asked.get("to") or (draft.headers.text("to") if draft is not None and "to" not in asked else "")
    known = {each.address.lower() for each in audience.people}
    also = tuple(each for each in parse_known(typed) if each.address.lower() not in known)
    return Addressed(audience, Way(way) if way in set(Way) else Way.APART, also)


def check_also(addressed: Addressed) -> None:
    """Raises ListBeside, or UnknownRecipient, for who is named beside the class and cannot be written to so."""
    for each in addressed.also:
        if find_list(each.address) is not None:
            raise ListBeside(address=each.address)
        if is_local(each.address):
            find_recipient(each.address)
