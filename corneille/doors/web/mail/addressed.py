"""A letter to a class: which part of it, who else besides, each apart or in blind copy, and exactly whom it reaches.

The choice stands in the form; a draft keeps it in a field of ours, and names nobody of the class.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.classes.audience import ClassAudience, Part, find_class_audience
from corneille.classes.letter import MARK, Choice, Way, parse_choice, read_choice
from corneille.doors.web.mail.answers import Reminded
from corneille.doors.web.mail.opened import Opened
from corneille.doors.web.mail.recipients import parse_known
from corneille.groups.audience import find_list
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.transport.compose import Correspondent
from corneille.transport.recipient import find_recipient, is_local

PARTS: dict[Part, Promise] = {
    Part.PUPILS: _("Pupils of %(label)s"),
    Part.GUARDIANS: _("Guardians of %(label)s"),
    Part.ALL: _("Pupils and guardians of %(label)s"),
}


class ListBeside(Refusal):
    """A list is named beside a class; data["address"]. Its people would have to be shown and confirmed apart."""

    code = "list-beside"


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a letter is for, as its writer chose it.

    also      who gets it besides, the same way, and is not in that part
    reminded  the letter of which it reminds those who have not answered; None: it is a letter of its own
    """

    audience: ClassAudience
    choice: Choice
    also: tuple[Correspondent, ...] = ()
    reminded: Opened | None = None

    @property
    def title(self) -> str:
        """« Responsables de la 3e B »; readers of blind copies see it in To."""
        return str(PARTS[self.audience.part]) % {"label": self.audience.school_class.label}

    @property
    def is_apart(self) -> bool:
        return self.choice.way is Way.APART

    @property
    def mark(self) -> tuple[str, str]:
        """What a draft, and the copy in « Sent », keep of it."""
        return MARK, self.choice.format()

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


def find_choice(asked: Mapping[str, str], draft: Opened | None) -> Choice | None:
    """What the form, the address of the page or else the draft says; None: the letter is for no class. Raises Gone."""
    number = asked.get("classe", "")
    if not number:
        return None if draft is None else read_choice(draft.headers)
    choice = parse_choice(number, *(asked.get(name, "") for name in ("groupe", "facon", "relance")))
    if choice is None:
        raise Gone(school_class=number)
    return choice


def find_addressed(
    account: AccountId, choice: Choice, reminded: Reminded | None, typed: str, now: datetime
) -> Addressed:
    """Whom the letter reaches; `typed`: who is named beside the class. Raises Gone where the class is not theirs."""
    among = None if reminded is None else frozenset(each.address.lower() for each in reminded.answers.silent)
    audience = find_class_audience(account, choice.school_class, choice.part, now, among)
    known = {each.address.lower() for each in audience.people}
    also = tuple(each for each in parse_known(typed) if each.address.lower() not in known)
    return Addressed(audience, choice, also, None if reminded is None else reminded.opened)


def check_also(addressed: Addressed) -> None:
    """Raises ListBeside, or UnknownRecipient, for who is named beside the class and cannot be written to so."""
    for each in addressed.also:
        if find_list(each.address) is not None:
            raise ListBeside(address=each.address)
        if is_local(each.address):
            find_recipient(each.address)
