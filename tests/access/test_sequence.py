"""Whatever strangers fail at, in whatever order and from wherever, the owner is let in: by a device of theirs, a passkey or
an app password. Sequences of tries over `sign_in` itself, with a guard that trips early."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corneille.access.activate import prove_activation
from corneille.access.app_password import create_app_password
from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Granted, Refused
from corneille.access.models import SignInAttempt, WrongSecret
from corneille.access.passkey import add_passkey, offer_passkey
from corneille.access.passkey_sign_in import offer_sign_in, sign_in_with_passkey
from corneille.access.password import set_password
from corneille.access.recognise import recogniser
from corneille.access.reset import prove_reset
from corneille.access.sign_in import sign_in
from corneille.access.token_sign_in import sign_in_with_token
from corneille.access.unlock import prove_unlock
from corneille.people.find import Person

from .authenticator import Authenticator
from .conftest import ELSEWHERE, HOME, NOW, Try, add_teacher

ORIGIN = "https://localhost:8443"
FORMER, PASSWORD = "violon-lucarne-hamac-53", "panier-orage-kayak-27"
NAMES = ("zlefevre", "zoe.lefevre@ac-demonstration.test", "17E0501234ABC", "pdurand", "nobody", "personne")
WAYS = ("web", "imap", "submission", "dav", "step-up", "reset", "letter", "activation", "passkey", "token")
PLACES = (HOME, "192.0.2.200", ELSEWHERE, "203.0.113.5", "2001:db8::9")
"""The owner's own address, a neighbour's, and those of others."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One try of a stranger, who has neither the password nor anything else of the owner's."""

    way: str
    name: str
    address: str
    secret: str
    after_s: int


FAILURES = st.lists(
    st.builds(
        Failure,
        way=st.sampled_from(WAYS),
        name=st.sampled_from(NAMES),
        address=st.sampled_from(PLACES),
        secret=st.sampled_from(["Rentree2026!", "azerty", "guess 1", "guess 2", "AAAA-AAAA", FORMER]),
        after_s=st.sampled_from([0, 1, 50, 3600]),
    ),
    max_size=30,
)


@dataclass(slots=True)
class Owner:
    """What the owner has: a device, a passkey, a mail program with an app password."""

    person: Person
    key: Authenticator
    app_password: str
    device: str | None = field(default=None)

    def come(self, attempt: Try) -> dict[str, Outcome]:
        """Signs in by each, from home and elsewhere."""
        told: dict[str, Outcome] = {}
        for address in (HOME, ELSEWHERE):
            at = replace(attempt, address=address)
            by_device = at(PASSWORD, device=self.device)
            self.device = by_device.device or self.device
            told |= {
                f"device from {address}": by_device,
                f"passkey from {address}": self.show_passkey(at),
                f"app password from {address}": at(self.app_password, door="imap"),
            }
        return told

    def show_passkey(self, at: Try) -> Outcome:
        knock = Attempt("web", "", "", at.address, None, "Firefox", at.now, ORIGIN)
        asked = offer_sign_in(knock)
        assert asked is not None
        return sign_in_with_passkey(replace(knock, secret=self.key.get(asked)))


@pytest.fixture
def owner(change_settings: Callable[..., None], zoe: Person, attempt: Try) -> Owner:
    change_settings(argon2_memory_kib=8, argon2_passes_count=1, slow_after_count=2, account_after_count=3,
                    spray_after_count=2, declared_spray_after_count=2)  # fmt: skip
    paul = add_teacher("Paul", "Durand")
    for person in (zoe, paul):
        for password in (FORMER, PASSWORD):
            set_password(person.id, password, NOW)
    key = Authenticator(ORIGIN)
    options = offer_passkey(ORIGIN, zoe.id, zoe.identifier, zoe.display_name, NOW)
    assert options is not None
    add_passkey(ORIGIN, zoe.id, key.create(options), "", NOW)
    _id, secret = create_app_password(zoe.id, "téléphone", frozenset({"imap"}), NOW)
    owner = Owner(zoe, key, secret)
    owner.device = owner.show_passkey(attempt).device  # where a second proof is remembered
    return owner


def fail(failure: Failure, attempt: Try) -> Outcome:
    tried = Attempt(failure.way, failure.name, failure.secret, failure.address, None, "curl", attempt.now, ORIGIN)
    match failure.way:
        case "reset":
            return prove_reset(tried)
        case "letter":
            return prove_unlock(replace(tried, door="reset"), None)
        case "activation":
            return prove_activation(tried, None)
        case "passkey":
            return sign_in_with_passkey(replace(tried, door="web"))
        case "token":
            return sign_in_with_token(replace(tried, door="imap"), None)
        case _:
            return sign_in(tried)


@given(FAILURES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_failures_by_strangers_makes_the_owner_refused(
    owner: Owner, attempt: Try, failures: list[Failure]
) -> None:
    WrongSecret.objects.all().delete()
    SignInAttempt.objects.all().delete()
    at = attempt
    for failure in failures:
        at = at.later(seconds=failure.after_s)
        assert isinstance(fail(failure, at).decision, Refused)
    assert {name: told.decision for name, told in owner.come(at).items() if not isinstance(told.decision, Granted)} == {}
    recogniser.drain()
