"""Every duration that the register promises has a purge that honours it: the old goes, the young stays."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Model

from corneille.access.models import (
    Contained,
    Device,
    FormerPassword,
    OneTimeCode,
    RecoveryContact,
    ResetAsked,
    RightDecided,
    SignInAttempt,
    WebSession,
    WrongSecret,
)
from corneille.calendar.models import Calendar, Change
from corneille.classes.models import SchoolClass
from corneille.documents.models import SharedDocument
from corneille.kernel.journal import append
from corneille.kernel.journal_seal import seal_months
from corneille.kernel.keeping import Purge
from corneille.kernel.models import Notice
from corneille.kernel.settings import load
from corneille.notices.models import Delivered, Post, Service
from corneille.people.find import Person
from corneille.privacy.models import Export, PurgeRun
from corneille.privacy.purge import PURGES, list_purges, run_purge
from corneille.privacy.register import REGISTER
from corneille.protection.models import Incident
from corneille.sso.models import Client, Logout, SignOn
from corneille.support.models import HelpAsked, SheetOpening, SupportRequest
from corneille.transport.models import SentCount, SentLetter
from tests.mail.letter import NOON as NOW

Make = Callable[[Person, datetime, str], object]
"""Makes one row that has been over since an instant; the text tells rows apart."""


def _session(person: Person, at: datetime, mark: str) -> None:
    WebSession.objects.create(
        session_key=mark, account_id=person.id, network_address="192.0.2.1", started_at=at, last_seen_at=at
    )
    Session.objects.create(session_key=mark, session_data="", expire_date=at)


def _change(person: Person, at: datetime, mark: str) -> None:
    told = {"name": "a", "colour": "#123456", "made_at": at}
    calendar, _ = Calendar.objects.get_or_create(owner_id=person.id, uai="", slug="a", defaults=told)
    Change.objects.create(calendar=calendar, name=mark, sequence=1, is_gone=True, at=at)


def _client() -> Client:
    client, _ = Client.objects.get_or_create(client_id="notes", defaults={"name": "Notes", "made_at": NOW})
    assert isinstance(client, Client)
    return client


def _post(_person: Person, at: datetime, mark: str) -> None:
    service, _ = Service.objects.get_or_create(slug="mina", defaults={"selector": "x", "mac": b"", "made_at": at})
    Post.objects.create(service=service, key=mark, severity="info", content=b"", posted_at=at)


def _token(person: Person, at: datetime, mark: str) -> None:
    told = {"user_id": person.id, "application": _client(), "expires": at}
    access = apps.get_model("oauth2_provider.AccessToken").objects.create(token=mark, **told)
    apps.get_model("oauth2_provider.RefreshToken").objects.create(
        user_id=person.id, application=_client(), token=mark, access_token=access
    )
    apps.get_model("oauth2_provider.IDToken").objects.create(**told)
    apps.get_model("oauth2_provider.Grant").objects.create(code=mark, **told)


def _of(model: type[Model], field: str, **more: object) -> Make:
    """One row of a model, whose age is in `field`; a value "mark" is what tells rows apart."""

    def make(person: Person, at: datetime, mark: str) -> None:
        told = {name: {"mark": mark, "person": person.id, "at": at}.get(str(value), value) for name, value in more.items()}
        model._default_manager.create(**told, **{field: at})

    return make


CASES: Mapping[str, tuple[timedelta, Make]] = {
    # code: how long it is kept by the settings as they are shipped, and how a row that is over is made
    "codes": (
        timedelta(days=90),
        _of(OneTimeCode, "expires_at", account_id="person", purpose="mark", mac=b"", made_at=NOW, tries_left=1),
    ),
    "codes-asked": (timedelta(days=1), _of(ResetAsked, "asked_at", account="person", is_answered=True)),
    "contacts": (
        timedelta(days=90), _of(RecoveryContact, "dropped_at", account_id="person", address="a@b.example", added_at=NOW)
    ),
    "former-passwords": (
        timedelta(days=30), _of(FormerPassword, "ended_at", account_id="person", argon2="", serial=1, digest=b"12345")
    ),
    "attempts": (
        timedelta(days=389),
        _of(SignInAttempt, "at", account_id="person", reference="A", door="web", network_address="", decision="granted"),
    ),
    "wrong-secrets": (
        timedelta(hours=24), _of(WrongSecret, "at", subject="mark", source="n1", digest=b"12345", serial=1)
    ),
    "sessions": (timedelta(), _session),
    "devices": (timedelta(days=400), _of(Device, "last_seen_at", account_id="person", secret_mac=b"", created_at=NOW)),
    "containments": (
        timedelta(days=389), _of(Contained, "ended_at", account_id="person", step="x", reason="x", started_at=NOW, by="x")
    ),
    "rights": (
        timedelta(days=389),
        _of(RightDecided, "until_on", scope="account/1", right="imap", is_allowed=False, reason="x", by="x",
            from_on=NOW.date(), made_at=NOW),
    ),
    "sign-ons": (
        timedelta(days=365),
        lambda person, at, mark: SignOn.objects.create(
            client=_client(), account_id=person.id, session_key="x", at=at, proved_at=at, methods=[], code=mark, token=mark
        ),
    ),
    "logouts": (
        timedelta(days=1),
        lambda person, at, mark: Logout.objects.create(
            client=_client(), account_id=person.id, sid=mark, made_at=at, next_at=at
        ),
    ),
    "tokens": (timedelta(), _token),
    "classes": (
        timedelta(),  # its last day is written in its row
        lambda person, at, mark: SchoolClass.objects.create(owner_id=person.id, label=mark, uai="x", until_on=at.date()),
    ),
    "documents": (
        timedelta(days=30),
        lambda person, at, mark: SharedDocument.objects.create(
            owner_id=person.id, name=mark, letter=mark, digest="", filename="x", size_bytes=1, shared_at=at,
            until_on=at.date(),
        ),
    ),
    "sent-letters": (
        timedelta(days=30),
        _of(SentLetter, "sent_at", writer="person", key="mark", message_id="x", recipients="[]", claimed_until=NOW),
    ),
    "sent-counts": (timedelta(hours=24), _of(SentCount, "at", writer="person", recipients_count=1)),
    "posts": (timedelta(days=180), _post),
    "channels": (timedelta(days=180), _of(Delivered, "at", notice=1, channel="mark")),
    "removals": (timedelta(days=365), _change),
    "requests": (
        timedelta(days=365),
        _of(SupportRequest, "over_at", account_id="person", matter="other", state="closed", level="academie",
            first_level="academie", level_since_at=NOW, opened_at=NOW, state_since_at=NOW, diagnosis={}),
    ),
    "asked-unproved": (
        timedelta(),  # an hour, which is less than EPSILON: `tests/support/test_unproved.py` has its edge
        _of(HelpAsked, "asked_at", account="person", network="192.0.2.0/24", filed_at=NOW),
    ),
    "sheets": (timedelta(days=1), _of(SheetOpening, "at", account_id="person", agent_id="person", way="reason")),
    "incidents": (timedelta(days=180), _of(Incident, "closed_at", title="x", opened_at=NOW)),
    "exports": (
        timedelta(),  # its last day is written in its row
        _of(Export, "expires_at", account_id="person", name="mark", state="failed", asked_at=NOW),
    ),
    "journal": (timedelta(days=389), lambda person, at, mark: append(mark, actor="cli", subject=None, data={}, now=at)),
    "told": (timedelta(days=389), _of(Notice, "told_at", account="person", code="x", key="mark", at=NOW, due_at=NOW)),
}  # fmt: skip
EPSILON = timedelta(days=1)


def test_every_duration_has_a_purge_and_every_purge_a_test() -> None:
    assert [each.code for each in REGISTER if each.find_length is not None and not each.purges] == []
    assert {each.code for each in PURGES} == set(CASES)
    assert len({each.code for each in PURGES}) == len(PURGES)


@pytest.mark.parametrize("purge", PURGES, ids=lambda purge: purge.code)
def test_the_old_goes_and_the_young_stays(zoe: Person, paul: Person, purge: Purge) -> None:
    kept_for, make = CASES[purge.code]
    SignInAttempt.objects.all().delete()
    rows = apps.get_model(purge.model)._default_manager.filter(**purge.among)
    made = []
    for person, at, mark in ((zoe, NOW - kept_for - EPSILON, "old"), (paul, NOW - kept_for + EPSILON, "young")):
        before = set(rows.values_list("pk", flat=True))
        make(person, at, mark)
        (row,) = set(rows.values_list("pk", flat=True)) - before
        made.append(row)
    seal_months(NOW)
    old, young = made
    assert run_purge(purge, NOW) >= 1
    left = set(rows.values_list("pk", flat=True))
    assert old not in left
    assert young in left
    assert run_purge(purge, NOW) == 0
    shown = next(each for each in list_purges(NOW) if each.purge.code == purge.code)
    assert (shown.ran_at, shown.removed_count, shown.is_late) == (NOW, 0, False)
    assert shown.recent_count >= 1
    if kept_for:
        assert shown.oldest_at is not None


def test_runs_that_find_nothing_are_one_line_and_a_purge_that_does_not_run_is_late(zoe: Person) -> None:
    purge = next(each for each in PURGES if each.code == "sent-counts")
    assert all(each.is_late and each.ran_at is None for each in list_purges(NOW))
    for hours in range(5):
        run_purge(purge, NOW + timedelta(hours=hours))
    assert PurgeRun.objects.count() == 1
    SentCount.objects.create(writer=zoe.id, at=NOW, recipients_count=1)
    assert run_purge(purge, NOW + timedelta(days=2)) == 1
    run_purge(purge, NOW + timedelta(days=2, hours=1))
    assert list(PurgeRun.objects.order_by("pk").values_list("removed_count", flat=True)) == [0, 1, 0]
    later = {each.purge.code: each for each in list_purges(NOW + timedelta(days=4))}["sent-counts"]
    assert later.is_late
    assert later.recent_count == 1


def test_a_session_in_use_stays_listed(zoe: Person) -> None:
    _session(zoe, NOW, "open")
    Session.objects.filter(session_key="open").update(expire_date=NOW + timedelta(days=14))
    WebSession.objects.filter(session_key="open").update(last_seen_at=NOW - timedelta(days=3))
    purge = next(each for each in PURGES if each.code == "sessions")
    assert run_purge(purge, NOW) == 0
    assert WebSession.objects.filter(session_key="open").exists()


def test_a_shorter_setting_is_obeyed_at_once(zoe: Person) -> None:
    purge = next(each for each in PURGES if each.code == "sent-letters")
    CASES["sent-letters"][1](zoe, NOW - timedelta(days=8), "old")
    assert run_purge(purge, NOW) == 0
    load(None, {}, transport={"sent_letter_days": 7})
    assert run_purge(purge, NOW) == 1


def test_nothing_that_a_service_was_given_outlives_its_time(zoe: Person) -> None:
    _token(zoe, NOW - timedelta(seconds=1), "old")
    _token(zoe, NOW + timedelta(seconds=1), "young")
    purge = next(each for each in PURGES if each.code == "tokens")
    assert run_purge(purge, NOW) == 4
    for name in ("AccessToken", "RefreshToken", "IDToken", "Grant"):
        assert apps.get_model(f"oauth2_provider.{name}").objects.count() == 1
