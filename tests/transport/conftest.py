import pytest

from corneille.run.ground import Ground
from tests.groups.conftest import College, found_college
from tests.transport.school import School, found_school


@pytest.fixture
def school(ground: Ground) -> School:
    return found_school()


@pytest.fixture
def college(ground: Ground) -> College:
    return found_college()
