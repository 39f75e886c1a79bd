"""What is kept of people, said by the room that keeps it: the register of processing (GDPR art. 30) is printed from this.

Each noun has a `retention.py` beside its models. Every table stands in one declaration, or in its room's
`NO_PERSONAL_DATA` with the reason; a test walks them all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.apps import apps
from django.db.models import Min

from corneille.kernel.ids import AccountId


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages."""

    french: str
    english: str

    def say(self, language: str) -> str:
        """In the language; French where it is neither."""
        return self.english if language == "en" else self.french


class Basis(StrEnum):
    """Why it is lawful (GDPR art. 6.1)."""

    PUBLIC_TASK = "public-task"  # e
    OBLIGATION = "obligation"  # c


class Audience(StrEnum):
    """Who may see it."""

    OWNER = "owner"
    COLLEAGUES = "colleagues"
    SUPPORT = "support"
    SECURITY = "security"
    PLACE = "place"
    TEACHER = "teacher"
    SERVICES = "services"
    NOBODY = "nobody"


BASES = {
    Basis.PUBLIC_TASK: Text("Mission d’intérêt public (RGPD, art. 6.1.e)", "Public task (GDPR art. 6.1.e)"),
    Basis.OBLIGATION: Text("Obligation légale (RGPD, art. 6.1.c)", "Legal obligation (GDPR art. 6.1.c)"),
}
AUDIENCES = {
    Audience.OWNER: Text("la personne elle-même", "the person"),
    Audience.COLLEAGUES: Text("ses collègues, selon leurs droits", "colleagues, by their rights"),
    Audience.SUPPORT: Text("l’assistance", "support"),
    Audience.SECURITY: Text("la sécurité", "security"),
    Audience.PLACE: Text(
        "le chef d’établissement et les correspondants sécurité, pour les leurs",
        "head of school and security correspondents, for theirs",
    ),
    Audience.TEACHER: Text("l’enseignant qui tient la classe", "the teacher whose class it is"),
    Audience.SERVICES: Text("le service concerné", "the service concerned"),
    Audience.NOBODY: Text("personne", "nobody"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """One Django model ("access.SignInAttempt").

    person  path of the field that holds the account's number; empty: rows are not told apart by person
    """

    model: str
    person: str = ""

    def count(self, account: AccountId) -> int:
        """How many of its rows are this person's now."""
        count: int = apps.get_model(self.model)._default_manager.filter(**{self.person: account}).count()
        return count


@dataclass(frozen=True, slots=True)
class Purge:
    """What takes away the rows of one kind whose time is over.

    code   what `corneille privacy purges` calls it
    run    takes them away and gives how many; safe to run again, and in several processes at once
    model  whose rows ("access.SignInAttempt")
    since  the field that tells their age
    among  which of the model's rows are of this kind; all, where it is empty
    """

    code: str
    name: Text
    run: Callable[[datetime], int]
    model: str
    since: str
    among: Mapping[str, object] = field(default_factory=dict)

    def find_oldest(self, now: datetime) -> date | None:
        """The age of the oldest row that is left (an instant, or a day where no more is kept); None: there is none."""
        rows = apps.get_model(self.model)._default_manager.filter(**{**self.among, f"{self.since}__lte": now})
        oldest: date | None = rows.aggregate(oldest=Min(self.since))["oldest"]
        return oldest


@dataclass(frozen=True, slots=True)
class Retention:
    """One processing: what, why, whose, who sees it, how long, and what purges it.

    until       how it ends, in words; where `find_length` is given, "{length}" stands for the setting in force
    find_length  the delay in force, in the unit that `until` names; then there is a purge that honours it
    find_figures  other settings in force that `until` names in { }
    """

    code: str
    name: Text
    purpose: Text
    categories: Text
    whose: Text
    basis: Basis
    seen_by: tuple[Audience, ...]
    tables: tuple[Table, ...]
    until: Text
    find_length: Callable[[], int] | None = None
    find_figures: Callable[[], Mapping[str, str]] = dict
    purges: tuple[Purge, ...] = ()

    def count(self, account: AccountId) -> int | None:
        """How many rows are this person's now; None: they are not told apart by person."""
        own = [each for each in self.tables if each.person]
        return sum(each.count(account) for each in own) if own else None

    def say_seen_by(self, language: str) -> str:
        """Who may see it."""
        return ", ".join(AUDIENCES[each].say(language) for each in self.seen_by)

    def say_until(self, language: str) -> str:
        """How long it is kept, with the settings in force."""
        length = {} if self.find_length is None else {"length": str(self.find_length())}
        return self.until.say(language).format(**length, **self.find_figures())

    def say_purges(self, language: str) -> str:
        """What takes it away by itself."""
        return ", ".join(each.name.say(language) for each in self.purges) or NO_PURGE.say(language)


EVERYBODY = Text("Toute personne qui a un compte", "Everybody who has an account")
NO_PURGE = Text("rien : pas de durée fixe", "nothing: no fixed time")
