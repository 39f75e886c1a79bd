"""The figures in the texts of causes are those of the rules in force."""

import re

import pytest

from corneille.desk.cause import Cause
from corneille.doors.web.help.words import TOLD, explain
from corneille.kernel import settings
from corneille.run.ground import Ground
from tests.doors.web.conftest import Browser, browser, text_of

__all__ = ["browser"]


@pytest.mark.parametrize(
    ("cause", "changed", "shown"),
    [
        (Cause.SLOWED, {"access": {"slow_after_count": 7, "slow_steps_s": ["180", "540"]}}, ("7 mots", "3, 9 minutes")),
        (Cause.FACTOR_SLOWED, {"access": {"factor_after_count": 4}}, ("4 codes",)),
        (Cause.SOFT_LANDING, {"passwords": {"alert_days": ["20", "2"]}}, ("20, 2 jours",)),
        (Cause.PASSWORD_EXPIRED, {"passwords": {"soft_landing_days_count": 9}}, ("9 jours",)),
        (Cause.TICKET_EXPIRED, {}, ("10 minutes",)),
    ],
)
def test_a_cause_tells_the_figures_in_force(
    browser: Browser, ground: Ground, cause: Cause, changed: dict[str, dict[str, object]], shown: tuple[str, ...]
) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, **changed)
    page = re.sub(r"[\u00a0\u202f]", " ", text_of(browser.get(f"/depannage/cause/{cause.value}")))
    for words in shown:
        assert words in page


def test_every_text_of_every_cause_can_be_told(ground: Ground) -> None:
    for cause in TOLD:
        assert not any("%(" in part for part in explain(cause))
