"""A compulsory factor binds mail programs too: told beforehand, refused with a way out; app passwords go on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from corneille.access.app_password import create_app_password
from corneille.access.decide import Granted, Refused
from corneille.access.factor_policy import announce_rules
from corneille.access.reason import Reason, WayOut
from corneille.kernel import settings
from corneille.kernel.outbox import list_notices
from corneille.notices.words import format_words
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import HOME, NOW, PASSWORD, Try

Set = Callable[..., None]


@pytest.fixture
def rule(ground: Ground) -> Set:
    def change(text: str, **access: object) -> None:
        where = {"data": str(ground.data)}
        settings.load(None, {}, ground=where, factors={"compulsory": (text,)}, access=access)

    return change


def test_a_mail_program_is_refused_once_the_grace_is_over_though_nobody_came_to_the_web(
    zoe: Person, attempt: Try, rule: Set
) -> None:
    rule(f"enseignant={NOW.date() + timedelta(days=20)}")
    assert isinstance(attempt.later(days=33)(PASSWORD, door="imap").decision, Granted)
    late = attempt.later(days=34)
    refused = late(PASSWORD, door="imap").decision
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.way_out[0]) == (Reason.FACTOR_NEEDED, WayOut.APP_PASSWORD)
    _id, secret = create_app_password(zoe.id, "téléphone", frozenset({"imap"}), late.now)
    assert isinstance(late(secret, door="imap").decision, Granted)


def test_the_announcement_says_from_when_programs_are_refused(zoe: Person, rule: Set) -> None:
    rule(f"enseignant={NOW.date() + timedelta(days=20)}")
    assert announce_rules(NOW) == 1
    told = list_notices(zoe.id, NOW)[0]
    words = format_words(told.code, told.data, "fr")
    assert "21 septembre 2026" in words.subject
    assert "Dès le 5 octobre 2026" in words.text
    assert "mot de passe d’application" in words.text


@pytest.mark.parametrize(
    ("text", "access"),
    [
        ("enseignant", {"main_password_for_mail_with_factor": True}),
        ("enseignant+application:portal", {}),
        ("enseignant+risk:unusual", {}),
    ],
)
def test_a_rule_that_binds_no_program_threatens_none(
    zoe: Person, attempt: Try, rule: Set, text: str, access: dict[str, object]
) -> None:
    rule(f"{text}={NOW.date() + timedelta(days=20)}", **access)
    assert announce_rules(NOW) == 1
    assert [each.code for each in list_notices(zoe.id, NOW)] == ["factor-announced"]
    assert isinstance(attempt.later(days=60)(PASSWORD, door="imap").decision, Granted)


def test_a_rule_for_the_outside_leaves_the_networks_of_the_academie_alone(zoe: Person, attempt: Try, rule: Set) -> None:
    rule(f"all+network:outside={NOW.date()}", declared_networks=(f"{HOME}/32",))
    late = attempt.later(days=60)
    assert isinstance(late(PASSWORD, door="imap").decision, Granted)
    assert isinstance(late(PASSWORD, door="imap", address="203.0.113.9").decision, Refused)
