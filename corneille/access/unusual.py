"""Whether a sign-in that succeeded looks like its owner: named signs, each with its weight, and a step. Pure.

Only what succeeded is judged. Failures weigh beside signs of the sign-in itself and never by themselves, so that no stranger
can have an account contained. What a device or program that is known does elsewhere weighs half (a VPN, a journey); whoever
gave a second proof is told, and asked nothing more. Table: `docs/access.md`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from corneille.access.facts import Containment
from corneille.access.place import Place, Point, measure_km

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


class Sign(StrEnum):
    """What can look unusual."""

    NEW_COUNTRY = "new-country"
    TRAVEL = "travel"
    FIRST_PROGRAM = "first-program"
    MANY_CLIENTS = "many-clients"
    WRONG_RUN = "wrong-run"
    OLD_PASSWORD = "old-password"  # noqa: S105
    NEW_HOUR = "new-hour"
    NEW_DEVICE = "new-device"
    NEW_NETWORK = "new-network"


OF_PLACE = frozenset({Sign.NEW_COUNTRY, Sign.TRAVEL, Sign.NEW_NETWORK})
"""These weigh half where the device or the program is known."""
OF_FAILURES = frozenset({Sign.WRONG_RUN, Sign.OLD_PASSWORD})
"""These alone, whatever their weight, are told and contain nothing."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What counts, from how much on: `[unusual]` with its reasons (`access/unusual_settings`)."""

    weights: Mapping[Sign, int]
    tell_from: int
    ask_from: int
    hold_from: int
    settled_after: timedelta
    history_count: int
    history: timedelta
    hours_history_count: int
    travel_kmh: int
    travel_min_km: int
    clients_count: int
    wrong_count: int
    old_networks_count: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Sign-ins of the last 90 days that are alike: one network, one client, one hour.

    client  a device's number or a program's name with its kind of password; empty: it does not say
    hour    of the day, UTC
    """

    network: str
    country_code: str
    point: Point | None
    client: str
    is_mail: bool
    hour: int
    first_at: datetime
    last_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class Owned:
    """What the owner said was them: « C'était moi »."""

    countries: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    clients: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """One sign-in that succeeded, and the account before it.

    client           as in `Seen`
    is_known_device  it came with this account's own device cookie
    has_app_password a secret made for one program: what the program says of itself is believed
    is_proved_twice  a passkey or a second proof was given in it
    seen             before it, in any order
    wrong_count      wrong passwords typed at the portal from its network in the hour before
    old_networks     networks that tried the password before this one, in the day before
    """

    at: datetime
    network: str
    place: Place
    client: str
    is_mail: bool
    is_known_device: bool = False
    has_app_password: bool = False
    is_proved_twice: bool = False
    seen: Sequence[Seen] = ()
    wrong_count: int = 0
    old_networks: frozenset[str] = frozenset()
    owned: Owned = field(default_factory=Owned)


@dataclass(frozen=True, slots=True)
class Found:
    """One sign: how much it weighs here, and the numbers behind it."""

    sign: Sign
    weight: int
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was found and what is proposed; `is_told` without a step: the owner is told, nothing is asked or held."""

    found: tuple[Found, ...]
    score: int
    is_told: bool
    step: Containment


def assess(facts: SignInFacts, scale: Scale) -> Assessment:
    """Weighs one sign-in."""
    settled = [each for each in facts.seen if each.first_at <= facts.at - scale.settled_after]
    is_known = facts.is_known_device or (
        facts.has_app_password and facts.client in facts.owned.clients | {each.client for each in settled}
    )
    numbers = _find_numbers(facts, settled, scale) if _has_history(facts.seen, facts.at, scale) else {}
    found = tuple(
        Found(sign, scale.weights[sign] // (2 if is_known and sign in OF_PLACE else 1), numbers[sign])
        for sign in Sign
        if sign in numbers
    )
    score = sum(each.weight for each in found)
    own = sum(each.weight for each in found if each.sign not in OF_FAILURES)
    step = Containment.NONE
    if own >= scale.tell_from and not facts.is_proved_twice:
        step = _choose_step(score, scale)
    # On a device of the owner's a new country weighs half, too little to be told by the score: yet the owner should hear.
    is_told = score >= scale.tell_from or Sign.NEW_COUNTRY in numbers
    return Assessment(found, score, is_told, step)


def is_new_program(facts: SignInFacts) -> bool:
    """Whether a mail program comes for the first time; one that does not say its name is new where there was none."""
    if not facts.is_mail:
        return False
    mail = {each.client for each in facts.seen if each.is_mail}
    _kind, _space, name = facts.client.partition(" ")
    return facts.client not in mail if name else not mail


def _choose_step(score: int, scale: Scale) -> Containment:
    if score >= scale.hold_from:
        return Containment.HOLD_SENDING
    return Containment.ASK_FACTOR if score >= scale.ask_from else Containment.NONE


def _has_history(seen: Sequence[Seen], at: datetime, scale: Scale) -> bool:
    """To an account that is new, everything is new."""
    return (
        sum(each.count for each in seen) >= scale.history_count
        and min((each.first_at for each in seen), default=at) <= at - scale.history
    )


def _find_numbers(facts: SignInFacts, settled: Sequence[Seen], scale: Scale) -> dict[Sign, Mapping[str, int]]:
    found: dict[Sign, Mapping[str, int]] = {}
    networks = facts.owned.networks | {each.network for each in settled}
    country = facts.place.country_code
    if country and country not in facts.owned.countries | {each.country_code for each in settled}:
        found[Sign.NEW_COUNTRY] = {}
    if facts.network not in networks and country not in facts.owned.countries:
        travel = _measure_travel(facts, scale)
        if travel is not None:
            found[Sign.TRAVEL] = travel
    if facts.is_mail and facts.network not in networks and not any(each.is_mail for each in facts.seen):
        found[Sign.FIRST_PROGRAM] = {}
    clients = _count_new_clients(facts)
    if clients >= scale.clients_count:
        found[Sign.MANY_CLIENTS] = {"count": clients}
    is_new_device = not facts.is_mail and not facts.is_known_device
    if is_new_device and facts.wrong_count >= scale.wrong_count:
        found[Sign.WRONG_RUN] = {"count": facts.wrong_count}
    elsewhere = facts.old_networks - facts.owned.networks - {each.network for each in facts.seen}
    if len(elsewhere) >= scale.old_networks_count:
        found[Sign.OLD_PASSWORD] = {"count": len(elsewhere)}
    if _is_new_hour(facts.at.hour, settled, scale):
        found[Sign.NEW_HOUR] = {}
    if is_new_device or (facts.is_mail and facts.client not in facts.owned.clients and is_new_program(facts)):
        found[Sign.NEW_DEVICE] = {}
    if facts.network not in networks:
        found[Sign.NEW_NETWORK] = {}
    return found


def _measure_travel(facts: SignInFacts, scale: Scale) -> Mapping[str, int] | None:
    """From the last sign-in whose place is known; None: a person can have travelled so."""
    last = max((each for each in facts.seen if each.point is not None), key=lambda each: each.last_at, default=None)
    if last is None or last.point is None or facts.place.point is None:
        return None
    km, took = measure_km(last.point, facts.place.point), facts.at - last.last_at
    if km < scale.travel_min_km or km <= scale.travel_kmh * (took / HOUR):
        return None
    return {"km": round(km), "minutes": int(took / timedelta(minutes=1))}


def _count_new_clients(facts: SignInFacts) -> int:
    """Those of the last day that were never seen before it, this one with them."""
    before = {_name_client(each.client, each.network) for each in facts.seen if each.first_at <= facts.at - DAY}
    lately = {_name_client(each.client, each.network) for each in facts.seen if each.first_at > facts.at - DAY}
    return len((lately | {_name_client(facts.client, facts.network)}) - before)


def _name_client(client: str, network: str) -> str:
    """What does not say what it is counts once for each network."""
    return client or network


def _is_new_hour(hour: int, settled: Sequence[Seen], scale: Scale) -> bool:
    """Neither this hour nor its neighbours: the clocks change twice a year."""
    if sum(each.count for each in settled) < scale.hours_history_count:
        return False
    return not any((each.hour - hour + 1) % 24 <= 2 for each in settled)
