"""Each matter finds the nearest who deals with it."""

from pathlib import Path

import pytest

import corneille
from corneille.people.decide import DUTIES, Level
from corneille.support.route import ROUTES, Matter, climb, route

E, D, A = Level
ALL = frozenset(Level)


@pytest.mark.parametrize(
    ("matter", "reachable", "level"),
    [
        *[(matter, ALL, E) for matter in Matter if matter is not Matter.RIGHTS],
        (Matter.RIGHTS, ALL, D),  # nobody in an establishment can change a right
        (Matter.SIGN_IN, {D, A}, D),
        (Matter.SIGN_IN, {A}, A),
        (Matter.RIGHTS, {E, A}, A),
        (Matter.OTHER, set[Level](), A),  # the académie's, even while it has nobody
        (Matter.PHISHING, {E}, E),
    ],
)
def test_the_nearest_level_that_deals_with_it_and_has_somebody(matter: Matter, reachable: set[Level], level: Level) -> None:
    assert route(matter, reachable) is level


@pytest.mark.parametrize(
    ("level", "reachable", "next_level"), [(E, ALL, D), (E, {E, A}, A), (D, ALL, A), (E, {E}, A), (A, ALL, None)]
)
def test_the_way_up_leaves_out_who_is_not_there_and_ends(
    level: Level, reachable: set[Level], next_level: Level | None
) -> None:
    assert climb(level, reachable) is next_level


def test_every_matter_has_a_row_and_a_function_where_it_begins_in_an_establishment() -> None:
    assert set(ROUTES) == set(Matter)
    assert all((row.duty is not None) == (row.first is E) for row in ROUTES.values())


def test_the_page_of_the_documentation_says_the_same() -> None:
    page = (Path(corneille.__file__).parent.parent / "docs/support.md").read_text(encoding="utf-8")
    for matter, row in ROUTES.items():
        function = DUTIES[row.duty][0].function if row.duty is not None else "–"
        assert f"| `{matter}` | {row.first} | {function} |" in page
