from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.access.decide import (
    WAYS_OUT,
    Facts,
    Granted,
    NeedsFactor,
    Policy,
    Proof,
    Reason,
    Refused,
    count_allowed,
    decide,
    find_slowed_until,
)

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
POLICY = Policy()
MAIL = frozenset({"imap", "smtp"})


def wrong(count: int, ago: timedelta = timedelta()) -> tuple[datetime, ...]:
    return (NOW - ago,) * count


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts("web", Proof.PENDING), NeedsFactor(("password",), "not-proved")),
        (Facts("web", Proof.PASSWORD, is_known=True), Granted(frozenset({"password"}))),
        (Facts("imap", Proof.PASSWORD, is_known=True), Granted(frozenset({"password"}))),
        (Facts("imap", Proof.APP_PASSWORD, is_known=True, scopes=MAIL), Granted(frozenset({"app-password"}))),
        (
            Facts("submission", Proof.APP_PASSWORD, is_known=True, scopes=MAIL, wrong_at=wrong(50)),
            Granted(frozenset({"app-password"})),
        ),
    ],
)
def test_what_is_let_in_or_goes_on(facts: Facts, expected: object) -> None:
    assert decide(facts, POLICY, NOW) == expected


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (Facts("web", Proof.PENDING, is_input_sound=False), Reason.BAD_INPUT),
        (Facts("web", Proof.WRONG, is_known=True), Reason.WRONG),
        (Facts("web", Proof.WRONG), Reason.WRONG),
        (Facts("web", Proof.PENDING, wrong_at=wrong(5)), Reason.SLOWED),
        (Facts("web", Proof.PENDING, is_busy=True), Reason.BUSY),
        (Facts("web", Proof.PASSWORD, is_known=True, state="suspended"), Reason.SUSPENDED),
        (Facts("web", Proof.PASSWORD, is_known=True, state="to_activate"), Reason.TO_ACTIVATE),
        (Facts("web", Proof.PASSWORD, is_known=True, state="ended"), Reason.ENDED),
        (Facts("web", Proof.PASSWORD, is_known=True, is_person=False), Reason.NOT_A_LOGIN),
        (Facts("web", Proof.APP_PASSWORD, is_known=True, scopes=MAIL), Reason.APP_PASSWORD_HERE),
        (Facts("dav", Proof.APP_PASSWORD, is_known=True, scopes=MAIL), Reason.SCOPE),
        (Facts("imap", Proof.APP_PASSWORD, is_known=True, scopes=MAIL, is_app_password_revoked=True), Reason.REVOKED),
        (
            Facts("imap", Proof.APP_PASSWORD, is_known=True, scopes=MAIL, app_password_expires_at=NOW),
            Reason.EXPIRED,
        ),
        (Facts("imap", Proof.APP_PASSWORD, is_known=True, scopes=MAIL, state="suspended"), Reason.SUSPENDED),
    ],
)
def test_what_is_refused_and_why(facts: Facts, reason: Reason) -> None:
    decision = decide(facts, POLICY, NOW)
    assert isinstance(decision, Refused)
    assert decision.reason is reason
    assert decision.way_out


def test_a_policy_may_keep_the_main_password_from_mail_programs() -> None:
    policy = Policy(is_main_password_for_mail=False)
    decision = decide(Facts("imap", Proof.PENDING), policy, NOW)
    assert isinstance(decision, Refused)
    assert decision.reason is Reason.MAIN_PASSWORD_HERE
    assert isinstance(decide(Facts("web", Proof.PENDING), policy, NOW), NeedsFactor)


def test_a_wrong_password_tells_a_stranger_nothing_of_the_account() -> None:
    told = {
        decide(Facts("web", Proof.WRONG, is_known=known, state=state, is_person=person), POLICY, NOW).reason  # type: ignore[union-attr]
        for known, state, person in [(False, "active", True), (True, "active", True), (True, "suspended", True),
                                     (True, "ended", True), (True, "active", False)]
    }  # fmt: skip
    assert told == {Reason.WRONG}


def test_the_owner_on_a_known_device_is_told_the_exact_reason_and_the_row_has_it_always() -> None:
    stranger = decide(Facts("web", Proof.WRONG, is_known=True, state="suspended"), POLICY, NOW)
    owner = decide(Facts("web", Proof.WRONG, is_known=True, state="suspended", is_known_device=True), POLICY, NOW)
    assert isinstance(stranger, Refused)
    assert isinstance(owner, Refused)
    assert (stranger.reason, stranger.exact) == (Reason.WRONG, Reason.SUSPENDED)
    assert (owner.reason, owner.exact) == (Reason.SUSPENDED, Reason.SUSPENDED)


@pytest.mark.parametrize(("count", "minutes"), [(4, None), (5, 1), (6, 2), (7, 5), (8, 15), (9, 30), (10, 30), (400, 30)])
def test_each_further_wrong_secret_slows_longer_but_never_for_good(count: int, minutes: int | None) -> None:
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert find_slowed_until(wrong(count), POLICY, NOW) == expected
    if expected is not None:
        assert find_slowed_until(wrong(count), POLICY, expected) is None


def test_what_is_older_than_a_day_does_not_count() -> None:
    assert find_slowed_until(wrong(9, timedelta(hours=24)), POLICY, NOW) is None


@given(
    st.builds(
        Facts,
        door=st.sampled_from(["web", "imap", "submission", "dav"]),
        proof=st.sampled_from(Proof),
        is_input_sound=st.booleans(),
        is_known=st.booleans(),
        is_person=st.booleans(),
        state=st.sampled_from(["active", "suspended", "to_activate", "ended"]),
        is_known_device=st.booleans(),
        wrong_at=st.lists(st.datetimes(datetime(2026, 8, 30), datetime(2026, 9, 1), timezones=st.just(UTC)), max_size=20),
        is_busy=st.booleans(),
        scopes=st.frozensets(st.sampled_from(["imap", "smtp", "dav"])),
        is_app_password_revoked=st.booleans(),
        app_password_expires_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    )
)
def test_only_a_right_proof_of_an_active_person_is_ever_granted(facts: Facts) -> None:
    decision = decide(facts, POLICY, NOW)
    if isinstance(decision, Granted):
        assert facts.proof in {Proof.PASSWORD, Proof.APP_PASSWORD}
        assert facts.state == "active"
        assert facts.is_person
        assert facts.is_input_sound
    if isinstance(decision, NeedsFactor):
        assert facts.proof is Proof.PENDING
    if isinstance(decision, Refused):
        assert decision.way_out == WAYS_OUT[decision.reason]
        assert decision.until is None or decision.until > NOW


@given(count=st.integers(0, 40))
def test_one_more_secret_may_always_be_under_check(count: int) -> None:
    assert count_allowed(wrong(count), POLICY, NOW) == max(5, count + 1)
