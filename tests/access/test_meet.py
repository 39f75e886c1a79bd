"""A process that starts, or serves beside others, knows the networks that people signed in from."""

from datetime import timedelta

from corneille.access.app_password import create_app_password, note_use
from corneille.access.familiar import Networks, Standing
from corneille.access.meet import REMEMBERS, Meeting
from corneille.access.models import SignInAttempt
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import NOW

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
