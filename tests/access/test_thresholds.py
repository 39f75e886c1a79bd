"""What the guard counts and for how long follows the settings, within bounds that say why."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from corneille.access.announced import TooSoon, announce_suspension
from corneille.access.decide import Granted, Refused
from corneille.access.factor_policy import announce_rules
from corneille.access.familiar import Networks, Standing
from corneille.access.password import set_password
from corneille.access.reason import Reason
from corneille.access.settings import current_policy
from corneille.kernel import settings
from corneille.kernel.settings import SettingsRefused
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import ELSEWHERE, NOW, PASSWORD, Try

Change = Callable[..., None]
Load = Callable[[str, dict[str, object]], None]


@pytest.fixture
def load(ground: Ground) -> Load:
    def change(section: str, values: dict[str, object]) -> None:
        settings.load(None, {}, ground={"data": str(ground.data)}, **{section: values})

    return change


def find_reason(outcome: object) -> Reason | None:
    return outcome.reason if isinstance(outcome, Refused) else None


def test_wrong_passwords_are_forgotten_after_the_hours_that_are_set(attempt: Try, change_settings: Change) -> None:
    change_settings(wrong_memory_h=2)
    for number in range(5):
        attempt(f"wrong-{number}")
    assert find_reason(attempt.later(seconds=30)(PASSWORD).decision) is Reason.SLOWED
    assert isinstance(attempt.later(hours=2, minutes=1)(PASSWORD).decision, Granted)
    assert current_policy().memory == timedelta(hours=2)


def test_a_network_is_forgotten_after_the_seconds_that_are_set(change_settings: Change) -> None:
    change_settings(spray_memory_s=120, suspect_after_count=2)
    at_s = [1000.0]
    networks = Networks(lambda: at_s[0])
    networks.note_refused("198.51.100.0/24")
    assert networks.find("198.51.100.0/24") is Standing.STRANGER
    networks.note_refused("198.51.100.0/24")
    assert networks.find("198.51.100.0/24") is Standing.SUSPECT
    at_s[0] += 120
    assert networks.find("198.51.100.0/24") is Standing.STRANGER
    assert current_policy().spray_memory == timedelta(minutes=2)


def test_second_proofs_have_steps_of_their_own(change_settings: Change) -> None:
    change_settings(factor_steps_s=["5", "10"])
    policy = current_policy()
    assert policy.factor_steps == (timedelta(seconds=5), timedelta(seconds=10))
    assert policy.slow_steps[0] == timedelta(minutes=1)


@pytest.mark.parametrize(("days", "reason"), [(4, Reason.OLD_PASSWORD), (6, Reason.WRONG)])
def test_an_old_password_is_recognised_for_the_days_that_are_set(
    zoe: Person, attempt: Try, change_settings: Change, days: int, reason: Reason
) -> None:
    change_settings(former_known_days_count=5)
    set_password(zoe.id, "autre-velours-cerise-49", NOW, old=PASSWORD)
    refused = attempt.later(days=days)(PASSWORD).decision
    assert isinstance(refused, Refused)
    assert refused.exact is reason


@pytest.mark.parametrize(("days", "is_in"), [(2, True), (4, False)])
def test_a_mail_programs_place_is_known_for_the_days_that_are_set(
    attempt: Try, change_settings: Change, days: int, is_in: bool
) -> None:
    change_settings(place_known_days_count=3, account_after_count=2)
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    later = attempt.later(days=days)
    for number in range(2):
        later(f"wrong-{number}", address=ELSEWHERE)
    assert isinstance(later(PASSWORD, door="imap").decision, Granted) is is_in


def test_a_suspension_is_announced_with_the_notice_that_is_set(zoe: Person, load: Load) -> None:
    load("unusual", {"notice_h": 48})
    with pytest.raises(TooSoon) as refused:
        announce_suspension(zoe.id, NOW + timedelta(hours=47), "x", {}, NOW, by="Nadia")
    assert refused.value.data["hours"] == 48
    assert announce_suspension(zoe.id, NOW + timedelta(hours=48), "x", {}, NOW, by="Nadia")


def test_a_rule_of_the_second_factor_is_announced_on_the_days_that_are_set(zoe: Person, load: Load) -> None:
    load("factors", {"compulsory": [f"all={NOW.date() + timedelta(days=60)}"], "announced_days": ["60", "10"]})
    assert announce_rules(NOW - timedelta(days=1)) == 0
    assert announce_rules(NOW) == 1
    assert announce_rules(NOW + timedelta(days=49)) == 0
    assert announce_rules(NOW + timedelta(days=50)) == 1


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("access", {"wrong_memory_h": 25}),
        ("access", {"wrong_memory_h": 0}),
        ("access", {"spray_memory_s": 59}),
        ("access", {"wrong_memory_h": 1, "spray_memory_s": 3601}),
        ("access", {"factor_steps_s": []}),
        ("access", {"factor_steps_s": ["soon"]}),
        ("access", {"place_known_days_count": 91}),
        ("access", {"former_known_days_count": 0}),
        ("access", {"suspect_after_count": 0}),
        ("factors", {"announced_days": []}),
        ("factors", {"announced_days": ["0"]}),
        ("unusual", {"notice_h": 23}),
        ("unusual", {"look_again_s": 59}),
    ],
)
def test_what_would_break_a_promise_is_refused(load: Load, section: str, values: dict[str, object]) -> None:
    with pytest.raises(SettingsRefused, match=f"{section}. {list(values)[-1]}"):
        load(section, values)
