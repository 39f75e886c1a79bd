"""An académie with one teacher who has a password, and a way to try to sign in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from corneille.access import hasher
from corneille.access.attempt import Attempt, Outcome
from corneille.access.hasher import Hasher
from corneille.access.password import set_password
from corneille.access.settings import Access
from corneille.access.sign_in import sign_in
from corneille.kernel import settings
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.people.find import Person
from corneille.run.ground import Ground

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
PASSWORD = "cerise-tambour-velours-48"
HOME = "192.0.2.7"
ELSEWHERE = "198.51.100.9"


@dataclass(slots=True)
class Try:
    """A person at a keyboard, somewhere, at some time; each call is one try."""

    identifier: str
    door: str = "web"
    address: str = HOME
    device: str | None = None
    now: datetime = NOW

    def __call__(self, secret: str, **changed: object) -> Outcome:
        at = replace(self, **changed)  # type: ignore[arg-type]
        return sign_in(Attempt(at.door, at.identifier, secret, at.address, at.device, "Mozilla/5.0 Firefox/140.0", at.now))

    def later(self, **duration: float) -> "Try":
        return replace(self, now=self.now + timedelta(**duration))


def add_teacher(given_name: str, family_name: str, **more: object) -> Person:
    return add_person(NewPerson(AccountType.TEACHER, given_name, family_name, NOW, **more))  # type: ignore[arg-type]


@pytest.fixture
def zoe(ground: Ground) -> Person:
    add_domain("ac-demonstration.test", principal=True, now=NOW)
    person = add_teacher("Zoé", "Lefèvre", numen="17E0501234ABC")
    set_password(person.id, PASSWORD, NOW)
    return person


@pytest.fixture
def attempt(zoe: Person) -> Try:
    return Try(zoe.identifier)


@pytest.fixture
def change_settings(ground: Ground) -> Callable[..., None]:
    """Sets values of the section `access` for this test."""

    def change(**values: object) -> None:
        settings.load(None, {}, ground={"data": str(ground.data)}, access=values)
        assert settings.of(Access)

    return change


@pytest.fixture
def current_hasher(zoe: Person) -> Hasher:
    return hasher.current()
