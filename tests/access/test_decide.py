from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.access.decide import STRONG, Granted, NeedsFactor, Refused, count_allowed, decide, find_slowed_until
from corneille.access.facts import (
    AppPasswordFacts,
    Containment,
    Counted,
    FactorDuty,
    Factors,
    Facts,
    PasswordAge,
    Proof,
    SecondProof,
)
from corneille.access.policy import Policy
from corneille.access.reason import WAYS_OUT, Reason, Restriction, Why

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
POLICY = Policy()
MAIL = frozenset({"imap", "smtp"})
OPENS = AppPasswordFacts(MAIL)


def wrong(count: int, ago: timedelta = timedelta()) -> tuple[datetime, ...]:
    return (NOW - ago,) * count


def slowed_until(wrong_at: tuple[datetime, ...], now: datetime) -> datetime | None:
    return find_slowed_until(wrong_at, POLICY.slow_after, POLICY.slow_steps, POLICY.memory, now)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts("web", Proof.PENDING), NeedsFactor(("password",), Why.NOT_PROVED)),
        (Facts("web", Proof.PASSWORD, is_known=True), Granted(frozenset({"password"}))),
        (Facts("imap", Proof.PASSWORD, is_known=True), Granted(frozenset({"password"}))),
        (Facts("imap", Proof.APP_PASSWORD, is_known=True, app_password=OPENS), Granted(frozenset({"app-password"}))),
        (
            Facts("submission", Proof.APP_PASSWORD, is_known=True, app_password=OPENS, counted=Counted(pair=wrong(50))),
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
        (Facts("web", Proof.PENDING, counted=Counted(pair=wrong(5))), Reason.SLOWED),
        (Facts("web", Proof.PENDING, is_busy=True), Reason.BUSY),
        (Facts("web", Proof.PASSWORD, is_known=True, state="suspended"), Reason.SUSPENDED),
        (Facts("web", Proof.PASSWORD, is_known=True, state="to_activate"), Reason.TO_ACTIVATE),
        (Facts("web", Proof.PASSWORD, is_known=True, state="ended"), Reason.ENDED),
        (Facts("web", Proof.PASSWORD, is_known=True, is_person=False), Reason.NOT_A_LOGIN),
        (Facts("web", Proof.APP_PASSWORD, is_known=True, app_password=OPENS), Reason.APP_PASSWORD_HERE),
        (Facts("dav", Proof.APP_PASSWORD, is_known=True, app_password=OPENS), Reason.SCOPE),
        (Facts("imap", Proof.APP_PASSWORD, is_known=True, app_password=replace(OPENS, is_revoked=True)), Reason.REVOKED),
        (
            Facts("imap", Proof.APP_PASSWORD, is_known=True, app_password=AppPasswordFacts(MAIL, expires_at=NOW)),
            Reason.EXPIRED,
        ),
        (Facts("imap", Proof.APP_PASSWORD, is_known=True, app_password=OPENS, state="ended"), Reason.ENDED),
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
    assert slowed_until(wrong(count), NOW) == expected
    if expected is not None:
        assert slowed_until(wrong(count), expected) is None


def test_what_is_older_than_a_day_does_not_count() -> None:
    assert slowed_until(wrong(9, timedelta(hours=24)), NOW) is None


INSTANTS = st.lists(st.datetimes(datetime(2026, 8, 30), datetime(2026, 9, 1), timezones=st.just(UTC)), max_size=20)
ANY_FACTS = st.builds(
    Facts,
    door=st.sampled_from(["web", "imap", "submission", "dav"]),
    proof=st.sampled_from(Proof),
    is_input_sound=st.booleans(),
    is_known=st.booleans(),
    is_person=st.booleans(),
    state=st.sampled_from(["active", "suspended", "to_activate", "ended", "moved"]),
    is_known_device=st.booleans(),
    is_known_place=st.booleans(),
    is_declared_network=st.booleans(),
    is_busy=st.booleans(),
    counted=st.builds(
        Counted,
        pair=INSTANTS,
        account_count=st.integers(0, 25),
        network=INSTANTS.map(lambda some: some * 30),
        factor=INSTANTS,
    ),
    app_password=st.builds(
        AppPasswordFacts,
        scopes=st.frozensets(st.sampled_from(["imap", "smtp", "dav"])),
        is_revoked=st.booleans(),
        expires_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    ),
    factors=st.builds(
        Factors,
        enrolled=st.sampled_from([(), ("totp",), ("webauthn", "recovery-code")]),
        fallbacks=st.sampled_from([(), ("recovery-contact",)]),
        is_remembered=st.booleans(),
        duty=st.sampled_from(FactorDuty),
        second=st.sampled_from(SecondProof),
        second_kind=st.just("totp"),
    ),
    containment=st.sampled_from(Containment),
    password_age=st.sampled_from(PasswordAge),
    not_entitled=st.none() | st.sampled_from([Reason.NOT_ENTITLED, Reason.NETWORK_NOT_ALLOWED]),
    is_charter_due=st.booleans(),
)


@given(ANY_FACTS)
def test_only_a_right_proof_of_an_active_person_is_ever_granted(facts: Facts) -> None:
    decision = decide(facts, POLICY, NOW)
    if isinstance(decision, Granted):
        assert facts.proof not in {Proof.PENDING, Proof.WRONG, Proof.OLD_PASSWORD}
        assert facts.state == "active"
        assert facts.containment is not Containment.SUSPEND
        assert facts.not_entitled is None
        assert facts.is_person
        assert facts.is_input_sound
    if isinstance(decision, NeedsFactor):
        assert facts.proof in {Proof.PENDING, Proof.PASSWORD}
        assert decision.kinds
    if isinstance(decision, Refused):
        assert decision.way_out == WAYS_OUT[decision.reason]
        assert decision.until is None or decision.until > NOW


@given(ANY_FACTS, st.builds(Counted, pair=INSTANTS, account_count=st.integers(0, 25), network=INSTANTS))
def test_no_failures_of_strangers_change_what_a_strong_proof_gets(facts: Facts, counted: Counted) -> None:
    if facts.proof in STRONG:
        assert decide(facts, POLICY, NOW) == decide(replace(facts, counted=counted), POLICY, NOW)


@given(ANY_FACTS, st.integers(0, 25), INSTANTS)
def test_no_failures_of_strangers_change_what_a_known_device_gets(facts: Facts, count: int, network: list[datetime]) -> None:
    owner = replace(facts, is_known_device=True)
    calm = replace(owner, counted=replace(owner.counted, account_count=0, network=()))
    attacked = replace(owner, counted=replace(owner.counted, account_count=count, network=tuple(network * 30)))
    assert decide(calm, POLICY, NOW) == decide(attacked, POLICY, NOW)


def test_an_attacked_account_asks_strangers_for_a_second_proof_and_its_mail_programs_go_on_where_they_are_known() -> None:
    attacked = Facts("web", Proof.PASSWORD, is_known=True, counted=Counted(account_count=25))
    assert decide(attacked, POLICY, NOW) == NeedsFactor(("support-code",), Why.ATTACKED)
    with_totp = replace(attacked, factors=Factors(enrolled=("totp",), second=SecondProof.RIGHT, second_kind="totp"))
    assert decide(with_totp, POLICY, NOW) == Granted(frozenset({"password", "totp"}))
    phone = replace(attacked, door="imap")
    refused = decide(phone, POLICY, NOW)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.FACTOR_NEEDED
    assert isinstance(decide(replace(phone, is_known_place=True), POLICY, NOW), Granted)


def test_a_network_that_tries_many_accounts_is_slowed_and_a_school_later() -> None:
    sprayed = Facts("web", Proof.PENDING, counted=Counted(network=wrong(20)))
    refused = decide(sprayed, POLICY, NOW)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.until) == (Reason.NETWORK_SLOWED, NOW + timedelta(minutes=1))
    assert isinstance(decide(replace(sprayed, is_declared_network=True), POLICY, NOW), NeedsFactor)
    assert isinstance(decide(replace(sprayed, is_known_device=True), POLICY, NOW), NeedsFactor)


@pytest.mark.parametrize(
    ("door", "age", "expected"),
    [
        ("web", PasswordAge.SOFT, frozenset({Restriction.CHANGE_PASSWORD})),
        ("web", PasswordAge.PAST, frozenset({Restriction.CHANGE_PASSWORD_FIRST})),
        ("imap", PasswordAge.PAST, frozenset({Restriction.CHANGE_PASSWORD_FIRST})),
        ("submission", PasswordAge.SOFT, Reason.SOFT_LANDING),
        ("submission", PasswordAge.PAST, Reason.PASSWORD_EXPIRED),
    ],
)
def test_a_password_past_its_date_reads_mail_and_asks_before_sending(
    door: str, age: PasswordAge, expected: frozenset[Restriction] | Reason
) -> None:
    decision = decide(Facts(door, Proof.PASSWORD, is_known=True, password_age=age), POLICY, NOW)
    if isinstance(expected, Reason):
        assert isinstance(decision, Refused)
        assert decision.reason is expected
    else:
        assert decision == Granted(frozenset({"password"}), expected)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (SecondProof.WRONG, Reason.FACTOR_WRONG),
        (SecondProof.USED, Reason.FACTOR_USED),
        (SecondProof.CLOCK, Reason.FACTOR_CLOCK),
    ],
)
def test_a_second_proof_that_fails_says_how(second: SecondProof, reason: Reason) -> None:
    facts = Facts("web", Proof.PASSWORD, is_known=True, factors=Factors(enrolled=("totp",), second=second))
    decision = decide(facts, POLICY, NOW)
    assert isinstance(decision, Refused)
    assert decision.reason is reason
    slowed = decide(replace(facts, counted=Counted(factor=wrong(5))), POLICY, NOW)
    assert isinstance(slowed, Refused)
    assert slowed.reason is Reason.FACTOR_SLOWED


@pytest.mark.parametrize(
    ("kind", "is_known_device", "here", "everywhere", "is_slowed"),
    [
        ("totp", False, 0, 9, False), ("totp", False, 0, 10, True), ("totp", True, 0, 10, False), ("totp", True, 5, 0, True),
        ("recovery-code", False, 0, 999, False), ("recovery-code", False, 5, 5, True),
        ("recovery-code", False, 0, 10_000, True), ("recovery-code", True, 0, 10_000, False),
        ("webauthn", False, 99, 10_000, False), ("webauthn", True, 99, 10_000, False),
    ],
)  # fmt: skip
def test_second_proofs_are_slowed_here_then_everywhere_but_on_known_devices_and_keys_never(
    kind: str, is_known_device: bool, here: int, everywhere: int, is_slowed: bool
) -> None:
    factors = Factors(enrolled=(kind,), second=SecondProof.PENDING, second_kind=kind)
    facts = Facts("web", Proof.PASSWORD, is_known=True, is_known_device=is_known_device, factors=factors)
    counted = Counted(factor=wrong(here), factor_everywhere=wrong(everywhere))
    decision = decide(replace(facts, counted=counted), POLICY, NOW)
    assert isinstance(decision, Refused) is is_slowed


def test_a_compulsory_factor_is_never_a_wall_for_who_has_nothing_to_prove_with() -> None:
    duty = Factors(duty=FactorDuty.COMPULSORY)
    facts = Facts("web", Proof.PASSWORD, is_known=True, factors=duty)
    assert decide(facts, POLICY, NOW) == Granted(frozenset({"password"}), frozenset({Restriction.ENROL_FACTOR_FIRST}))
    with_contact = replace(facts, factors=replace(duty, fallbacks=("recovery-contact",)))
    assert decide(with_contact, POLICY, NOW) == NeedsFactor(("recovery-contact",), Why.POLICY)


@given(count=st.integers(0, 40))
def test_one_more_secret_may_always_be_under_check(count: int) -> None:
    assert count_allowed(wrong(count), POLICY, NOW) == max(5, count + 1)
