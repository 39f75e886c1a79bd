"""The académie of `tests/support/school`, with a browser for each person who signs in."""

from collections.abc import Callable

import pytest
from django.test import Client

from corneille.people.find import Person
from corneille.run.ground import Ground
from tests.doors.web.conftest import Browser
from tests.support.school import PASSWORD, Academie, found_academie, with_password


@pytest.fixture
def academie(ground: Ground) -> Academie:
    return found_academie()


@pytest.fixture
def as_person(academie: Academie) -> Callable[[Person], Browser]:
    """`as_person(academie.claire)`: signed in a moment ago."""

    def enter(person: Person) -> Browser:
        with_password(person)
        browser = Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))
        assert browser.sign_in(person.identifier, PASSWORD).status_code == 302
        return browser

    return enter
