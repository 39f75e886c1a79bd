"""What must happen before somebody goes on to a service."""

from datetime import UTC, datetime, timedelta

import pytest

from corneille.sso.decide import ONE_FACTOR, TWO_FACTORS, Proved, Step, Wanted, decide, name_methods, name_strength

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
PASSWORD = Proved(NOW - HOUR, {"password": NOW - HOUR})
BOTH = Proved(NOW - HOUR, {"password": NOW - HOUR, "totp": NOW - HOUR})
LATER = Proved(NOW, {"password": NOW, "totp": NOW - HOUR})
PASSKEY = Proved(NOW - HOUR, {"passkey": NOW - HOUR})


@pytest.mark.parametrize(
    ("wanted", "proved", "step"),
    [
        (Wanted(), PASSWORD, Step.GO),
        (Wanted(max_age=2 * HOUR), PASSWORD, Step.GO),
        (Wanted(max_age=HOUR / 2), PASSWORD, Step.PROVE_AGAIN),
        (Wanted(two_factors=True), PASSWORD, Step.SECOND_FACTOR),
        (Wanted(two_factors=True), BOTH, Step.GO),
        (Wanted(two_factors=True), PASSKEY, Step.GO),
        (Wanted(max_age=HOUR / 2, two_factors=True), BOTH, Step.SECOND_FACTOR),
        (Wanted(max_age=HOUR / 2, two_factors=True), LATER, Step.SECOND_FACTOR),
        (Wanted(max_age=2 * HOUR, two_factors=True), BOTH, Step.GO),
    ],
)
def test_the_proof_must_be_young_and_strong_enough(wanted: Wanted, proved: Proved, step: Step) -> None:
    assert decide(wanted, proved, has_factor=True, now=NOW) is step


def test_who_has_no_factor_is_told_so_instead_of_asked_for_one() -> None:
    assert decide(Wanted(two_factors=True), PASSWORD, has_factor=False, now=NOW) is Step.NO_FACTOR


@pytest.mark.parametrize(
    ("methods", "strength", "names"),
    [
        ({"password"}, ONE_FACTOR, ["pwd"]),
        ({"password", "totp"}, TWO_FACTORS, ["mfa", "otp", "pwd"]),
        ({"passkey"}, TWO_FACTORS, ["hwk", "mfa"]),
        ({"password", "recovery-contact"}, ONE_FACTOR, ["otp", "pwd"]),
    ],
)
def test_proofs_are_named_as_services_know_them(methods: set[str], strength: str, names: list[str]) -> None:
    assert (name_strength(frozenset(methods)), name_methods(frozenset(methods))) == (strength, names)
