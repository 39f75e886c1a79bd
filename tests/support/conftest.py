import pytest

from corneille.kernel.outbox import settle_all
from corneille.run.ground import Ground
from tests.support.school import NOW, Academie, found_academie


@pytest.fixture
def academie(ground: Ground) -> Academie:
    made = found_academie()
    settle_all(NOW)
    return made
