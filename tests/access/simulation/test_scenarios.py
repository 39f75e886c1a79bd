"""What the shipped policy promises, on the six made-up days; and the page that says so."""

from pathlib import Path

import pytest

import corneille
from corneille.access.policy import Policy
from corneille.access.simulation.draw import draw_svg
from corneille.access.simulation.replay import IN, REFUSED, SECOND, WAIT, Report, replay
from corneille.access.simulation.scenario import SCENARIOS, list_tries
from corneille.doors.cli.access_simulate import NAMES, format_markdown

DOCS = Path(corneille.__file__).parent.parent / "docs"
USEFUL_IN_A_DAY = 25


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    return {scenario.name: replay(list_tries(scenario), Policy()) for scenario in SCENARIOS}


@pytest.mark.slow
def test_no_attack_on_one_account_gets_more_than_twenty_five_useful_guesses_a_day(reports: dict[str, Report]) -> None:
    for name in ("slow-brute-force", "distributed-brute-force", "travelling-while-attacked"):
        assert reports[name].useful_count == USEFUL_IN_A_DAY


@pytest.mark.slow
def test_spraying_gets_one_guess_on_a_hundred_accounts_and_no_more(reports: dict[str, Report]) -> None:
    report = reports["spraying"]
    assert report.most_on_one_account_count == 1
    assert report.looked_at_count < report.tried_count / 100


@pytest.mark.slow
def test_no_owner_is_made_to_wait_but_in_a_school_that_nobody_declared(reports: dict[str, Report]) -> None:
    for name, report in reports.items():
        assert (report.count_owners(WAIT) > 0) == (name == "school-not-declared"), name
        assert report.count_owners(REFUSED) == 0


@pytest.mark.slow
def test_an_attacked_owner_is_asked_a_second_proof_only_on_computers_never_used_before(reports: dict[str, Report]) -> None:
    assert reports["slow-brute-force"].count_owners(SECOND) == 1
    assert reports["travelling-while-attacked"].count_owners(SECOND) == 2
    assert reports["old-password-on-a-phone"].count_owners(IN) == 3


@pytest.mark.slow
def test_the_page_has_these_figures_and_drawings(reports: dict[str, Report]) -> None:
    told = "print it again: corneille access simulate --svg docs/images/access --markdown"
    assert format_markdown(reports) in (DOCS / "access.md").read_text(encoding="utf-8"), told
    for name, report in reports.items():
        assert (DOCS / f"images/access/{name}.svg").read_text(encoding="utf-8") == draw_svg(name, report), told


def test_the_command_knows_every_scenario() -> None:
    assert [scenario.name for scenario in SCENARIOS] == list(NAMES)
