"""The school where lists are kept, seen through the pages."""

import pytest

from corneille.run.ground import Ground
from tests.groups.conftest import College, found_college


@pytest.fixture
def college(ground: Ground) -> College:
    return found_college()
