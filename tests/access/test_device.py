from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corneille.access.device import find_device, is_home, renew_device
from corneille.access.models import Device
from corneille.access.password import set_password
from corneille.access.recovery_contact import SETTLED
from corneille.kernel.settings import SettingsRefused
from corneille.people.find import Person

from .conftest import NOW, PASSWORD, Try, add_teacher


def test_a_web_sign_in_makes_the_device_known(attempt: Try, zoe: Person) -> None:
    cookie = attempt(PASSWORD).device
    assert find_device(cookie, zoe.id, NOW) is not None
    assert attempt(PASSWORD, door="imap").device is None
    assert attempt("wrong").device is None


def test_the_cookie_changes_at_each_sign_in_and_the_device_stays_one(attempt: Try, zoe: Person) -> None:
    first = attempt(PASSWORD).device
    second = attempt(PASSWORD, device=first).device
    third = attempt(PASSWORD, device=second).device
    assert len({first, second, third}) == 3
    assert Device.objects.count() == 1
    assert find_device(third, zoe.id, NOW) is not None
    assert find_device(second, zoe.id, NOW) is not None, "the answer that carried the third may have been lost"
    assert find_device(first, zoe.id, NOW) is None


def test_a_cookie_proves_nothing_for_somebody_else(attempt: Try, zoe: Person) -> None:
    other = add_teacher("Marie", "Dupont")
    cookie = attempt(PASSWORD).device
    assert cookie is not None
    assert find_device(cookie, other.id, NOW) is None
    forged = cookie.replace(f"{zoe.id}:", f"{other.id}:", 1)
    assert find_device(forged, other.id, NOW) is None


def test_one_browser_is_known_to_several_people_and_forgets_the_sixth(attempt: Try, zoe: Person) -> None:
    people = [zoe, *(add_teacher("Marie", "Dupont") for _ in range(5))]
    cookie = None
    for person in people[1:]:
        set_password(person.id, PASSWORD, NOW)
    for person in people:
        cookie = attempt(PASSWORD, identifier=person.identifier, device=cookie).device
    known = [find_device(cookie, person.id, NOW) is not None for person in people]
    assert known == [False, True, True, True, True, True]


def test_a_device_that_did_not_come_for_long_is_no_longer_known(attempt: Try, zoe: Person) -> None:
    cookie = attempt(PASSWORD).device
    assert find_device(cookie, zoe.id, NOW + timedelta(days=399)) is not None
    assert find_device(cookie, zoe.id, NOW + timedelta(days=401)) is None


def test_a_device_is_its_owners_after_as_many_days_as_are_set(
    attempt: Try, zoe: Person, change_settings: Callable[..., None]
) -> None:
    device = find_device(attempt(PASSWORD).device, zoe.id, NOW)
    assert [is_home(device, NOW + timedelta(days=days)) for days in (8, 29, 30)] == [False, False, True]
    change_settings(home_days_count=60)
    assert not is_home(device, NOW + timedelta(days=59))
    assert not is_home(None, NOW)


def test_a_device_is_nobodys_home_before_contacts_are_settled(change_settings: Callable[..., None]) -> None:
    with pytest.raises(SettingsRefused, match=rf"home_days_count wants {SETTLED.days}"):
        change_settings(home_days_count=SETTLED.days - 1)


@pytest.mark.parametrize("cookie", [None, "", "::", "1:1:", "1:1:é", "1:999999999999999999999:AAAA", "1:1:A", "." * 5000])
def test_a_broken_cookie_is_no_device(zoe: Person, cookie: str | None) -> None:
    assert find_device(cookie, zoe.id, NOW) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(cookie=st.text(max_size=500))
def test_no_cookie_raises(zoe: Person, cookie: str) -> None:
    assert find_device(cookie, zoe.id, NOW) is None


def test_a_new_cookie_keeps_other_peoples_tokens_as_they_were(zoe: Person) -> None:
    other = add_teacher("Marie", "Dupont")
    first = renew_device(None, zoe.id, None, "", NOW)
    both = renew_device(first, other.id, None, "", NOW)
    assert both.endswith(first)
