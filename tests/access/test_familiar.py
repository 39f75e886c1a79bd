"""Networks where people sign in are told from those where guesses alone were made; it is forgotten in time."""

import pytest

from corneille.access.familiar import KEPT, Networks, Standing, networks, receive_call
from corneille.access.network import format_network
from corneille.access.settings import Access

SUSPECT_AFTER_COUNT, SUSPECT_AFTER_CALLS_COUNT = Access().suspect_after_count, Access().suspect_after_calls_count
ESTRANGED_AFTER_COUNT, REMEMBERED_S = Access().estranged_after_count, Access().spray_memory_s
SCHOOL, HOTEL = "192.0.2.0/24", "198.51.100.0/24"


class Hours:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at_s = 1000.0

    def read(self) -> float:
        return self.at_s


def refuse(networks: Networks, network: str, count: int) -> None:
    for _ in range(count):
        networks.note_refused(network)


def test_a_network_is_familiar_once_somebody_signed_in_there() -> None:
    networks = Networks()
    assert networks.find(SCHOOL) is Standing.STRANGER
    networks.note_granted(SCHOOL)
    assert networks.find(SCHOOL) is Standing.FAMILIAR
    assert networks.find(HOTEL) is Standing.STRANGER


def test_who_mistypes_is_a_stranger_still_and_who_goes_on_guessing_is_suspect() -> None:
    networks = Networks()
    refuse(networks, HOTEL, SUSPECT_AFTER_COUNT - 1)
    assert networks.find(HOTEL) is Standing.STRANGER
    refuse(networks, HOTEL, 1)
    assert networks.find(HOTEL) is Standing.SUSPECT


def test_who_comes_again_and_again_without_signing_in_is_suspect_until_somebody_does() -> None:
    networks = Networks()
    for _ in range(SUSPECT_AFTER_CALLS_COUNT):
        assert networks.find(HOTEL) is Standing.STRANGER
        networks.note_call(HOTEL)
    assert networks.find(HOTEL) is Standing.SUSPECT
    networks.note_granted(HOTEL)
    networks.note_call(HOTEL)
    assert networks.find(HOTEL) is Standing.FAMILIAR


def test_guesses_from_a_school_do_not_hold_up_the_school() -> None:
    networks = Networks()
    networks.note_granted(SCHOOL)
    for _ in range(10):
        refuse(networks, SCHOOL, ESTRANGED_AFTER_COUNT - 1)
        networks.note_granted(SCHOOL)
    assert networks.find(SCHOOL) is Standing.FAMILIAR


def test_one_sign_in_buys_no_place_for_a_campaign() -> None:
    networks = Networks()
    networks.note_granted(HOTEL)
    refuse(networks, HOTEL, ESTRANGED_AFTER_COUNT)
    assert networks.find(HOTEL) is Standing.SUSPECT
    networks.add_familiar([HOTEL])  # what the rows say of the sign-in before
    assert networks.find(HOTEL) is Standing.SUSPECT


def test_what_becomes_familiar_is_heard_of_once(monkeypatch: pytest.MonkeyPatch) -> None:
    networks = Networks()
    networks.add_familiar([SCHOOL])
    heard, count = networks.list_welcomed(0)
    assert heard == [SCHOOL]
    networks.note_granted(SCHOOL)
    assert networks.list_welcomed(count) == ([], count)
    networks.note_granted(HOTEL)
    refuse(networks, SCHOOL, ESTRANGED_AFTER_COUNT)
    networks.add_familiar([SCHOOL])
    assert networks.list_welcomed(count) == ([HOTEL], count + 1), "what the rows say of before makes nobody familiar again"
    networks.note_granted(SCHOOL)
    assert networks.list_welcomed(count + 1) == ([SCHOOL], count + 2)


def test_refusals_are_forgotten_in_time() -> None:
    hours = Hours()
    networks = Networks(hours.read)
    refuse(networks, HOTEL, SUSPECT_AFTER_COUNT)
    hours.at_s += REMEMBERED_S - 1
    assert networks.find(HOTEL) is Standing.SUSPECT
    hours.at_s += 1
    assert networks.find(HOTEL) is Standing.STRANGER


def test_the_memory_is_bounded_and_guesses_push_no_familiar_network_out() -> None:
    networks = Networks()
    networks.note_granted(SCHOOL)
    for number in range(KEPT + 1):
        networks.note_refused(f"2001:db8:{number:x}::/48")
    assert networks.find(SCHOOL) is Standing.FAMILIAR
    networks.add_familiar(f"2001:db8:{number:x}::/48" for number in range(KEPT))
    assert networks.find(SCHOOL) is Standing.STRANGER


@pytest.mark.usefixtures("ground")
def test_a_call_at_a_mail_door_counts_until_somebody_signs_in_from_there() -> None:
    address = "2001:db8:5::7"
    found = [receive_call(address) for _ in range(SUSPECT_AFTER_CALLS_COUNT + 1)]
    assert found == [Standing.STRANGER] * SUSPECT_AFTER_CALLS_COUNT + [Standing.SUSPECT]
    networks.note_granted(format_network(address))
    assert receive_call(address) is Standing.FAMILIAR
