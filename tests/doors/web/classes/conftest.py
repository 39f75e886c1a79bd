"""The school whose teachers keep classes, seen through the pages."""

import pytest

from corneille.kernel import clock
from corneille.run.ground import Ground
from tests.classes.conftest import School, found_school


@pytest.fixture
def school(ground: Ground) -> School:
    return found_school(clock.now())
