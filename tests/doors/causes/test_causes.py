"""Each cause that can keep somebody out or hold their mail, met at each door where it can happen, leads to its page.

The cells are those of `desk/cause`, which `docs/causes.md` prints; a cell without a case fails here.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.utils import translation

from corneille.access.announced import announce_suspension
from corneille.access.containment import GUARD
from corneille.desk.cause import ROWS, Cause
from corneille.doors.frame.until import format_until
from corneille.doors.web.help.words import explain
from corneille.kernel import clock
from corneille.people.find import Person
from corneille.run.ground import Ground
from tests.doors.causes.at_the_guard import past_date
from tests.doors.causes.cases import CASES, write_letter
from tests.doors.causes.scene import Scene, make_scene, say, stranger
from tests.doors.web.conftest import browser, teacher, text_of

__all__ = ["browser", "teacher"]

MINUTE = timedelta(minutes=1)
CELLS = [(row.cause, door) for row in ROWS for door in row.doors]
ADDRESS = re.compile(r"(https://localhost)?(/depannage/(?:AUTH-[0-9A-Z]{4}-[0-9A-Z]{4}|cause/[a-z-]+))")


@pytest.fixture
def scene(teacher: Person, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with ExitStack() as held:
        yield make_scene(teacher, ground.data, monkeypatch, held)


def find_address(told: str, *, of_program: bool) -> str:
    """Where it is explained; a program's person needs the whole address."""
    found = ADDRESS.search(told)
    assert found is not None, told
    assert found[1] or not of_program, told
    return found[2]


def title_of(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert found is not None
    return unescape(found[1])


def title(cause: Cause) -> str:
    with translation.override("fr"):
        return explain(cause)[0]


@pytest.mark.parametrize(("cause", "door"), CELLS)
def test_a_cause_that_is_met_at_a_door_leads_to_its_page(scene: Scene, cause: Cause, door: str) -> None:
    told = CASES[cause, door](scene, door)
    assert told.isascii() or door != "imap", "IMAP4rev1 has no more than ASCII there"
    address = find_address(told, of_program=door != "web")
    assert title_of(text_of(scene.owner.get(address))) == title(cause), (address, told)


def test_every_cell_has_its_case_and_no_other_is_tried() -> None:
    assert set(CASES) == set(CELLS)


@pytest.mark.parametrize("door", ["imap", "submission", "dav"])
def test_who_gave_the_right_password_reads_the_cause_on_any_device(scene: Scene, door: str) -> None:
    CASES[Cause.APP_PASSWORD_REVOKED, door](scene, door)
    address = find_address(scene.knock(door), of_program=True)
    assert title_of(text_of(stranger().get(address))) == title(Cause.APP_PASSWORD_REVOKED)
    wrong = find_address(scene.knock(door, secret="not this one"), of_program=True)
    assert title_of(text_of(stranger().get(wrong))) == title(Cause.WRONG)


@pytest.mark.parametrize(
    ("door", "lines"),
    [
        ("submission", ["AUTH CRAM-MD5"]),
        ("reception", ["AUTH PLAIN AGEAYg=="]),
        ("reception", ["MAIL FROM:<claire.lemoine@ac-demonstration.test>", "RCPT TO:<ami@example.net>"]),
    ],
)
def test_a_program_that_is_set_up_wrongly_is_told_so_by_each_reply(scene: Scene, door: str, lines: list[str]) -> None:
    with scene.submission(door=door) as program:
        told = [say(program, line) for line in lines]
    assert find_address(told[-1], of_program=True) == "/depannage/cause/wrong-settings"


def test_a_program_that_was_in_before_the_date_is_told_when_it_sends(scene: Scene) -> None:
    scene.use_app_password()
    with scene.submission() as program:
        program.login(scene.identifier, scene.secret)
        past_date(2)(scene, "submission")
        told = write_letter(program, scene.claire.principal_address)
    assert told[-1].startswith("550")
    assert find_address(told[-1], of_program=True) == "/depannage/cause/soft-landing"


def test_who_is_signed_in_reads_that_sending_is_held(scene: Scene) -> None:
    CASES[Cause.SENDING_HELD, "imap"](scene, "imap")
    page = text_of(scene.owner.get("/depannage"))
    assert title(Cause.SENDING_HELD) in unescape(page)
    assert 'href="/reparer"' in page


def test_a_suspension_that_is_announced_is_an_alert_in_a_mail_program(scene: Scene) -> None:
    now = clock.now()
    announce_suspension(scene.claire.id, now + timedelta(days=2), "unusual", {}, now, by=GUARD)
    scene.use_app_password()
    told = scene.knock("imap")
    assert f"[ALERT] Compte suspendu le {now + timedelta(days=2):%d/%m/%Y}" in told
    assert "https://localhost/reparer" in told


@pytest.mark.parametrize("cause", [Cause.SLOWED, Cause.NETWORK_SLOWED])
@pytest.mark.parametrize("door", ["imap", "submission", "dav"])
def test_a_program_that_has_to_wait_is_told_until_when(scene: Scene, cause: Cause, door: str) -> None:
    begun_at = clock.now()
    told = CASES[cause, door](scene, door)
    minutes = int((clock.now() - begun_at) / MINUTE)
    assert any(format_until(begun_at + (1 + each) * MINUTE) in told for each in range(minutes + 2)), told


@pytest.mark.parametrize(("second", "shown"), [(0, "10:32"), (1, "10:33"), (59, "10:33")])
def test_the_minute_that_is_told_is_never_too_early(ground: Ground, second: int, shown: str) -> None:
    assert format_until(datetime(2026, 9, 1, 8, 32, second, tzinfo=UTC)) == shown
