"""Unusual sign-ins: the table of signs, those whom it must leave alone, and what is done from the attempt journal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.access.app_password import create_app_password
from corneille.access.containment import find_step, list_contained
from corneille.access.facts import Containment
from corneille.access.models import Watched
from corneille.access.place import Place, Point
from corneille.access.unusual import Owned, Scale, Seen, Sign, SignInFacts, assess, is_new_program
from corneille.access.unusual_settings import Unusual, find_scale
from corneille.access.unusual_sign_in import list_unusual, say_it_was_me
from corneille.access.watch import Watch
from corneille.kernel import settings
from corneille.kernel.ids import AccountId
from corneille.kernel.outbox import list_notices
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import SettingsRefused
from corneille.notices.words import format_words
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import NOW, PASSWORD, Try
from .geoip import BESANCON, DIJON, SYDNEY, write_geoip

AT = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
HOME, RABAT = Point(47.32, 5.04), Point(34.02, -6.84)
FRANCE, MOROCCO = Place(country_code="FR", point=HOME), Place(country_code="MA", point=RABAT)


def usual(**changed: object) -> Seen:
    """Twenty days at home, the last time an hour ago."""
    seen = Seen("192.0.2.0/24", "FR", HOME, "device 1", False, 8, AT - timedelta(days=20), AT - timedelta(hours=1), 40)
    return replace(seen, **changed)  # type: ignore[arg-type]


NEW = {Sign.NEW_DEVICE, Sign.NEW_NETWORK}
STRANGE = SignInFacts(AT, "198.51.100.0/24", MOROCCO, "", is_mail=False, seen=(usual(),))


@pytest.mark.parametrize(
    ("facts", "signs", "step"),
    [
        (replace(STRANGE, network="192.0.2.0/24", place=FRANCE), {Sign.NEW_DEVICE}, Containment.NONE),
        (replace(STRANGE, place=FRANCE, is_known_device=True), {Sign.NEW_NETWORK}, Containment.NONE),
        (STRANGE, {Sign.NEW_COUNTRY, Sign.TRAVEL, *NEW}, Containment.ASK_FACTOR),
        (replace(STRANGE, is_mail=True), {Sign.NEW_COUNTRY, Sign.TRAVEL, Sign.FIRST_PROGRAM, *NEW},
         Containment.HOLD_SENDING),
        (replace(STRANGE, wrong_count=5), {Sign.NEW_COUNTRY, Sign.TRAVEL, Sign.WRONG_RUN, *NEW}, Containment.HOLD_SENDING),
        (replace(STRANGE, is_known_device=True), {Sign.NEW_COUNTRY, Sign.TRAVEL, Sign.NEW_NETWORK}, Containment.NONE),
        (replace(STRANGE, is_proved_twice=True), {Sign.NEW_COUNTRY, Sign.TRAVEL, *NEW}, Containment.NONE),
        (replace(STRANGE, owned=Owned(countries=frozenset({"MA"}))), NEW, Containment.NONE),
        (replace(STRANGE, seen=(usual(last_at=AT - timedelta(hours=9)),)), {Sign.NEW_COUNTRY, *NEW}, Containment.NONE),
        (replace(STRANGE, seen=(usual(hour=16),)), {Sign.NEW_COUNTRY, Sign.TRAVEL, Sign.NEW_HOUR, *NEW},
         Containment.ASK_FACTOR),
        (replace(STRANGE, seen=(usual(count=4),)), set(), Containment.NONE),
        (replace(STRANGE, place=FRANCE, wrong_count=5, old_networks=frozenset({"a", "b"})),
         {Sign.WRONG_RUN, Sign.OLD_PASSWORD, *NEW}, Containment.NONE),
        (replace(STRANGE, place=FRANCE, is_mail=True), {Sign.FIRST_PROGRAM, *NEW}, Containment.NONE),
    ],
)  # fmt: skip
def test_signs_and_steps(ground: Ground, facts: SignInFacts, signs: set[Sign], step: Containment) -> None:
    found = assess(facts, find_scale())
    assert ({each.sign for each in found.found}, found.step) == (signs, step)


def test_many_new_clients_in_a_day_are_a_sign(ground: Ground) -> None:
    lately = AT - timedelta(hours=2)
    seen = (usual(), *(usual(client=f"password {n}", is_mail=True, first_at=lately, last_at=lately) for n in range(6)))
    found = assess(replace(STRANGE, place=FRANCE, network="192.0.2.0/24", seen=seen), find_scale())
    assert {each.sign for each in found.found} == {Sign.MANY_CLIENTS, Sign.NEW_DEVICE}
    assert (found.is_told, found.step) == (True, Containment.NONE)


@pytest.mark.parametrize(
    ("facts", "score"),
    [
        (replace(STRANGE, place=FRANCE), 9),
        (replace(STRANGE, place=FRANCE, seen=(usual(hour=16),)), 19),
        (replace(STRANGE, place=FRANCE, is_known_device=True), 2),
    ],
    ids=["new", "new-and-at-night", "own-laptop-in-a-train"],
)
def test_a_device_and_a_network_never_seen_weigh_little_and_alone_disturb_nobody(
    ground: Ground, facts: SignInFacts, score: int
) -> None:
    found = assess(facts, find_scale())
    assert (found.score, found.is_told, found.step) == (score, False, Containment.NONE)


def test_a_device_and_a_network_never_seen_tip_the_scale_beside_another_sign(ground: Ground) -> None:
    facts = replace(STRANGE, place=FRANCE, old_networks=frozenset({"a", "b"}))
    assert assess(facts, find_scale()).is_told
    assert not assess(replace(facts, is_known_device=True, network="192.0.2.0/24"), find_scale()).is_told


@pytest.mark.parametrize("is_mail", [False, True])
def test_a_new_country_is_told_on_a_known_device_or_program_too(ground: Ground, *, is_mail: bool) -> None:
    """A holiday, long enough after for no journey to be too fast: nothing is asked, and its owner hears of it."""
    client = "app-password Thunderbird" if is_mail else "device 1"
    before = usual(last_at=AT - timedelta(days=2), client=client, is_mail=is_mail)
    found = assess(
        replace(STRANGE, client=client, is_mail=is_mail, is_known_device=not is_mail, has_app_password=is_mail,
                seen=(before,)), find_scale(),
    )  # fmt: skip
    assert found.score < find_scale().tell_from
    assert (found.is_told, found.step) == (True, Containment.NONE)


POINTS = st.builds(Point, st.floats(42.5, 51.0), st.floats(-4.5, 8.0))
ABROAD = st.builds(Point, st.floats(-60, 70), st.floats(-180, 180))


@pytest.fixture(scope="module")
def scale() -> object:
    settings.load(None, {}, ground={"data": "/nowhere"})
    return find_scale()


@given(point=POINTS, minutes=st.integers(1, 10_000), wrong=st.integers(0, 50), is_mail=st.booleans())
def test_a_train_a_phone_on_another_network_and_a_school_contain_nobody(
    scale: object, point: Point, minutes: int, wrong: int, is_mail: bool
) -> None:
    """Anywhere in France, however soon, whatever pupils typed behind the same address."""
    client = "password Thunderbird" if is_mail else ""
    before = usual(last_at=AT - timedelta(minutes=minutes), client=client, is_mail=is_mail)
    place = Place(country_code="FR", point=point)
    facts = replace(STRANGE, place=place, client=client, is_mail=is_mail, seen=(before,), wrong_count=wrong)
    step = assess(facts, scale).step  # type: ignore[arg-type]
    assert step is Containment.NONE or (wrong >= 5 and not is_mail), "only a guessed password on an impossible journey asks"
    assert step is not Containment.HOLD_SENDING


@given(point=ABROAD, is_device=st.booleans(), minutes=st.integers(1, 600))
def test_a_vpn_on_a_known_device_or_program_contains_nobody(
    scale: object, point: Point, is_device: bool, minutes: int
) -> None:
    client = "" if is_device else "app-password Thunderbird"
    before = usual(client=client or "device 1", is_mail=not is_device, last_at=AT - timedelta(minutes=minutes))
    facts = replace(
        STRANGE, place=Place(country_code="US", point=point), client=client, is_mail=not is_device,
        is_known_device=is_device, has_app_password=not is_device, seen=(before,),
    )  # fmt: skip
    assert assess(facts, scale).step is Containment.NONE  # type: ignore[arg-type]


@given(wrong=st.integers(0, 10_000), networks=st.frozensets(st.text(min_size=1), max_size=20), is_known=st.booleans())
def test_failures_of_strangers_contain_nobody(
    scale: object, wrong: int, networks: frozenset[str], is_known: bool
) -> None:
    facts = replace(
        STRANGE, network="192.0.2.0/24", place=FRANCE, wrong_count=wrong, old_networks=networks, is_known_device=is_known
    )
    assert assess(facts, scale).step is Containment.NONE  # type: ignore[arg-type]


def test_the_old_password_counts_from_networks_alone_where_the_owner_never_was(scale: Scale) -> None:
    own = replace(STRANGE, place=FRANCE, seen=(usual(), usual(network="a", first_at=AT - timedelta(hours=1))))
    tried = frozenset({"a", "b", "c"})
    of_strangers = assess(replace(own, old_networks=tried), scale)
    assert [dict(each.numbers) for each in of_strangers.found if each.sign is Sign.OLD_PASSWORD] == [{"count": 2}]
    answered = assess(replace(own, old_networks=tried, owned=Owned(networks=frozenset({"b"}))), scale)
    assert Sign.OLD_PASSWORD not in {each.sign for each in answered.found}


@pytest.mark.parametrize("told", [Unusual(tell_from=0), Unusual(ask_from=20), Unusual(hold_from=50), Unusual(travel_kmh=0)])
def test_steps_out_of_order_are_refused_before_the_start(told: Unusual) -> None:
    with pytest.raises(SettingsRefused, match=r"\[unusual\]"):
        told.check()


@pytest.fixture
def lived_in(ground: Ground, tmp_path: Path, attempt: Try) -> Try:
    """A fortnight in Dijon, each morning on one device."""
    places = {"geoip_file": write_geoip(tmp_path / "city.mmdb")}
    settings.load(None, {}, ground={"data": str(ground.data)}, places=places)
    device = None
    for day in range(14):
        device = attempt(PASSWORD, address=DIJON, device=device, now=NOW - timedelta(days=14 - day)).device
    attempt(PASSWORD, address=DIJON, device=device)
    return replace(attempt, device=device)


def test_a_sign_in_from_far_away_asks_for_a_second_proof_and_says_what_was_seen(lived_in: Try, zoe: Person) -> None:
    later = NOW + timedelta(minutes=30)
    lived_in(PASSWORD, address=SYDNEY, device=None, now=later)
    watch = Watch()
    assert watch.look(later) == 1
    assert find_step(zoe.id) is Containment.ASK_FACTOR
    assert [(each.reason, each.by) for each in list_contained(zoe.id)] == [("unusual", "guard")]
    notice = next(each for each in list_notices(zoe.id, later) if each.code == "factor-asked")
    words = format_words(notice.code, notice.data, "en").text
    assert "from a country never seen (Sydney, Australia)" in words
    assert "km in 30 minutes" in words
    assert watch.look(later) == 0, "what was looked at is not looked at again"


def test_the_known_device_on_a_journey_is_told_once_and_asked_nothing(lived_in: Try, zoe: Person) -> None:
    later = NOW + timedelta(minutes=30)
    lived_in(PASSWORD, address=SYDNEY, now=later)
    assert Watch().look(later) == 1
    assert find_step(zoe.id) is Containment.NONE
    assert [each.code for each in list_notices(zoe.id, later)].count("unusual-sign-in") == 1


def test_it_was_me_ends_the_question_and_makes_the_place_usual(lived_in: Try, zoe: Person) -> None:
    later = NOW + timedelta(minutes=30)
    lived_in(PASSWORD, address=SYDNEY, device=None, now=later)
    watch = Watch()
    watch.look(later)
    (shown,) = list_unusual(zoe.id, later)
    say_it_was_me(zoe.id, shown.reference, later)
    assert find_step(zoe.id) is Containment.NONE
    assert list_unusual(zoe.id, later) == []
    with pytest.raises(Gone):
        say_it_was_me(zoe.id, shown.reference, later)
    again = later + timedelta(hours=2)
    lived_in(PASSWORD, address=SYDNEY, device=None, now=again)
    assert watch.look(again) == 0


PROGRAM = "password Thunderbird"


@pytest.mark.parametrize(
    ("client", "seen", "is_new"),
    [
        (PROGRAM, (), True),
        (PROGRAM, ((PROGRAM, True),), False),
        (PROGRAM, (("password mbsync", True),), True),
        ("app-password Thunderbird", ((PROGRAM, True),), True),
        ("", (), True),
        ("", ((PROGRAM, True),), False),  # it does not say its name: it may be any of them
        ("app-password", ((PROGRAM, True),), False),
        (PROGRAM, (("device 1", False),), True),
    ],
)  # fmt: skip
def test_a_program_is_new_once(client: str, seen: tuple[tuple[str, bool], ...], is_new: bool) -> None:
    before = tuple(usual(client=name, is_mail=is_mail) for name, is_mail in seen)
    assert is_new_program(replace(STRANGE, client=client, is_mail=True, seen=before)) is is_new
    assert not is_new_program(replace(STRANGE, client=client, is_mail=False, seen=before))


def told_of_programs(zoe: Person, at: datetime) -> list[str]:
    return [str(each.data["program"]) for each in list_notices(zoe.id, at) if each.code == "new-program"]


def test_the_first_program_is_told_once_without_alarm_also_from_a_known_network(lived_in: Try, zoe: Person) -> None:
    at, watch = NOW, Watch()
    for hours in range(1, 50, 7):
        at = NOW + timedelta(hours=hours)
        lived_in(PASSWORD, door="imap", address=DIJON, device=None, now=at)
        watch.look(at)
    assert told_of_programs(zoe, at) == ["Firefox"]
    assert find_step(zoe.id) is Containment.NONE
    assert list_unusual(zoe.id, at) == []


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (3, True)])
def test_the_program_of_an_app_password_that_was_just_told_of_is_not_told_again(
    lived_in: Try, zoe: Person, days: int, is_told: bool
) -> None:
    _id, secret = create_app_password(zoe.id, "Thunderbird", frozenset({"imap"}), NOW)
    at = NOW + timedelta(days=days, minutes=20)
    lived_in(secret, door="imap", address=DIJON, device=None, now=at)
    Watch().look(at)
    assert bool(told_of_programs(zoe, at)) is is_told


def test_nobody_answers_for_somebody_else(lived_in: Try, zoe: Person) -> None:
    later = NOW + timedelta(minutes=30)
    lived_in(PASSWORD, address=SYDNEY, device=None, now=later)
    Watch().look(later)
    (shown,) = list_unusual(zoe.id, later)
    with pytest.raises(Gone):
        say_it_was_me(AccountId(zoe.id + 1), shown.reference, later)
    assert find_step(zoe.id) is Containment.ASK_FACTOR


def test_two_processes_that_look_at_once_tell_once(lived_in: Try, zoe: Person) -> None:
    later = NOW + timedelta(minutes=30)
    lived_in(PASSWORD, address=SYDNEY, now=later)
    Watch().look(later)
    Watched.objects.all().delete()  # the other process read the mark before it was set
    assert Watch().look(later) == 0
    assert [each.code for each in list_notices(zoe.id, later)].count("unusual-sign-in") == 1


def test_a_program_that_only_says_its_name_is_not_known_by_it(ground: Ground) -> None:
    before = usual(client="password Thunderbird", is_mail=True)
    facts = replace(STRANGE, client="password Thunderbird", is_mail=True, seen=(before,))
    assert assess(facts, find_scale()).step is Containment.ASK_FACTOR


def test_home_a_neighbouring_town_and_wrong_passwords_of_others_are_nothing(lived_in: Try, zoe: Person) -> None:
    later = NOW + timedelta(minutes=30)
    for number in range(8):
        lived_in(f"wrong {number}", address=SYDNEY, device=None, now=NOW + timedelta(minutes=number))
    lived_in(PASSWORD, address=BESANCON, now=later)
    assert Watch().look(later) == 0
    assert find_step(zoe.id) is Containment.NONE
