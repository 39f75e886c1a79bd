import pytest

from corneille.run.ground import Ground
from tests.transport.school import School, found_school


@pytest.fixture
def school(ground: Ground) -> School:
    return found_school()
