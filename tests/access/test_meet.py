"""A process that starts, or serves beside others, knows the networks that people signed in from."""

from datetime import timedelta

import pytest

from corneille.access import meet
from corneille.access.app_password import create_app_password, note_use
from corneille.access.device import forget_device, list_devices
from corneille.access.familiar import Networks, Standing
from corneille.access.meet import REMEMBERS, Meeting
from corneille.access.models import SignInAttempt
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import NOW, PASSWORD, Try

SCHOOL, HOME, HOTEL = "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"


def write_attempt(number: int, address: str, decision: str) -> None:
    SignInAttempt.objects.create(
        at=NOW, reference=f"AUTH-{number:04d}-AAAA", door="imap", network_address=address, decision=decision
    )


def test_another_processs_sign_ins_are_read_and_refusals_make_nobody_familiar(ground: Ground) -> None:
    networks = Networks()
    meeting = Meeting(networks)
    write_attempt(1, "192.0.2.7", "granted")
    write_attempt(2, "203.0.113.9", "refused")
    meeting.meet(NOW)
    assert networks.find(SCHOOL) is Standing.FAMILIAR
    assert networks.find(HOTEL) is Standing.STRANGER
    write_attempt(3, "203.0.113.9", "granted")
    meeting.meet(NOW)
    assert networks.find(HOTEL) is Standing.FAMILIAR


def test_at_the_start_the_places_of_mail_programs_are_known_for_a_month(ground: Ground, zoe: Person) -> None:
    for number, (address, used_at) in enumerate(
        [("198.51.100.3", NOW - REMEMBERS + timedelta(hours=1)), ("203.0.113.9", NOW - REMEMBERS)]
    ):
        made, _ = create_app_password(zoe.id, f"program {number}", frozenset({"imap"}), NOW - REMEMBERS)
        note_use(made, None, address, "Thunderbird", used_at)
    networks = Networks()
    Meeting(networks).meet(NOW)
    assert networks.find(HOME) is Standing.FAMILIAR
    assert networks.find(HOTEL) is Standing.STRANGER


def test_during_an_attack_a_restart_forgets_no_place_where_a_password_was_typed_in_a_browser(
    zoe: Person, attempt: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meet, "LOOKS_BACK_COUNT", 5)
    assert attempt(PASSWORD).device is not None
    for number in range(5):
        write_attempt(number, "203.0.113.9", "refused")
    networks = Networks()
    Meeting(networks).meet(NOW + REMEMBERS - timedelta(hours=1))
    assert networks.find(SCHOOL) is Standing.FAMILIAR
    assert networks.find(HOTEL) is Standing.STRANGER


@pytest.mark.parametrize(("ago", "is_forgotten"), [(timedelta(hours=1), True), (REMEMBERS, False)])
def test_a_device_that_was_forgotten_or_not_seen_for_a_month_makes_no_place_familiar(
    zoe: Person, attempt: Try, monkeypatch: pytest.MonkeyPatch, ago: timedelta, is_forgotten: bool
) -> None:
    monkeypatch.setattr(meet, "LOOKS_BACK_COUNT", 0)
    attempt(PASSWORD)
    (device,) = list_devices(zoe.id, NOW, current=None)
    if is_forgotten:
        forget_device(zoe.id, device.id, NOW)
    networks = Networks()
    Meeting(networks).meet(NOW + ago)
    assert networks.find(SCHOOL) is Standing.STRANGER
