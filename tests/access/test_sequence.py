"""Whatever strangers fail at, in whatever order and from wherever, the owner is let in: by a device of theirs, a passkey, an
app password, a second proof, or a new password. Strangers have the password, or not. Sequences of tries over the operations
themselves, with a guard that trips early."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pyotp
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corneille.access.activate import prove_activation
from corneille.access.app_password import create_app_password
from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Granted, Refused
from corneille.access.factor import begin_totp, confirm_totp, make_sheet
from corneille.access.models import Device, Factor, OneTimeCode, ResetAsked, SignInAttempt, WrongSecret
from corneille.access.passkey import add_passkey, offer_passkey
from corneille.access.passkey_sign_in import offer_sign_in, sign_in_with_passkey
from corneille.access.password import set_password
from corneille.access.recognise import recogniser
from corneille.access.recovery_contact import SEALED_CODE, import_contact
from corneille.access.reset import answer_resets, ask_reset, prove_reset
from corneille.access.second_step import offer_second_key, prove_second, send_second_code
from corneille.access.sign_in import sign_in
from corneille.access.token_sign_in import sign_in_with_token
from corneille.access.unlock import prove_unlock
from corneille.kernel.models import Notice
from corneille.kernel.outbox import list_due
from corneille.kernel.seal import unseal
from corneille.people.find import Person

from .authenticator import Authenticator
from .conftest import ELSEWHERE, HOME, NOW, Try, add_teacher

ORIGIN = "https://localhost:8443"
FORMER, PASSWORD = "violon-lucarne-hamac-53", "panier-orage-kayak-27"
NAMES = ("zlefevre", "zoe.lefevre@ac-demonstration.test", "17E0501234ABC", "pdurand", "nobody", "personne")
WITH_PASSWORD = ("totp", "recovery-code", "recovery-contact", "support-code", "webauthn", "second-code")
"""What a stranger tries who has typed the password: each kind of second proof, and to have a code sent."""
WAYS = ("web", "imap", "submission", "dav", "step-up", "reset", "ask", "letter", "activation", "passkey", "token",
        *WITH_PASSWORD)  # fmt: skip
AWAY = "100.64.7.7"
"""Where nobody was before, and nobody else is."""
PLACES = (HOME, "192.0.2.200", ELSEWHERE, "203.0.113.5", "2001:db8::9")
"""The owner's own address, a neighbour's, and those of others."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A try of a stranger, some times over; they have nothing of the owner's, at the second step the password."""

    way: str
    name: str
    address: str
    secret: str
    after_s: int
    times: int


FAILURES = st.lists(
    st.builds(
        Failure,
        way=st.sampled_from(WAYS),
        name=st.sampled_from(NAMES),
        address=st.sampled_from(PLACES),
        secret=st.sampled_from(["Rentree2026!", "azerty", "guess 1", "guess 2", "AAAA-AAAA", FORMER]),
        after_s=st.sampled_from([0, 1, 50, 3600]),
        times=st.sampled_from([1, 6]),
    ),
    max_size=14,
)


@dataclass(slots=True)
class Owner:
    """What the owner has: a device, a passkey, a mail program with an app password, an application for codes, and a mailbox
    elsewhere."""

    person: Person
    key: Authenticator
    app_password: str
    seed: str
    device: str | None = field(default=None)

    def come(self, attempt: Try) -> dict[str, Outcome | None]:
        """Signs in by each, from home and elsewhere; then as somebody who has forgotten the password, also from away."""
        away = replace(attempt, address=AWAY)
        told: dict[str, Outcome | None] = {
            "code from away": self.prove_reset(away, None),
            "code of the second step from away": self.prove_second(away, "recovery-contact", None),
            "key from away": self.prove_second(away, "webauthn", None),
        }
        at = attempt
        for address in (HOME, ELSEWHERE):
            at = replace(at.later(seconds=31), address=address)
            by_device = at(PASSWORD, device=self.device)
            self.device = by_device.device or self.device
            told |= {
                f"device from {address}": by_device,
                f"passkey from {address}": self.show_passkey(at),
                f"app password from {address}": at(self.app_password, door="imap"),
                f"application from {address}": self.prove_second(at, "totp", self.device),
                f"key from {address}": self.prove_second(at, "webauthn", self.device),
                f"code from {address}": self.prove_reset(at, self.device),
            }
        return told

    def ask(self, at: Try) -> None:
        """Has a code of both kinds sent, to type it later."""
        ask_reset(Attempt("reset", at.identifier, "", AWAY, None, "Firefox", at.now, ORIGIN))
        answer_resets(at.now)
        ticket = at(PASSWORD, address=AWAY).ticket
        assert ticket is not None
        assert send_second_code(ticket, Attempt("web", "", "", AWAY, None, "Firefox", at.now, ORIGIN))

    def prove_second(self, at: Try, kind: str, device: str | None) -> Outcome | None:
        """Where no second proof is remembered any more."""
        Device.objects.update(second_proof_at=None)
        ticket = at(PASSWORD, device=device).ticket
        assert ticket is not None
        knock = Attempt("web", "", "", at.address, device, "Firefox", at.now, ORIGIN)
        if kind == "webauthn":
            asked = offer_second_key(ticket, knock)
            assert asked is not None
            typed = self.key.get(asked)
        elif kind == "totp":
            typed = pyotp.TOTP(self.seed).at(at.now)
        else:
            send_second_code(ticket, knock)
            typed = self.read_code("second-code", at.now)
        outcome = prove_second(ticket, kind, replace(knock, secret=typed))
        if device is not None and outcome is not None:
            self.device = outcome.device or self.device
        Device.objects.update(second_proof_at=at.now)
        return outcome

    def prove_reset(self, at: Try, device: str | None) -> Outcome:
        """Asks for a code, and types one that is good."""
        knock = Attempt("reset", at.identifier, "", at.address, device, "Firefox", at.now, ORIGIN)
        ask_reset(knock)
        answer_resets(at.now)
        return prove_reset(replace(knock, secret=self.read_code("reset-code", at.now)))

    def read_code(self, code: str, now: datetime) -> str:
        """The first that is good and was not typed yet: what strangers do afterwards changes nothing of it."""
        sent = [each for each in list_due(now, 1000) if each.code == code]
        good = [each for each in sent if datetime.fromisoformat(str(each.data["good_until"])) > now]
        codes = [unseal(SEALED_CODE, str(each.data["sealed_code"])).decode() for each in good]
        Notice.objects.filter(code=code).delete()  # typing one uses the others up
        return codes[0] if codes else "none came"

    def show_passkey(self, at: Try) -> Outcome:
        knock = Attempt("web", "", "", at.address, None, "Firefox", at.now, ORIGIN)
        asked = offer_sign_in(knock)
        assert asked is not None
        return sign_in_with_passkey(replace(knock, secret=self.key.get(asked)))


@pytest.fixture
def owner(change_settings: Callable[..., None], zoe: Person, attempt: Try) -> Owner:
    change_settings(argon2_memory_kib=8, argon2_passes_count=1, slow_after_count=2, account_after_count=3,
                    spray_after_count=2, declared_spray_after_count=2, factor_after_count=2, totp_after_count=3,
                    asks_after_count=2)  # fmt: skip
    paul = add_teacher("Paul", "Durand")
    for person in (zoe, paul):
        for password in (FORMER, PASSWORD):
            set_password(person.id, password, NOW)
    key = Authenticator(ORIGIN)
    options = offer_passkey(ORIGIN, zoe.id, zoe.identifier, zoe.display_name, NOW)
    assert options is not None
    add_passkey(ORIGIN, zoe.id, key.create(options), "", NOW)
    _id, secret = create_app_password(zoe.id, "téléphone", frozenset({"imap"}), NOW)
    begun = begin_totp(zoe.id, zoe.identifier, NOW)
    confirm_totp(zoe.id, begun.id, pyotp.TOTP(begun.seed).at(NOW), "", NOW)
    make_sheet(zoe.id, "recovery-code", NOW)
    import_contact(zoe.id, "zoe@example.org", NOW - timedelta(days=400), actor="test")
    owner = Owner(zoe, key, secret, begun.seed)
    owner.device = owner.show_passkey(attempt).device  # where a second proof is remembered
    return owner


def fail_second(failure: Failure, attempt: Try) -> Outcome | None:
    """The stranger has the owner's password; None: a code was asked for."""
    outcome = attempt(PASSWORD, address=failure.address)
    if outcome.ticket is None:
        return outcome
    tried = Attempt("web", "", failure.secret, failure.address, None, "curl", attempt.now, ORIGIN)
    if failure.way == "second-code":
        assert send_second_code(outcome.ticket, tried)
        return None
    return prove_second(outcome.ticket, failure.way, tried)


def fail(failure: Failure, attempt: Try) -> Outcome | None:
    tried = Attempt(failure.way, failure.name, failure.secret, failure.address, None, "curl", attempt.now, ORIGIN)
    match failure.way:
        case "reset":
            return prove_reset(tried)
        case "ask":
            ask_reset(replace(tried, door="reset"))
            answer_resets(attempt.now)
            return None
        case way if way in WITH_PASSWORD:
            return fail_second(failure, attempt)
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
@example([Failure("ask", "zlefevre", ELSEWHERE, "", 50, 6)])
@example([Failure("reset", "zlefevre", ELSEWHERE, "AAAA-AAAA", 1, 6)])
@example([Failure("totp", "", ELSEWHERE, secret, 1, 1) for secret in ("azerty", "guess 1", "guess 2")])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_failures_by_strangers_makes_the_owner_refused(
    owner: Owner, attempt: Try, failures: list[Failure]
) -> None:
    for model in (WrongSecret, SignInAttempt, OneTimeCode, ResetAsked, Notice):
        model.objects.all().delete()
    Factor.objects.update(last_step=None)
    at = attempt
    owner.ask(at)
    for failure in failures:
        for _time in range(failure.times):
            at = at.later(seconds=failure.after_s)
            outcome = fail(failure, at)
            assert outcome is None or isinstance(outcome.decision, Refused)
    come = owner.come(at)
    assert {name: told for name, told in come.items() if told is None or not isinstance(told.decision, Granted)} == {}
    recogniser.drain()
