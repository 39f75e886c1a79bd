"""An académie with two domains, where tests add whom they need."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.people.find import Person
from corneille.run.ground import Ground

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
Add = Callable[..., Person]


@pytest.fixture
def add(ground: Ground) -> Add:
    add_domain("ac-demonstration.test", principal=True, now=NOW)
    add_domain("ac-exemple.test", now=NOW)

    def add_one(given_name: str, family_name: str, **more: object) -> Person:
        kind = more.pop("type", AccountType.TEACHER)
        return add_person(NewPerson(kind, given_name, family_name, NOW, **more))  # type: ignore[arg-type]

    return add_one
