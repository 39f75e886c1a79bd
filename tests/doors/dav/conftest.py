"""The school of the calendar's own tests, and a program of Claire's."""

import pytest

from tests.calendar.conftest import School, school
from tests.doors.dav.talk import Program, make_program

__all__ = ["school"]


@pytest.fixture
def claire(school: School) -> Program:  # the fixture above
    return make_program(school.claire)


@pytest.fixture
def paul(school: School) -> Program:  # the fixture above
    return make_program(school.paul)
