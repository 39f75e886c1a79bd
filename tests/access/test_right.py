"""Rights: computed, dated, with their reason; the same at every door as on the page."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from corneille.access.app_password import create_app_password
from corneille.access.decide import Granted, Refused
from corneille.access.reason import Reason
from corneille.access.right import DECLARED, Change, Concerning, Decided, Right, find_refusal, find_standing
from corneille.access.rights import RightRefused, decide_right, list_rights
from corneille.kernel import journal
from corneille.kernel.outbox import list_notices
from corneille.people.add import NewEstablishment, add_assignment, add_establishment
from corneille.people.find import Person

from .conftest import NOW, PASSWORD, Try

TODAY = date(2026, 9, 1)
DENIED = Decided("imap", False, "", "because", "Nadia", TODAY - timedelta(days=10), TODAY + timedelta(days=20), 0)


def always(*decisions: Decided) -> list[Concerning]:
    return [Concerning(date.min, decisions)]


def test_nobody_is_restricted_unless_somebody_decided_so() -> None:
    for right in Right:
        standing = find_standing(right, always(), TODAY)
        assert (standing.is_allowed, standing.decided, standing.changes) == (True, None, ())


@pytest.mark.parametrize(
    ("on", "is_allowed", "next_on"),
    [
        (TODAY - timedelta(days=11), True, TODAY - timedelta(days=10)),
        (TODAY - timedelta(days=10), False, TODAY + timedelta(days=21)),
        (TODAY + timedelta(days=20), False, TODAY + timedelta(days=21)),
        (TODAY + timedelta(days=21), True, None),
    ],
)
def test_a_decision_holds_from_its_first_day_to_its_last_and_its_end_is_foretold(
    on: date, is_allowed: bool, next_on: date | None
) -> None:
    standing = find_standing(Right.READING, always(DENIED), on)
    assert standing.is_allowed is is_allowed
    assert standing.changes[:1] == (() if next_on is None else (Change(next_on, not is_allowed, ""),))


def test_the_most_particular_decision_wins_and_then_the_latest() -> None:
    own = replace(DENIED, is_allowed=True, weight=2, from_on=TODAY - timedelta(days=99))
    assert find_standing(Right.READING, always(DENIED, own), TODAY).decided == own
    later = replace(DENIED, is_allowed=True, from_on=TODAY)
    assert find_standing(Right.READING, always(DENIED, later), TODAY).decided == later


def test_a_right_from_declared_networks_alone() -> None:
    standing = find_standing(Right.READING, always(replace(DENIED, is_allowed=True, networks=DECLARED)), TODAY)
    assert find_refusal(standing.decided, is_declared=True) is None
    assert find_refusal(standing.decided, is_declared=False) is Reason.NETWORK_NOT_ALLOWED


def deny(scope: str, right: Right = Right.READING, **more: Any) -> None:
    told: dict[str, Any] = {"is_allowed": False, "networks": "", "reason": "because", "by": "Nadia", "from_on": NOW.date(),
            "until_on": None, "now": NOW, **more}  # fmt: skip
    decide_right(scope, right, **told)


def test_a_right_that_goes_with_a_function_is_foretold(zoe: Person) -> None:
    last_on = NOW.date() + timedelta(days=10)
    add_establishment(NewEstablishment("0760095R", "Lycée Corneille", "lycee", "Rouen"))
    add_assignment(zoe.id, "0760095R", "secrétaire", NOW.date() - timedelta(days=9), last_on)
    deny("type/enseignant", Right.SENDING)
    deny("function/secrétaire", Right.SENDING, is_allowed=True)
    (standing,) = [each for each in list_rights(zoe.id, "enseignant", NOW) if each.right is Right.SENDING]
    assert standing.is_allowed
    assert standing.changes == (Change(last_on + timedelta(days=1), is_allowed=False, networks=""),)


def test_a_decision_that_is_only_made_anew_hides_no_change_behind_it_and_all_are_foretold() -> None:
    own = replace(DENIED, is_allowed=True, weight=3, until_on=TODAY + timedelta(days=4))
    anew = replace(own, from_on=TODAY + timedelta(days=5), until_on=TODAY + timedelta(days=9))
    inside = replace(own, from_on=TODAY + timedelta(days=15), until_on=None, networks=DECLARED)
    assert find_standing(Right.READING, always(DENIED, own, anew, inside), TODAY).changes == (
        Change(TODAY + timedelta(days=10), is_allowed=False, networks=""),
        Change(TODAY + timedelta(days=15), is_allowed=True, networks=DECLARED),
    )


def test_the_refusal_carries_the_reason_at_its_door_and_at_no_other(zoe: Person, attempt: Try) -> None:
    deny(f"account/{zoe.id}")
    _id, secret = create_app_password(zoe.id, "x", frozenset({"imap", "smtp"}), NOW)
    for typed in (PASSWORD, secret):
        refused = attempt(typed, door="imap").decision
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.NOT_ENTITLED
    assert isinstance(attempt(secret, door="submission").decision, Granted)
    assert isinstance(attempt(PASSWORD).decision, Granted)
    wrong = attempt("wrong", door="imap").decision
    assert isinstance(wrong, Refused)
    assert wrong.reason is Reason.WRONG, "a stranger is told nothing of it"


def test_a_type_and_an_establishment_are_scopes_too(zoe: Person, attempt: Try) -> None:
    add_establishment(NewEstablishment("0760095R", "Lycée Corneille", "lycee", "Rouen"))
    add_assignment(zoe.id, "0760095R", "x", date(2020, 9, 1))
    deny("type/enseignant")
    assert isinstance(attempt(PASSWORD, door="imap").decision, Refused)
    decide_right("uai/0760095R", Right.READING, is_allowed=True, networks="", reason="all", by="Nadia",
                 from_on=NOW.date(), until_on=None, now=NOW)  # fmt: skip
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)


def test_its_person_is_told_sees_it_and_reads_it_in_the_journal(zoe: Person) -> None:
    deny(f"account/{zoe.id}")
    assert "right-decided" in [notice.code for notice in list_notices(zoe.id, NOW)]
    shown = next(each for each in list_rights(zoe.id, "enseignant", NOW) if each.right is Right.READING)
    assert shown.decided is not None
    assert (shown.decided.reason, shown.decided.by) == ("because", "Nadia")
    assert journal.list_lines(zoe.id, 1)[0].action == "right-decided"


@pytest.mark.parametrize(
    "wrong", [{"reason": " "}, {"by": ""}, {"until_on": NOW.date() - timedelta(days=1)}], ids=["reason", "name", "dates"]
)
def test_a_decision_has_a_name_a_reason_and_sound_dates(zoe: Person, wrong: dict[str, Any]) -> None:
    with pytest.raises(RightRefused):
        deny(f"account/{zoe.id}", **wrong)
