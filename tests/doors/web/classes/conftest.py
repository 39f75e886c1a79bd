"""The school whose teachers keep classes, seen through the pages; everybody has the same password."""

from collections.abc import Callable

import pytest
from django.test import Client

from corneille.access.password import set_password
from corneille.kernel import clock
from corneille.run.ground import Ground
from tests.classes.conftest import School, found_school
from tests.doors.web.conftest import PASSWORD, Browser
from tests.transport.school import Member

Enter = Callable[[Member], Browser]


@pytest.fixture
def school(ground: Ground) -> School:
    return found_school(clock.now())


@pytest.fixture
def enter(school: School) -> Enter:
    """A browser in which this member has just signed in."""

    def sign_in(member: Member) -> Browser:
        set_password(member.account, PASSWORD, clock.now())
        browser = Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))
        assert browser.sign_in(member.person.identifier).status_code == 302
        return browser

    return sign_in
