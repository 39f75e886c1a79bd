"""When a mail account that fills up is worth a word."""

import pytest

from corneille.mail.fullness import choose_step, find_percent
from corneille.mail.values import Quota

STEPS = (80, 90, 95)


@pytest.mark.parametrize(
    ("percent", "warned", "then"),
    [
        (79, 0, 0), (80, 0, 80), (80, 80, 80), (89, 80, 80), (90, 80, 90), (97, 0, 95), (140, 95, 95),
        (79, 80, 80), (76, 80, 80), (75, 80, 0), (88, 90, 90), (85, 90, 80), (20, 95, 0),
    ],
)  # fmt: skip
def test_a_step_is_told_when_it_is_crossed_and_armed_again_well_below(percent: int, warned: int, then: int) -> None:
    assert choose_step(percent, warned, STEPS) == then


def test_a_share_is_never_rounded_up_to_a_step() -> None:
    assert find_percent(Quota(799, 1000, 1)) == 79
    assert find_percent(Quota(5, 0, 1)) == 100
