"""Who may do what with an agenda."""

from datetime import date

import pytest

from corneille.calendar.decide import Asker, Belongs, Shared, decide, name_establishment, name_person, name_team
from corneille.calendar.level import Level

DAY = date(2026, 11, 2)
EARLIER = date(2026, 10, 1)
ASKER = Asker(7, frozenset({("0760095R", "enseignement")}), frozenset())


def given(to: str, level: Level = Level.READ, from_on: date = DAY, until_on: date | None = None) -> list[Shared]:
    return [Shared(to, level, from_on, until_on)]


CASES = {
    "nothing": (Belongs(8, ""), [], Level.NONE),
    "one's own": (Belongs(7, ""), [], Level.MANAGE),
    "by name": (Belongs(8, ""), given(name_person(7), Level.WRITE), Level.WRITE),
    "of another's name": (Belongs(8, ""), given(name_person(77)), Level.NONE),
    "by establishment": (Belongs(8, ""), given(name_establishment("0760095R")), Level.READ),
    "by another establishment": (Belongs(8, ""), given(name_establishment("0140017P")), Level.NONE),
    "by team": (Belongs(8, ""), given(name_team("0760095R", "Enseignement")), Level.READ),
    "by another function": (Belongs(8, ""), given(name_team("0760095R", "Direction")), Level.NONE),
    "on the last day": (Belongs(8, ""), given(name_person(7), until_on=DAY), Level.READ),
    "the day after": (Belongs(8, ""), given(name_person(7), from_on=EARLIER, until_on=date(2026, 11, 1)), Level.NONE),
    "too early": (Belongs(8, ""), given(name_person(7), from_on=date(2026, 11, 3)), Level.NONE),
    "the highest counts": (
        Belongs(8, ""), given(name_establishment("0760095R")) + given(name_person(7), Level.MANAGE), Level.MANAGE
    ),
    "an establishment's, not its head": (Belongs(None, "0760095R"), [], Level.NONE),
    "holidays are nobody's": (Belongs(None, ""), [], Level.NONE),
}  # fmt: skip


@pytest.mark.parametrize(("belongs", "shares", "expected"), CASES.values(), ids=CASES)
def test_the_right_is(belongs: Belongs, shares: list[Shared], expected: Level) -> None:
    assert decide(ASKER, belongs, shares, DAY).level is expected


def test_a_head_manages_the_agenda_of_their_school_alone() -> None:
    head = Asker(9, frozenset({("0760095R", "direction")}), frozenset({"0760095R"}))
    assert decide(head, Belongs(None, "0760095R"), [], DAY).level is Level.MANAGE
    assert decide(head, Belongs(None, "0140017P"), [], DAY).level is Level.NONE
    assert decide(head, Belongs(None, ""), [], DAY).level is Level.NONE


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (given(name_person(7), until_on=date(2026, 12, 1)), date(2026, 12, 1)),
        (given(name_person(7)) + given(name_establishment("0760095R"), until_on=date(2026, 12, 1)), None),
        (given(name_person(7), Level.WRITE, until_on=DAY) + given(name_establishment("0760095R")), DAY),  # WRITE ends
        (given(name_person(7), until_on=DAY) + given(name_establishment("0760095R"), until_on=date(2026, 12, 1)),
         date(2026, 12, 1)),
        ([], None),
    ],
)  # fmt: skip
def test_the_right_ends_with_the_last_of_the_shares_that_give_it(shares: list[Shared], expected: date | None) -> None:
    assert decide(ASKER, Belongs(8, ""), shares, DAY).until_on == expected
