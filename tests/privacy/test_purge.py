"""Purges: each declared delay has one, what is too old goes and nothing else, and the report says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError

from corneille.access import forget
from corneille.access.models import AppPassword, Contained, Device, Factor, OneTimeCode, RecoveryContact, WebSession
from corneille.kernel.keeping import Purge, Retention
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.people.find import Person
from corneille.privacy.models import PurgeDay
from corneille.privacy.purge import list_reports, run_purges
from corneille.privacy.register import REGISTER
from corneille.privacy.review import review
from corneille.run.ground import Ground

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
LONG_AGO, LATELY = datetime(2025, 9, 30, tzinfo=UTC), datetime(2025, 11, 2, tzinfo=UTC)
"""Before the oldest month that a journal of twelve months keeps, and in it."""


@pytest.fixture
def zoe(ground: Ground) -> Person:
    add_domain("ac-demonstration.test", principal=True, now=NOW)
    return add_person(NewPerson(AccountType.TEACHER, "Zoé", "Martin", now=NOW))


def test_every_delay_has_a_purge_and_every_purge_one_name() -> None:
    assert [each.code for each in REGISTER if each.find_length is not None and not each.purges] == []
    codes = [purge.code for each in REGISTER for purge in each.purges]
    assert len(codes) == len(set(codes))


def add_contact(zoe: Person, at: datetime) -> None:
    RecoveryContact.objects.create(account_id=zoe.id, address=f"{at:%Y}@x.test", added_at=at, dropped_at=at)


def add_factor(zoe: Person, at: datetime) -> None:
    Factor.objects.create(account_id=zoe.id, kind="totp", added_at=at, confirmed_at=at, dropped_at=at)


def add_app_password(zoe: Person, at: datetime) -> None:
    AppPassword.objects.create(
        account_id=zoe.id, created_at=at, revoked_at=at, selector=f"{at:%Y%m%d}", key_id=1, mac=b"x", label="x", scopes="x"
    )


def add_device(zoe: Person, at: datetime) -> None:
    Device.objects.create(account_id=zoe.id, created_at=at, last_seen_at=at, forgotten_at=at, secret_mac=b"x")


def add_containment(zoe: Person, at: datetime) -> None:
    Contained.objects.create(account_id=zoe.id, step="ask-factor", reason="x", started_at=at, by="guard", ended_at=at)


@pytest.mark.parametrize(
    ("add", "model"),
    [(add_contact, RecoveryContact), (add_factor, Factor), (add_app_password, AppPassword), (add_device, Device),
     (add_containment, Contained)],
)  # fmt: skip
def test_what_has_ended_goes_with_the_journal(zoe: Person, add: Callable[[Person, datetime], None], model: type) -> None:
    add(zoe, LONG_AGO)
    add(zoe, LATELY)
    assert forget.forget_ended(NOW) == 1
    assert model.objects.count() == 1  # type: ignore[attr-defined]


def test_what_has_not_ended_stays_however_old(zoe: Person) -> None:
    Contained.objects.create(account_id=zoe.id, step="suspend", reason="x", started_at=LONG_AGO, by="Nadia Benali")
    RecoveryContact.objects.create(account_id=zoe.id, address="a@x.test", added_at=LONG_AGO)
    assert forget.forget_ended(NOW) == 0


def test_sessions_go_when_they_are_over_with_what_is_known_of_them(zoe: Person) -> None:
    for key, ends_at in (("old", NOW - timedelta(seconds=1)), ("open", NOW + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends_at)
        WebSession.objects.create(account_id=zoe.id, session_key=key, started_at=LATELY, last_seen_at=LATELY)
    assert forget.forget_sessions(NOW) == 1
    assert [row.session_key for row in WebSession.objects.all()] == ["open"]


def test_codes_go_a_month_after_they_ran_out(zoe: Person) -> None:
    for age_days in (29, 31):
        at = NOW - timedelta(days=age_days)
        OneTimeCode.objects.create(
            account_id=zoe.id, purpose=f"{age_days}", made_at=at, expires_at=at, mac=b"x", tries_left=0
        )
    assert forget.forget_codes(NOW) == 1


def declared(*works: Callable[[datetime], int]) -> tuple[Retention, ...]:
    purges = tuple(Purge(f"purge-{number}", work) for number, work in enumerate(works))
    return (replace(REGISTER[0], purges=purges),)


def test_one_that_fails_is_noted_and_holds_up_no_other(ground: Ground) -> None:
    def fail(_now: datetime) -> int:
        raise OperationalError("disk I/O error")

    assert run_purges(NOW, declared(fail, lambda _now: 3)) == 3
    assert run_purges(NOW + timedelta(hours=1), declared(fail, lambda _now: 4)) == 4
    told = {row.code: (row.removed_count, row.fault, row.last_at) for row in PurgeDay.objects.all()}
    assert told == {
        "purge-0": (0, "OperationalError: disk I/O error", NOW + timedelta(hours=1)),
        "purge-1": (7, "", NOW + timedelta(hours=1)),
    }


def test_the_report_counts_today_and_thirty_days_and_forgets_after_a_year(zoe: Person) -> None:
    Contained.objects.create(account_id=zoe.id, step="x", reason="x", started_at=LONG_AGO, by="guard", ended_at=LONG_AGO)
    assert {each.last_at for each in list_reports(NOW)} == {None}
    assert run_purges(NOW) == 1
    later = NOW + timedelta(days=2)
    run_purges(later)
    ended = next(each for each in list_reports(later) if each.code == "ended")
    assert (ended.today_count, ended.month_count, ended.fault, ended.last_at) == (0, 1, "", later)
    run_purges(NOW + timedelta(days=400))
    assert PurgeDay.objects.filter(on__lt=later.date()).count() == 0


def test_the_review_is_the_officers_alone(zoe: Person) -> None:
    officer = add_person(NewPerson(AccountType.DATA_PROTECTION, "Ada", "Petit", now=NOW))
    register, reports = review(officer.id, NOW)
    assert register == REGISTER
    assert {each.code for each in reports} >= {"attempts", "journal", "sessions"}
    with pytest.raises(Gone):
        review(zoe.id, NOW)
