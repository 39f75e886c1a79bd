"""App passwords at the door: each refusal has its reference, a revoked one opens nothing more."""

import re
from dataclasses import replace

import pytest

from corneille.access.activity import list_attempts
from corneille.access.app_password import list_app_passwords, revoke_app_password
from corneille.access.password import set_password
from corneille.kernel import clock
from tests.calendar.conftest import School
from tests.doors.dav.talk import Program, make_program


def test_without_an_app_password_the_door_asks_for_one(claire: Program, school: School) -> None:
    told = Program(school.claire, "")("PROPFIND", "/dav/")
    assert told.status == 401
    assert told.headers["www-authenticate"].startswith("Basic ")


def test_a_refusal_has_the_reference_that_support_finds(claire: Program, school: School) -> None:
    told = Program(school.claire, "not-it")("PROPFIND", "/dav/")
    assert told.status == 401
    found = re.search(r"AUTH-[0-9A-Z]{4}-[0-9A-Z]{4}", told.content.decode())
    assert found is not None
    [attempt] = list_attempts(school.claire.id, 5)
    assert (attempt.door, attempt.decision) == ("dav", "refused")


def test_an_app_password_for_mail_does_not_open_the_agenda(school: School) -> None:
    told = make_program(school.claire, scopes=frozenset({"imap"}))("PROPFIND", "/dav/")
    assert told.status == 401
    assert "n’ouvre pas l’agenda" in told.content.decode()


def test_a_program_signs_in_once_and_a_revoked_one_is_out_at_once(claire: Program, school: School) -> None:
    for _ in range(3):
        assert claire("PROPFIND", "/dav/").status == 207
    assert len(list_attempts(school.claire.id, 5)) == 1
    [app_password] = list_app_passwords(school.claire.id)
    revoke_app_password(school.claire.id, app_password.id, clock.now())
    told = claire("PROPFIND", "/dav/")
    assert told.status == 401
    assert "retiré" in told.content.decode()


@pytest.mark.parametrize("header", ["Basic", "Basic !!!", "Basic bm9jb2xvbg==", "Bearer x", "Basic /////w=="])
def test_a_header_that_says_nothing_is_no_one(claire: Program, header: str) -> None:
    assert claire("PROPFIND", "/dav/", authorization=header).status == 401


def test_the_main_password_follows_the_policy_of_the_mail_doors(school: School) -> None:
    set_password(school.claire.id, "trois-cygnes-sous-le-givre", clock.now())
    told = Program(school.claire, "trois-cygnes-sous-le-givre")("PROPFIND", "/dav/")
    assert told.status in {207, 401}
    [attempt] = list_attempts(school.claire.id, 5)
    assert attempt.decision == ("granted" if told.status == 207 else "refused")


def test_other_people_are_not_there(claire: Program, school: School) -> None:
    other = replace(school.claire, identifier="ppetit")
    for path in (Program(other, "").home, Program(other, "").agenda, "/dav/principals/ppetit/", "/dav/nowhere/"):
        assert claire("PROPFIND", path).status == 404
