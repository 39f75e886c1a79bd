"""Who is let in first, who waits, and who finds no place. Time is given."""

import itertools
import socket
from collections.abc import Iterator

import pytest

from corneille.access.familiar import Networks, Standing, networks, servers
from corneille.doors.frame.newcomer import Doorway, Newcomer
from corneille.doors.frame.newcomer_settings import Newcomers
from corneille.doors.frame.turnstile import SUSPECTS_ONE_IN, Turnstile

SETTINGS = Newcomers(waiting_count=10, patience_s=20.0, strangers_per_s=5.0)
FAMILIAR, STRANGER, SUSPECT = Standing


def make_doorway(name: str, memory: Networks = networks) -> Doorway:
    raise_if_made = iter(())
    return Doorway(name, lambda: next(raise_if_made), None, memory=memory)


IMAP, WEB, SMTP = make_doorway("imap"), make_doorway("web"), make_doorway("smtp", servers)


@pytest.fixture
def closed() -> Iterator[socket.socket]:
    """What a newcomer holds here: nobody reads it."""
    with socket.socket(socket.AF_UNIX) as made:
        yield made


class Street:
    """Those who come, and the turnstile that they come to."""

    def __init__(self, closed: socket.socket) -> None:
        self._closed = closed
        self.turnstile = Turnstile(SETTINGS, 0.0)
        self._at_s = itertools.count(1)

    def come(self, network: str, standing: Standing, doorway: Doorway = IMAP, since_s: float = 0.0) -> Newcomer | None:
        return self.turnstile.arrive(Newcomer(doorway, network, standing, self._closed, since_s))

    def let_strangers_in(self, count: int) -> list[Newcomer]:
        """One a second: the rate never stands in the way."""
        found = [self.turnstile.take_stranger(float(next(self._at_s))) for _ in range(count)]
        return [each for each in found if each is not None]


@pytest.fixture
def street(closed: socket.socket) -> Street:
    return Street(closed)


def test_a_familiar_network_overtakes_all_who_wait(street: Street) -> None:
    for number in range(9):
        street.come(f"attack-{number}", SUSPECT)
        street.come(f"unknown-{number}", STRANGER)
    street.come("school", FAMILIAR)
    first = street.turnstile.take_familiar()
    assert first is not None
    assert first.network == "school"
    assert street.turnstile.take_familiar() is None


def test_strangers_are_held_back_by_the_rate_and_familiar_ones_are_not(street: Street) -> None:
    for number in range(10):
        street.come(f"unknown-{number}", STRANGER)
        street.come("school", FAMILIAR)
    for _ in range(1000):
        street.turnstile.heed(1.0)
    street.let_strangers_in(1)  # what had been saved while the loop was on time
    at_the_same_instant = [street.turnstile.take_stranger(1.0) for _ in range(10)]
    assert sum(each is not None for each in at_the_same_instant) <= 3
    assert sum(street.turnstile.take_familiar() is not None for _ in range(11)) == 10
    assert street.turnstile.take_stranger(1.1) is None
    assert street.turnstile.take_stranger(1.3) is not None


def test_who_was_refused_of_late_waits_behind_others_and_still_has_a_share(street: Street) -> None:
    for number in range(10):
        street.come(f"attack-{number}", SUSPECT)
        street.come(f"unknown-{number}", STRANGER)
    came = [each.standing for each in street.let_strangers_in(8)]
    assert came.count(SUSPECT) == 8 // SUSPECTS_ONE_IN
    assert came[0] is STRANGER


def test_the_share_of_those_who_do_not_come_goes_to_the_others(street: Street) -> None:
    for number in range(5):
        street.come(f"attack-{number}", SUSPECT)
    assert len(street.let_strangers_in(8)) == 5


def test_networks_take_turns_and_keep_their_order(street: Street) -> None:
    for since_s in range(3):
        street.come("crowd", STRANGER, since_s=float(since_s))
    street.come("lonely", STRANGER)
    came = [(each.network, each.since_s) for each in street.let_strangers_in(4)]
    assert came == [("crowd", 0.0), ("lonely", 0.0), ("crowd", 1.0), ("crowd", 2.0)]


def test_doors_take_turns_so_that_other_servers_bring_their_mail(street: Street) -> None:
    for number in range(5):
        street.come(f"attack-{number}", STRANGER, IMAP)
    street.come("their server", STRANGER, SMTP)
    assert "their server" in [each.network for each in street.let_strangers_in(2)]


def test_once_somebody_signs_in_the_others_of_that_network_wait_among_the_familiar(street: Street) -> None:
    for since_s in range(3):
        street.come("hotel", SUSPECT, IMAP, since_s=float(since_s))
    street.come("attack", SUSPECT, IMAP)
    street.come("hotel", STRANGER, WEB)
    street.come("hotel", STRANGER, SMTP)
    assert street.turnstile.promote("hotel", networks)
    came = [street.turnstile.take_familiar() for _ in range(5)]
    assert [each and (each.doorway, each.since_s) for each in came] == [
        (WEB, 0.0), (IMAP, 0.0), (IMAP, 1.0), (IMAP, 2.0), None,
    ]  # fmt: skip
    assert [each.network for each in street.let_strangers_in(3)] == ["hotel", "attack"], "a server's mail is another matter"
    assert street.turnstile.is_empty


def test_a_network_of_which_nobody_waits_promotes_nobody(street: Street) -> None:
    street.come("attack", STRANGER)
    assert not street.turnstile.promote("hotel", networks)
    assert street.turnstile.take_familiar() is None


def test_no_more_are_promoted_than_may_wait_and_the_others_keep_their_places(street: Street) -> None:
    for since_s in range(SETTINGS.waiting_count - 2):
        street.come("school", FAMILIAR, since_s=float(since_s))
    for since_s in range(5):
        street.come("hotel", STRANGER, since_s=float(since_s))
        street.come("hotel", SUSPECT, since_s=float(since_s))
    assert street.turnstile.promote("hotel", networks)
    assert (street.turnstile.count(FAMILIAR), street.turnstile.count(STRANGER), street.turnstile.count(SUSPECT)) == (
        SETTINGS.waiting_count, 3, 5
    )  # fmt: skip
    assert not street.turnstile.promote("hotel", networks)
    came = [each.since_s for each in street.let_strangers_in(3)]
    assert came == [2.0, 3.0, 4.0], "in their order, and nobody was turned away"


def test_who_is_promoted_still_leaves_when_the_wait_or_the_door_ends(street: Street) -> None:
    for doorway in (IMAP, WEB):
        street.come("hotel", SUSPECT, doorway)
    street.turnstile.promote("hotel", networks)
    assert [each.doorway for each in street.turnstile.shut(WEB)] == [WEB]
    assert [each.doorway for each in street.turnstile.give_up(SETTINGS.patience_s)] == [IMAP]
    assert street.turnstile.count(FAMILIAR) == 0


def test_who_finds_no_place_is_the_last_of_the_network_that_holds_most(street: Street) -> None:
    for since_s in range(SETTINGS.waiting_count):
        assert street.come("crowd", STRANGER, since_s=float(since_s)) is None
    gone = street.come("lonely", STRANGER)
    assert gone is not None
    assert (gone.network, gone.since_s) == ("crowd", SETTINGS.waiting_count - 1.0)
    gone = street.come("crowd", STRANGER, since_s=99.0)
    assert gone is not None
    assert gone.since_s == 99.0
    assert street.turnstile.count(STRANGER) == SETTINGS.waiting_count


def test_where_each_network_holds_one_place_the_newcomer_finds_none(street: Street) -> None:
    for number in range(SETTINGS.waiting_count):
        street.come(f"unknown-{number}", STRANGER)
    gone = street.come("one more", STRANGER)
    assert gone is not None
    assert gone.network == "one more"


def test_a_full_line_turns_nobody_away_at_another_door_or_of_another_standing(street: Street) -> None:
    for number in range(SETTINGS.waiting_count + 5):
        street.come(f"attack-{number}", SUSPECT)
    assert street.come("traveller", STRANGER) is None
    assert street.come("their server", SUSPECT, SMTP) is None
    assert street.come("school", FAMILIAR) is None


def test_who_has_waited_too_long_leaves_and_others_stay(street: Street) -> None:
    street.come("early", SUSPECT, since_s=0.0)
    street.come("late", SUSPECT, since_s=5.0)
    assert street.turnstile.give_up(SETTINGS.patience_s - 0.1) == []
    assert [each.network for each in street.turnstile.give_up(SETTINGS.patience_s)] == ["early"]
    assert [each.network for each in street.let_strangers_in(2)] == ["late"]


def test_a_door_that_closes_leaves_the_other_doors_lines_alone(street: Street) -> None:
    street.come("reader", FAMILIAR, IMAP)
    street.come("their server", STRANGER, SMTP)
    assert [each.network for each in street.turnstile.shut(IMAP)] == ["reader"]
    assert [each.network for each in street.let_strangers_in(2)] == ["their server"]
