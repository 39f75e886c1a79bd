"""A small académie seen through the pages."""

import pytest

from corneille.run.ground import Ground
from tests.protection.school import Academie, found_academie


@pytest.fixture
def academie(ground: Ground) -> Academie:
    return found_academie()
