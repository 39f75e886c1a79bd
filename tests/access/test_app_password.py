import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections

from corneille.access.app_password import (
    AppPasswordRefused,
    create_app_password,
    list_app_passwords,
    parse_app_password,
    revoke_app_password,
)
from corneille.access.decide import Granted, Refused
from corneille.access.hasher import Hasher
from corneille.access.reason import Reason
from corneille.kernel.refusal import Gone
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import NOW, PASSWORD, Try, add_teacher

MAIL = frozenset({"imap", "smtp"})


def make(person: Person, scopes: frozenset[str] = MAIL) -> tuple[int, str]:
    return create_app_password(person.id, "Thunderbird", scopes, NOW)


@pytest.mark.parametrize(
    "typed",
    [
        lambda text: text,
        lambda text: text.upper(),
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", ""),
        lambda text: f"  {text} ",
        lambda text: text.replace("o", "0").replace("l", "1").replace("b", "8"),
    ],
)
def test_it_opens_however_it_is_typed_and_costs_no_hash(
    attempt: Try, zoe: Person, current_hasher: Hasher, typed: Callable[[str], str]
) -> None:
    _, text = make(zoe)
    before = current_hasher.checked_count
    outcome = attempt(typed(text), door="imap")
    assert isinstance(outcome.decision, Granted)
    assert (outcome.account, outcome.scopes, outcome.device) == (zoe.id, MAIL, None)
    assert current_hasher.checked_count == before


def test_a_slowed_network_does_not_keep_an_app_password_out(attempt: Try, zoe: Person) -> None:
    _, text = make(zoe)
    for number in range(10):
        attempt(f"wrong {number}", door="imap")
    assert isinstance(attempt(text, door="imap").decision, Granted)


@pytest.mark.parametrize(
    ("door", "scopes", "reason"),
    [
        ("submission", frozenset({"imap"}), Reason.SCOPE),
        ("dav", MAIL, Reason.SCOPE),
        ("web", MAIL, Reason.APP_PASSWORD_HERE),
    ],
)
def test_it_opens_nothing_but_its_scope(
    attempt: Try, zoe: Person, door: str, scopes: frozenset[str], reason: Reason
) -> None:
    _, text = make(zoe, scopes)
    decision = attempt(text, door=door).decision
    assert isinstance(decision, Refused)
    assert decision.reason is reason


def test_it_is_worthless_once_revoked_and_says_so(attempt: Try, zoe: Person) -> None:
    made, text = make(zoe)
    revoke_app_password(zoe.id, made, NOW)
    revoke_app_password(zoe.id, made, NOW)
    decision = attempt(text, door="imap").decision
    assert isinstance(decision, Refused)
    assert decision.reason is Reason.REVOKED
    assert list_app_passwords(zoe.id) == []


def test_it_is_worthless_after_its_end(attempt: Try, zoe: Person) -> None:
    _, text = create_app_password(zoe.id, "x", MAIL, NOW, expires_at=NOW + timedelta(hours=1))
    assert isinstance(attempt(text, door="imap").decision, Granted)
    assert isinstance(attempt.later(hours=1)(text, door="imap").decision, Refused)


def test_it_is_one_accounts_alone(attempt: Try, zoe: Person) -> None:
    made, text = make(zoe)
    other = add_teacher("Marie", "Dupont")
    decision = attempt(text, door="imap", identifier=other.identifier).decision
    assert isinstance(decision, Refused)
    assert decision.reason is Reason.WRONG
    with pytest.raises(Gone):
        revoke_app_password(other.id, made, NOW)


def test_a_right_selector_with_another_secret_is_wrong(attempt: Try, zoe: Person) -> None:
    _, text = make(zoe)
    last = "a" if text[-1] != "a" else "b"
    assert isinstance(attempt(text[:-1] + last, door="imap").decision, Refused)


def test_its_last_use_is_written_every_ten_minutes_at_most(attempt: Try, zoe: Person) -> None:
    _, text = make(zoe)
    attempt(text, door="imap")
    attempt.later(minutes=9)(text, door="imap")
    shown = list_app_passwords(zoe.id)[0]
    assert (shown.last_used_at, shown.last_network_address) == (NOW, "192.0.2.7")
    attempt.later(minutes=10)(text, door="imap")
    assert list_app_passwords(zoe.id)[0].last_used_at == NOW + timedelta(minutes=10)


def test_nothing_kept_tells_it(ground: Ground, zoe: Person) -> None:
    _, text = make(zoe)
    connections.close_all()
    with sqlite3.connect(ground.data / "corneille.sqlite3") as database:
        dump = "\n".join(database.iterdump())
    database.close()
    secret = text.replace("-", "")[8:]
    assert secret not in dump
    assert secret.encode().hex() not in dump.lower()


@pytest.mark.parametrize("label", ["", "   ", "x" * 81, "two\r\nlines", "nul\0"])
def test_a_label_that_cannot_be_shown_is_refused(zoe: Person, label: str) -> None:
    with pytest.raises(AppPasswordRefused):
        create_app_password(zoe.id, label, MAIL, NOW)


@pytest.mark.parametrize("scopes", [frozenset(), frozenset({"imap", "web"})])
def test_a_scope_that_is_none_is_refused(zoe: Person, scopes: frozenset[str]) -> None:
    with pytest.raises(AppPasswordRefused):
        create_app_password(zoe.id, "x", scopes, NOW)


def test_a_main_password_that_looks_like_one_still_opens(attempt: Try) -> None:
    assert parse_app_password(PASSWORD) is None
    assert parse_app_password("a" * 24) == "a" * 24
    assert isinstance(attempt("a" * 24, door="imap").decision, Refused)
