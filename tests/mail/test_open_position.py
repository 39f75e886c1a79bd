"""The gate: what is not yours and what is not there read alike; each opening leaves its line."""

from datetime import timedelta

import pytest

from corneille.access.app_password import create_app_password
from corneille.access.attempt import Attempt
from corneille.access.decide import Refused
from corneille.access.reason import Reason
from corneille.access.register import list_register
from corneille.access.sign_in import sign_in
from corneille.kernel.refusal import Gone
from corneille.mail.open_position import PositionRightMissing, list_position_mail, note_opening, open_position
from corneille.people.add_position import take
from corneille.people.models import Assignment
from corneille.run.ground import Ground
from tests.positions import SECRETARY, SEND_AS, UAI, WRITE, found_positions
from tests.transport.school import DOMAIN, NOW


def test_it_opens_for_who_has_the_function_and_is_not_there_for_others(ground: Ground) -> None:
    school = found_positions()
    opened = school.open(school.secretary, school.direction)
    assert opened.mail.reader == school.secretary.account
    assert {each.position.name for each in list_position_mail(school.head.account, NOW)} == {"direction", "secrétariat"}
    for person, position in (
        (school.teacher.account, school.direction),
        (school.head.account, school.teacher.account),
        (school.head.account, type(school.direction)(10**6)),
    ):
        with pytest.raises(Gone):
            open_position(person, position, NOW)
    assert list_position_mail(school.teacher.account, NOW) == []


def test_a_right_that_is_missing_is_said(ground: Ground) -> None:
    school = found_positions()
    opened = school.open(school.secretary, school.direction)
    with pytest.raises(PositionRightMissing) as refused:
        opened.check(WRITE)
    assert refused.value.data["right"] == "write"
    school.open(school.head, school.direction).check(SEND_AS)


def test_it_closes_with_the_assignment_by_a_date_alone(ground: Ground) -> None:
    school = found_positions()
    Assignment.objects.filter(account=school.head.account).update(until_on=NOW.date())
    school.open(school.head, school.direction)
    with pytest.raises(Gone):
        open_position(school.head.account, school.direction, NOW + timedelta(days=1))
    take(school.direction, SECRETARY, None, NOW)
    with pytest.raises(Gone):
        school.open(school.secretary, school.direction)


def test_each_person_and_door_leaves_one_line_a_day(ground: Ground) -> None:
    school = found_positions()
    opened = school.open(school.head, school.direction)
    for door, at in (("web", NOW), ("web", NOW), ("imap", NOW), ("web", NOW + timedelta(days=1))):
        note_opening(opened, school.head.account, door, at)
    note_opening(school.open(school.secretary, school.direction), school.secretary.account, "web", NOW)
    lines = [each for each in list_register(school.direction) if each.action == "position-opened"]
    assert [(each.name, each.data["door"]) for each in reversed(lines)] == [
        ("François Muller", "web"), ("François Muller", "imap"), ("François Muller", "web"), ("Éloïse Bézier", "web"),
    ]  # fmt: skip


@pytest.mark.parametrize("door", ["web", "imap", "submission", "dav"])
def test_nobody_signs_in_as_a_position_at_any_door(ground: Ground, door: str) -> None:
    school = found_positions()
    _, secret = create_app_password(school.direction, "essai", frozenset({"imap", "smtp", "dav"}), NOW)
    address = f"direction.{UAI.lower()}@{DOMAIN}"
    outcome = sign_in(Attempt(door, address, secret, "192.0.2.7", None, "", NOW))
    assert isinstance(outcome.decision, Refused)
    if door != "web":
        assert outcome.decision.reason is Reason.NOT_A_LOGIN
