"""Six made-up days: what attackers try, and what owners do meanwhile. Chance comes from a seed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corneille.access.simulation.guard import OLD, RIGHT, Try

MIDNIGHT = datetime(2026, 9, 7, tzinfo=UTC)
"""A Monday."""
HOURS = 24
ZOE = "zlefevre"
HOME, HOTEL, SCHOOL = "home", "hotel", "school"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name for the command line, and what happens, in order of time."""

    name: str
    tries: Callable[[random.Random], list[Try]]


def _clock(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def _every(interval: timedelta, offset: timedelta = timedelta()) -> Iterator[datetime]:
    at = MIDNIGHT + offset
    while at < MIDNIGHT + timedelta(hours=HOURS):
        yield at
        at += interval


def _owner(hour: float, network: str = HOME, **more: bool | str) -> Try:
    return Try(_clock(hour), ZOE, network, RIGHT, is_owner=True, **more)  # type: ignore[arg-type]


def _day_at_home() -> list[Try]:
    """A known laptop in the morning and at night, a phone by app password, a computer never used before at noon."""
    phone = [_owner(hour, "mobile", door="imap", is_app_password=True) for hour in range(7, 23)]
    return [_owner(7.5, is_known_device=True), *phone, _owner(12, SCHOOL), _owner(20, is_known_device=True)]


def slow_brute_force(_chance: random.Random) -> list[Try]:
    """One stranger, one account, a new guess every ten seconds."""
    guesses = [Try(at, ZOE, "stranger", f"guess {at}") for at in _every(timedelta(seconds=10))]
    return [*guesses, *_day_at_home()]


def distributed_brute_force(chance: random.Random) -> list[Try]:
    """Five hundred networks, one account, a new guess every ten minutes from each."""
    guesses = []
    for number in range(500):
        offset = timedelta(seconds=chance.randrange(600))
        guesses += [Try(at, ZOE, f"robot {number}", f"{number} {at}") for at in _every(timedelta(minutes=10), offset)]
    return [*guesses, *_day_at_home()]


def spraying(_chance: random.Random) -> list[Try]:
    """One network goes through five thousand accounts with three common passwords, one try a second."""
    names = [ZOE, *(f"person {number}" for number in range(4_999))]
    tried = [(name, secret) for secret in ("Rentree2026!", "Azerty12345!", "Education76!") for name in names]
    start = _clock(1)
    guesses = [
        Try(start + timedelta(seconds=number), name, "stranger", secret) for number, (name, secret) in enumerate(tried)
    ]
    return [*guesses, *_day_at_home()]


def school_on_monday(chance: random.Random) -> list[Try]:
    """A hundred and twenty teachers behind one address between 7:45 and 8:15, on computers that know nobody.

    Every seventh mistypes once before the right password, every thirtieth three times.
    """
    tries = []
    for number in range(120):
        name, at = f"teacher {number}", _clock(7.75) + timedelta(seconds=chance.randrange(1800))
        slips = 3 if number % 30 == 0 else 1 if number % 7 == 0 else 0
        for slip in range(slips):
            tries.append(Try(at, name, SCHOOL, f"slip {slip}", is_owner=True, is_declared_network=True))
            at += timedelta(seconds=15)
        tries.append(Try(at, name, SCHOOL, RIGHT, is_owner=True, is_declared_network=True))
    return tries


def school_not_declared(chance: random.Random) -> list[Try]:
    """The same school, whose network nobody has declared."""
    return [
        Try(each.at, each.account, each.network, each.secret, is_owner=True) for each in school_on_monday(chance)
    ]


def old_password_on_a_phone(_chance: random.Random) -> list[Try]:
    """The password was changed yesterday; the phone at home tries the old one every five minutes, all day."""
    phone = [Try(at, ZOE, HOME, OLD, door="imap") for at in _every(timedelta(minutes=5))]
    return [*phone, _owner(7.5), _owner(12.5, door="imap"), _owner(20, is_known_device=True)]


def travelling_while_attacked(chance: random.Random) -> list[Try]:
    """The distributed attack, while the owner is abroad: known laptop, phone, and the hotel's computer twice."""
    attack = [each for each in distributed_brute_force(chance) if not each.is_owner]
    return [
        *attack,
        _owner(8, HOTEL, is_known_device=True),
        _owner(9, HOTEL, door="imap", is_app_password=True),
        _owner(14, HOTEL, has_second=True),
        _owner(18, HOTEL),
        _owner(21, HOTEL, is_known_device=True),
    ]


SCENARIOS = (
    Scenario("slow-brute-force", slow_brute_force),
    Scenario("distributed-brute-force", distributed_brute_force),
    Scenario("spraying", spraying),
    Scenario("school-on-monday", school_on_monday),
    Scenario("school-not-declared", school_not_declared),
    Scenario("old-password-on-a-phone", old_password_on_a_phone),
    Scenario("travelling-while-attacked", travelling_while_attacked),
)


def list_tries(scenario: Scenario, seed: int = 2026) -> list[Try]:
    """What happens, in order of time; the same for the same seed."""
    return sorted(scenario.tries(random.Random(seed)), key=lambda each: each.at)  # noqa: S311  # made-up chance
