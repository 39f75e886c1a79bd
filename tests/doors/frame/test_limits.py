"""Limits of the mail doors."""

import pytest

from corneille.doors.frame.limits import Guests, LimitSettings, Pace, Seats, address_key
from corneille.kernel.settings import SettingsRefused


def test_seats_run_out_and_come_back() -> None:
    seats = Seats()
    assert seats.take("a", 2)
    assert seats.take("a", 2)
    assert not seats.take("a", 2)
    assert seats.take("b", 2)
    seats.leave("a")
    assert seats.take("a", 2)
    assert seats.total == 3


def test_the_guest_that_has_been_there_longest_makes_room() -> None:
    guests, ended = Guests(), list[str]()
    for name in ("silent", "signs in", "leaves"):
        guests.enter(name, lambda name=name: ended.append(name), 3)  # type: ignore[misc]
    guests.leave("signs in")
    guests.leave("leaves")
    guests.leave("never came")
    for name in ("b", "c", "d", "e"):
        guests.enter(name, lambda name=name: ended.append(name), 3)  # type: ignore[misc]
    assert ended == ["silent", "b"]


def test_a_burst_passes_then_commands_wait() -> None:
    pace = Pace(10.0, 5, 0.0)
    assert [pace.spend(0.0) for _ in range(5)] == [0.0] * 5
    assert pace.spend(0.0) == pytest.approx(0.1)
    assert pace.spend(100.0) == 0.0


@pytest.mark.parametrize(("address", "key"), [
    ("192.0.2.1", "192.0.2.1"),
    ("::ffff:192.0.2.1", "192.0.2.1"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
    ("fe80::1%eth0", "fe80::/64"),
])
def test_an_ipv6_network_counts_as_one_address(address: str, key: str) -> None:
    assert address_key(address) == key


def test_settings_with_which_nothing_works_are_refused() -> None:
    with pytest.raises(SettingsRefused):
        LimitSettings(line_bytes=100).check()
