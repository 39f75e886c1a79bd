"""Whom a service is for."""

import pytest

from corneille.people.assignment import Assignment
from corneille.sso.entitle import Audience, find_missing

HERE, THERE = "0760095R", "0762041F"
HEAD_HERE_TEACHER_THERE = [
    Assignment(HERE, "Lycée Corneille", "Principal"), Assignment(THERE, "Collège Fontenelle", "Professeur")
]  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "missing"),
    [
        (Audience(), None),
        (Audience(types=frozenset({"direction"})), None),
        (Audience(types=frozenset({"enseignant", "aed"})), "type"),
        (Audience(establishments=frozenset({THERE})), None),
        (Audience(establishments=frozenset({"0271251N"})), "establishment"),
        (Audience(functions=frozenset({"principal"})), None),
        (Audience(functions=frozenset({"gestionnaire"})), "function"),
        (Audience(establishments=frozenset({HERE}), functions=frozenset({"principal"})), None),
        (Audience(establishments=frozenset({THERE}), functions=frozenset({"principal"})), "function"),
    ],
)
def test_type_establishment_and_function_are_asked_together(audience: Audience, missing: str | None) -> None:
    assert find_missing(audience, "direction", HEAD_HERE_TEACHER_THERE) == missing


def test_who_works_nowhere_uses_what_asks_for_no_place() -> None:
    assert find_missing(Audience(types=frozenset({"externe"})), "externe", []) is None
    assert find_missing(Audience(functions=frozenset({"principal"})), "externe", []) == "function"
