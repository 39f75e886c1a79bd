"""What stands in somebody's way, told without a reference: rights, and what keeps out each of their programs."""

from datetime import timedelta
from typing import Any

import pytest

from corneille.access.app_password import create_app_password, revoke_app_password
from corneille.access.attempt import Attempt
from corneille.access.factor import make_sheet
from corneille.access.password import set_password
from corneille.access.right import DECLARED, Right
from corneille.access.rights import decide_right
from corneille.access.sign_in import sign_in
from corneille.desk.cause import Cause
from corneille.desk.obstacle import RECENT, list_obstacles
from corneille.people.find import Person
from tests.access.conftest import NOW, PASSWORD, zoe

__all__ = ["zoe"]

SECOND = timedelta(seconds=1)
NEWER = "tilleul-cadence-orage-63"


def try_imap(person: Person, secret: str, at: int = 0, program: str = "Thunderbird/140.0") -> None:
    sign_in(Attempt("imap", person.identifier, secret, "192.0.2.7", None, program, NOW + at * SECOND))


def list_told(person: Person, later: timedelta = timedelta()) -> list[tuple[Cause, str]]:
    return [(each.cause, each.door) for each in list_obstacles(person.id, NOW + timedelta(minutes=1) + later)]


def deny(person: Person, right: Right, **more: Any) -> None:
    told: dict[str, Any] = {"is_allowed": False, "networks": "", "reason": "Élections", "by": "Nadia", **more}
    decide_right(f"account/{person.id}", right, from_on=NOW.date(), until_on=None, now=NOW, **told)


def test_nothing_stands_in_the_way_of_who_has_a_factor_and_no_program(zoe: Person) -> None:
    make_sheet(zoe.id, "printed", NOW)
    assert list_told(zoe) == []


def test_a_right_that_is_missing_is_told_with_who_decided(zoe: Person) -> None:
    deny(zoe, Right.SENDING)
    (told,) = list_obstacles(zoe.id, NOW)
    assert (told.cause, told.door) == (Cause.NOT_ENTITLED, "submission")
    assert told.ruling is not None
    assert (told.ruling.by, told.ruling.reason, told.ruling.until_on) == ("Nadia", "Élections", None)


def test_a_program_with_the_main_password_where_a_factor_is_set(zoe: Person) -> None:
    make_sheet(zoe.id, "printed", NOW)
    try_imap(zoe, PASSWORD)
    assert list_told(zoe) == [(Cause.APP_PASSWORD_NEEDED, "imap")]
    _id, secret = create_app_password(zoe.id, "x", frozenset({"imap"}), NOW)
    try_imap(zoe, secret, 1)
    assert list_told(zoe) == [], "the same program is let in by now"


def test_a_program_with_the_password_before(zoe: Person) -> None:
    set_password(zoe.id, NEWER, NOW, old=PASSWORD)
    try_imap(zoe, PASSWORD)
    assert list_told(zoe) == [(Cause.OLD_PASSWORD, "imap")]
    assert list_told(zoe, RECENT) == [], "a phone that no longer tries is in a drawer"


def test_a_program_whose_password_was_taken_away(zoe: Person) -> None:
    number, secret = create_app_password(zoe.id, "x", frozenset({"imap"}), NOW)
    revoke_app_password(zoe.id, number, NOW)
    try_imap(zoe, secret)
    assert list_told(zoe) == [(Cause.APP_PASSWORD_REVOKED, "imap")]


@pytest.mark.parametrize("hidden_by", ["", "Thunderbird/140.0"])
def test_strangers_tries_stand_in_nobodys_way_and_hide_nothing(zoe: Person, hidden_by: str) -> None:
    try_imap(zoe, "pas le bon", program=hidden_by)
    assert list_told(zoe) == []
    deny(zoe, Right.READING, is_allowed=True, networks=DECLARED)
    _id, secret = create_app_password(zoe.id, "x", frozenset({"imap"}), NOW)
    try_imap(zoe, secret, 1)
    try_imap(zoe, "ni celui-là", 2, program=hidden_by)
    assert list_told(zoe) == [(Cause.NETWORK_NOT_ALLOWED, "imap")]
