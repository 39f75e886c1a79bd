"""Dates by account type, alerts long before, a soft landing after; nobody is ever surprised."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from corneille.access.decide import Granted, Refused
from corneille.access.facts import PasswordAge
from corneille.access.models import Password, WrongSecret
from corneille.access.password import PasswordRefused, set_password
from corneille.access.password_life import alert_owners, apply_policy, find_life
from corneille.access.reason import Reason, Restriction
from corneille.access.recognise import recogniser
from corneille.access.restriction import list_restrictions
from corneille.kernel import clock, settings
from corneille.kernel.outbox import list_notices
from corneille.notices.told_by_code import TOLD
from corneille.notices.words import format_words
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import NOW, PASSWORD, Try

NEW = "panier-orage-kayak-27"


def expire(person: Person, **ago: float) -> None:
    Password.objects.filter(pk=person.id).update(expires_at=NOW - timedelta(**ago))


def codes(person: Person, **later: float) -> list[str]:
    return [notice.code for notice in list_notices(person.id, NOW + timedelta(**later))]


@pytest.fixture
def everybody(ground: Ground) -> Callable[[str], None]:
    def rule(text: str) -> None:
        settings.load(None, {}, ground={"data": str(ground.data)}, passwords={"renewal_months": (text,)})

    return rule


def test_a_teacher_has_no_date_and_support_has_one_within_a_year(zoe: Person) -> None:
    nadia = add_person(NewPerson(AccountType.SUPPORT, "Nadia", "Benali", NOW))
    set_password(nadia.id, PASSWORD, NOW)
    assert find_life(zoe.id, NOW).expires_at is None  # type: ignore[union-attr]
    expires_at = find_life(nadia.id, NOW).expires_at  # type: ignore[union-attr]
    assert expires_at is not None
    assert timedelta(days=360 - 28) <= expires_at - NOW <= timedelta(days=360)


def test_a_school_that_set_its_passwords_one_morning_does_not_expire_on_one_morning(
    zoe: Person, everybody: Callable[[str], None]
) -> None:
    everybody("all=12")
    people = [add_person(NewPerson(AccountType.TEACHER, "Marie", "Dupont", NOW)) for _ in range(30)]
    for person in people:
        set_password(person.id, PASSWORD, NOW)
    assert len({find_life(person.id, NOW).expires_at for person in people}) > 10  # type: ignore[union-attr]


def test_a_rule_that_begins_today_leaves_everybody_time_for_every_alert(
    zoe: Person, everybody: Callable[[str], None]
) -> None:
    everybody("all=1")
    later = NOW + timedelta(days=400)
    assert apply_policy(later) == 1
    expires_at = find_life(zoe.id, later).expires_at  # type: ignore[union-attr]
    assert expires_at is not None
    assert expires_at - later >= timedelta(days=35)
    everybody("support=12")
    assert apply_policy(later) == 1
    assert find_life(zoe.id, later).expires_at is None  # type: ignore[union-attr]


def test_a_policy_that_is_shortened_draws_old_dates_nearer_and_lets_every_alert_come_before(
    zoe: Person, everybody: Callable[[str], None]
) -> None:
    everybody("all=12")
    set_password(zoe.id, NEW, NOW)
    before = find_life(zoe.id, NOW).expires_at  # type: ignore[union-attr]
    everybody("all=6")
    later = NOW + timedelta(days=30)
    assert apply_policy(later) == 1
    expires_at = find_life(zoe.id, NOW).expires_at  # type: ignore[union-attr]
    assert expires_at is not None
    assert before is not None
    assert timedelta(days=180) <= expires_at - NOW <= timedelta(days=208) < before - NOW
    assert apply_policy(later + timedelta(days=1)) == 0, "what it drew stays"


def test_a_policy_that_is_shortened_to_what_is_over_leaves_the_notice_of_a_new_one(
    zoe: Person, everybody: Callable[[str], None]
) -> None:
    everybody("all=12")
    set_password(zoe.id, NEW, NOW)
    everybody("all=1")
    later = NOW + timedelta(days=200)
    assert apply_policy(later) == 1
    expires_at = find_life(zoe.id, later).expires_at  # type: ignore[union-attr]
    assert expires_at is not None
    assert timedelta(days=35) <= expires_at - later <= timedelta(days=63)
    assert alert_owners(later) == 0, "the first alert is still to come"
    assert [apply_policy(later + timedelta(days=days)) for days in range(1, 35)] == [0] * 34


def test_each_alert_is_given_once_then_the_date_then_the_end_of_the_soft_landing(zoe: Person) -> None:
    Password.objects.filter(pk=zoe.id).update(expires_at=NOW + timedelta(days=40))
    told: list[tuple[int, str]] = []
    for day in range(60):
        for _hour in range(2):
            alert_owners(NOW + timedelta(days=day))
        fresh = list_notices(zoe.id, NOW + timedelta(days=day))
        if len(fresh) > len(told):
            told.append((40 - day, fresh[0].code))
    assert told == [
        (30, "password-expiry"), (15, "password-expiry"), (7, "password-expiry"), (3, "password-expiry"),
        (1, "password-expiry"), (0, "password-soft"), (-14, "password-past"),
    ]  # fmt: skip


def test_an_outage_on_the_day_of_an_alert_makes_it_late_and_not_missing(zoe: Person) -> None:
    Password.objects.filter(pk=zoe.id).update(expires_at=NOW + timedelta(days=6))
    alert_owners(NOW)
    assert codes(zoe) == ["password-expiry"]


def test_in_the_soft_landing_mail_is_read_and_sending_asks(zoe: Person, attempt: Try) -> None:
    expire(zoe, days=1)
    web = attempt(PASSWORD).decision
    assert isinstance(web, Granted)
    assert Restriction.CHANGE_PASSWORD in web.restrictions
    assert Restriction.CHANGE_PASSWORD_FIRST not in web.restrictions
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    sending = attempt(PASSWORD, door="submission").decision
    assert isinstance(sending, Refused)
    assert sending.reason is Reason.SOFT_LANDING


def test_after_it_the_web_asks_first_and_mail_programs_go_on_reading(zoe: Person, attempt: Try) -> None:
    expire(zoe, days=15)
    assert Restriction.CHANGE_PASSWORD_FIRST in list_restrictions(zoe.id, NOW)
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    set_password(zoe.id, NEW, NOW)
    assert list_restrictions(zoe.id, NOW) == {Restriction.ENROL_FACTOR}, "an offer, nothing more"
    assert find_life(zoe.id, NOW).age is PasswordAge.FRESH  # type: ignore[union-attr]


@pytest.mark.parametrize("age", range(1, 6))
def test_the_last_five_are_not_taken_again(zoe: Person, age: int) -> None:
    words = ["violon", "galet", "kayak", "pivoine", "hamac", "tracteur"]
    for number, word in enumerate(words):
        set_password(zoe.id, f"{word}-orage-lucarne-{number}9", NOW)
    with pytest.raises(PasswordRefused) as refused:
        set_password(zoe.id, f"{words[-age]}-orage-lucarne-{len(words) - age}9", NOW)
    assert refused.value.reasons == ("former",)


def test_one_that_was_stolen_elsewhere_is_not_taken(zoe: Person) -> None:
    with pytest.raises(PasswordRefused) as refused:
        set_password(zoe.id, "correcthorsebatterystaple", NOW)
    assert refused.value.reasons == ("leaked",)


def test_the_owner_is_told_of_a_change(zoe: Person) -> None:
    set_password(zoe.id, NEW, NOW)
    assert codes(zoe) == ["password-changed"]


def test_an_old_password_on_a_phone_counts_for_nothing_and_its_owner_is_told_once(zoe: Person, attempt: Try) -> None:
    set_password(zoe.id, NEW, NOW, old=PASSWORD)
    phone = replace(attempt, door="imap")
    told = [phone(PASSWORD) for _ in range(20)]
    assert {outcome.decision.reason for outcome in told} == {Reason.WRONG}  # type: ignore[union-attr]
    assert {outcome.decision.exact for outcome in told} == {Reason.OLD_PASSWORD}  # type: ignore[union-attr]
    assert codes(zoe).count("old-password-in-use") == 1
    for number in range(4):
        attempt(f"wrong {number}")
    assert isinstance(attempt(NEW).decision, Granted)


def test_after_a_reset_the_old_password_is_recognised_once_it_was_compared(zoe: Person, attempt: Try) -> None:
    now = clock.now()
    set_password(zoe.id, NEW, now)
    phone = replace(attempt, door="imap", now=now)
    assert phone(PASSWORD).decision.exact is Reason.WRONG  # type: ignore[union-attr]
    recogniser.drain()
    assert phone(PASSWORD).decision.exact is Reason.OLD_PASSWORD  # type: ignore[union-attr]
    assert WrongSecret.objects.count() == 0


def test_an_old_password_typed_on_the_web_after_a_reset_counts_for_nothing_and_its_owner_alone_is_told(
    zoe: Person, attempt: Try
) -> None:
    set_password(zoe.id, NEW, NOW)
    attempt(PASSWORD)
    recogniser.drain()
    again = attempt(PASSWORD)
    assert (again.decision.reason, again.decision.exact) == (Reason.WRONG, Reason.OLD_PASSWORD)  # type: ignore[union-attr]
    assert WrongSecret.objects.count() == 0
    for number in range(4):
        attempt(f"wrong {number}")
    assert isinstance(attempt(NEW).decision, Granted)
    told = [each for each in list_notices(zoe.id, NOW) if each.code.startswith("old-password")]
    assert [each.code for each in told] == ["old-password-typed"]
    assert "ancien mot de passe" in format_words(told[0].code, told[0].data, "fr").subject
    assert TOLD["old-password-typed"].is_for_home_alone
