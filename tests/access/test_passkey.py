"""Passkeys: set once, good here alone, once for each question, and refused by no counter of failures."""

import json
import resource
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fido2 import cbor
from fido2.utils import websafe_decode, websafe_encode
from hypothesis import given
from hypothesis import strategies as st

from corneille.access.assertion import check_assertion, offer_assertion
from corneille.access.attempt import Attempt, Outcome
from corneille.access.challenge import drop_challenges
from corneille.access.decide import Granted, NeedsFactor, Refused
from corneille.access.factor import FactorRefused, drop_factor, list_enrolled, list_factors
from corneille.access.facts import Proof
from corneille.access.models import Password, SignInAttempt, UsedChallenge
from corneille.access.passkey import PasskeyRefused, add_passkey, offer_passkey
from corneille.access.passkey_sign_in import confirm_with_passkey, offer_sign_in, sign_in_with_passkey
from corneille.access.reason import Reason, Restriction
from corneille.access.reset import finish_reset, prove_reset_by_passkey
from corneille.access.second_step import offer_second_key, prove_second
from corneille.kernel.ids import AccountId
from corneille.kernel.outbox import list_notices
from corneille.people.find import Person

from .authenticator import FLAG, Authenticator
from .conftest import ELSEWHERE, HOME, NOW, PASSWORD, Try, add_teacher

ORIGIN = "https://localhost:8443"


def knock(door: str = "web", *, minutes: float = 1, answer: str = "", address: str = HOME) -> Attempt:
    return Attempt(door, "", answer, address, None, "Mozilla/5.0 Firefox/140.0", NOW + timedelta(minutes=minutes), ORIGIN)


def set_key(person: Person, key: Authenticator, label: str = "") -> None:
    options = offer_passkey(ORIGIN, person.id, person.identifier, person.display_name, NOW)
    assert options is not None
    add_passkey(ORIGIN, person.id, key.create(options), label, NOW)


def sign_in(key: Authenticator, **where: object) -> Outcome:
    attempt = knock(**where)  # type: ignore[arg-type]
    options = offer_sign_in(attempt)
    assert options is not None
    return sign_in_with_passkey(replace(attempt, secret=key.get(options)))


@pytest.fixture
def key(zoe: Person) -> Authenticator:
    made = Authenticator(ORIGIN)
    set_key(zoe, made, "Téléphone bleu")
    return made


def test_a_passkey_signs_in_alone_and_makes_the_device_known(zoe: Person, key: Authenticator) -> None:
    outcome = sign_in(key)
    assert outcome.decision == Granted(frozenset({"passkey"}))
    assert outcome.account == zoe.id
    assert outcome.device is not None
    row = SignInAttempt.objects.get(reference=outcome.reference)
    assert (row.account_id, row.method, row.decision) == (zoe.id, "passkey", "granted")


def test_the_password_of_who_signs_in_with_a_passkey_stays_what_it_was(
    zoe: Person, key: Authenticator, attempt: Try, change_settings: Callable[..., None]
) -> None:
    before = Password.objects.get(pk=zoe.id).argon2
    change_settings(argon2_passes_count=3)
    assert isinstance(sign_in(key).decision, Granted)
    assert Password.objects.get(pk=zoe.id).argon2 == before


def test_a_device_that_gave_a_passkey_is_not_asked_for_a_second_proof(attempt: Try, key: Authenticator) -> None:
    outcome = sign_in(key)
    assert isinstance(attempt(PASSWORD).decision, NeedsFactor)
    assert isinstance(attempt(PASSWORD, device=outcome.device).decision, Granted)


def test_it_is_listed_with_its_name_and_told_to_the_owner(zoe: Person, key: Authenticator) -> None:
    [shown] = list_factors(zoe.id)
    assert (shown.kind, shown.label, shown.codes_left, shown.is_synced) == ("webauthn", "Téléphone bleu", None, False)
    assert list_enrolled(zoe.id) == ("webauthn",)
    assert "factor-added" in {each.code for each in list_notices(zoe.id, NOW)}


def test_a_passkey_that_is_copied_to_other_devices_says_so(zoe: Person) -> None:
    set_key(zoe, Authenticator(ORIGIN, flags=FLAG.UP | FLAG.UV | FLAG.BE | FLAG.BS))
    assert list_factors(zoe.id)[0].is_synced


def test_it_is_asked_after_the_password_and_is_enough_when_only_touched(attempt: Try, key: Authenticator) -> None:
    outcome = attempt(PASSWORD)
    assert isinstance(outcome.decision, NeedsFactor)
    assert outcome.decision.kinds[0] == "webauthn"
    assert outcome.ticket is not None
    options = offer_second_key(outcome.ticket, knock())
    assert options is not None
    touched = replace(key, flags=int(FLAG.UP))
    proved = prove_second(outcome.ticket, "webauthn", knock(answer=touched.get(options)))
    assert proved is not None
    assert isinstance(proved.decision, Granted)
    assert proved.decision.methods == {"password", "webauthn"}


def test_only_touched_it_is_not_enough_without_the_password(key: Authenticator) -> None:
    outcome = sign_in(replace(key, flags=int(FLAG.UP)))
    assert isinstance(outcome.decision, Refused)
    assert outcome.decision.reason is Reason.PASSKEY_WRONG


def test_an_answer_is_good_once(key: Authenticator) -> None:
    attempt = knock()
    options = offer_sign_in(attempt)
    assert options is not None
    answered = replace(attempt, secret=key.get(options))
    assert isinstance(sign_in_with_passkey(answered).decision, Granted)
    again = sign_in_with_passkey(answered).decision
    assert isinstance(again, Refused)
    assert again.reason is Reason.TICKET_EXPIRED


def test_an_answer_is_good_for_ten_minutes(key: Authenticator) -> None:
    options = offer_sign_in(knock(minutes=0))
    assert options is not None
    late = sign_in_with_passkey(knock(minutes=11, answer=key.get(options))).decision
    assert isinstance(late, Refused)
    assert late.reason is Reason.TICKET_EXPIRED


def test_an_answer_for_one_page_is_worth_nothing_on_another(zoe: Person, key: Authenticator) -> None:
    options = offer_assertion(ORIGIN, f"second-step/{zoe.id}", NOW, owner=zoe.id)
    assert options is not None
    refused = sign_in_with_passkey(knock(answer=key.get(options))).decision
    assert isinstance(refused, Refused)


@pytest.mark.parametrize("origin", ["https://localhost:9443", "https://corneille.example", "http://localhost:8443"])
def test_what_was_signed_for_another_site_is_worth_nothing(key: Authenticator, origin: str) -> None:
    refused = sign_in(replace(key, origin=origin)).decision
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.PASSKEY_WRONG


def test_another_private_key_is_not_taken_for_it(key: Authenticator) -> None:
    forged = replace(key, key=Authenticator(ORIGIN).key)
    outcome = sign_in(forged)
    assert isinstance(outcome.decision, Refused)
    assert outcome.decision.reason is Reason.PASSKEY_WRONG


def test_a_copied_key_is_noticed_by_its_counter(zoe: Person) -> None:
    key = Authenticator(ORIGIN, is_counting=True)
    set_key(zoe, key)
    copied = replace(key)
    assert isinstance(sign_in(key).decision, Granted)
    assert isinstance(sign_in(key).decision, Granted)
    assert isinstance(sign_in(copied).decision, Refused)
    assert isinstance(sign_in(key).decision, Granted)


def test_a_removed_passkey_is_not_known_any_more(zoe: Person, key: Authenticator) -> None:
    drop_factor(zoe.id, list_factors(zoe.id)[0].id, NOW, is_compulsory=False)
    outcome = sign_in(key)
    assert isinstance(outcome.decision, Refused)
    assert outcome.decision.reason is Reason.PASSKEY_UNKNOWN
    row = SignInAttempt.objects.get(reference=outcome.reference)
    assert (row.account_id, row.unknown) == (None, "")


def test_of_two_passkeys_one_may_go_where_a_factor_is_compulsory_and_the_last_may_not(
    zoe: Person, key: Authenticator
) -> None:
    set_key(zoe, Authenticator(ORIGIN))
    first, second = list_factors(zoe.id)
    drop_factor(zoe.id, first.id, NOW, is_compulsory=True)
    with pytest.raises(FactorRefused):
        drop_factor(zoe.id, second.id, NOW, is_compulsory=True)


def test_strangers_who_guess_the_password_do_not_keep_a_passkey_out(attempt: Try, key: Authenticator) -> None:
    for number in range(40):
        attempt(f"devinette {number}", address=ELSEWHERE if number % 2 else HOME)
    assert isinstance(sign_in(key).decision, Granted)


def test_it_confirms_its_owner_and_nobody_else(zoe: Person, key: Authenticator) -> None:
    other = add_teacher("Anne", "Martin")
    knocking = knock("step-up")
    mine = offer_sign_in(knocking, zoe.id)
    assert mine is not None
    assert confirm_with_passkey(replace(knocking, secret=key.get(mine)), zoe.id).account == zoe.id
    assert offer_sign_in(knocking, other.id) is None
    anybodys = offer_sign_in(knocking)
    assert anybodys is not None
    assert confirm_with_passkey(replace(knocking, secret=key.get(anybodys)), other.id).account is None


def test_it_opens_the_choice_of_a_new_password(zoe: Person, key: Authenticator, attempt: Try) -> None:
    knocking = knock("reset")
    options = offer_sign_in(knocking)
    assert options is not None
    outcome = prove_reset_by_passkey(replace(knocking, secret=key.get(options)))
    assert outcome.ticket is not None
    finish_reset(outcome.ticket, "lanterne-gravier-octobre-9", knocking.now)
    assert isinstance(attempt("lanterne-gravier-octobre-9", now=knocking.now).decision, NeedsFactor)


def test_outside_its_domain_none_is_offered(zoe: Person) -> None:
    assert offer_passkey("https://127.0.0.1:8443", zoe.id, zoe.identifier, "", NOW) is None
    assert offer_assertion("https://127.0.0.1:8443", "web", NOW) is None


def test_the_same_key_is_not_set_twice(zoe: Person, key: Authenticator) -> None:
    with pytest.raises(PasskeyRefused) as refused:
        set_key(zoe, key)
    assert refused.value.reason == "known"


def test_the_answer_to_make_one_is_good_once_and_for_its_account_alone(zoe: Person) -> None:
    other, made = add_teacher("Anne", "Martin"), Authenticator(ORIGIN)
    options = offer_passkey(ORIGIN, zoe.id, zoe.identifier, "", NOW)
    assert options is not None
    with pytest.raises(PasskeyRefused) as refused:
        add_passkey(ORIGIN, other.id, made.create(options), "", NOW)
    assert refused.value.reason == "late"
    assert list_factors(other.id) == []


def test_the_handle_names_nobody_and_is_the_same_for_each_key(zoe: Person) -> None:
    told = [json.loads(offer_passkey(ORIGIN, zoe.id, zoe.identifier, "", NOW) or "") for _ in range(2)]
    handles = {websafe_decode(each["user"]["id"]) for each in told}
    assert len(handles) == 1
    handle = handles.pop()
    assert len(handle) == 32
    assert not any(told in handle for told in (zoe.identifier.encode(), zoe.principal_address.encode()))


def test_a_password_that_is_past_its_date_is_asked_for_after_a_passkey_too(zoe: Person, key: Authenticator) -> None:
    Password.objects.filter(pk=zoe.id).update(expires_at=NOW - timedelta(days=60))
    outcome = sign_in(key)
    assert isinstance(outcome.decision, Granted)
    assert Restriction.CHANGE_PASSWORD_FIRST in outcome.decision.restrictions


def test_questions_that_nobody_can_answer_any_more_are_forgotten(key: Authenticator) -> None:
    sign_in(key)
    assert drop_challenges(NOW + timedelta(hours=1)) == 2  # to add it, and to sign in
    assert UsedChallenge.objects.count() == 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("AAAA"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "rawId", "response", "clientDataJSON", "signature", "type"]), inner),
    max_leaves=10,
)
"""Answers that no browser gives, with the names that count in them."""


@given(answer=st.text(max_size=40) | st.binary(max_size=40).map(websafe_encode) | JSON.map(json.dumps))
def test_no_answer_that_a_stranger_writes_raises(answer: str) -> None:
    assert check_assertion(ORIGIN, "web", answer, NOW).proof is Proof.PASSKEY_WRONG


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Half a gibibyte more than there is now, and no more."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + 2**29, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("place", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
def test_a_number_in_the_place_of_octets_takes_no_memory(key: Authenticator, place: str) -> None:
    options = offer_assertion(ORIGIN, "web", NOW)
    assert options is not None
    right = json.loads(key.get(options))
    told = {**right, "response": {**right["response"], place: 10**10}}
    assert check_assertion(ORIGIN, "web", json.dumps(told), NOW).proof is Proof.PASSKEY_WRONG


@pytest.mark.usefixtures("little_memory")
@pytest.mark.parametrize("packed", [cbor.encode({"fmt": "none", "attStmt": {}, "authData": 10**10}), cbor.encode([1])])
def test_nor_does_one_that_the_authenticator_has_packed(zoe: Person, packed: bytes) -> None:
    asked = json.dumps({"type": "webauthn.create", "challenge": "AAAA", "origin": ORIGIN}).encode()
    response = {"clientDataJSON": websafe_encode(asked), "attestationObject": websafe_encode(packed)}
    told = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": response}
    with pytest.raises(PasskeyRefused):
        add_passkey(ORIGIN, zoe.id, json.dumps(told), "Clé", NOW)


@pytest.mark.parametrize("place", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
def test_an_answer_that_is_cut_or_altered_anywhere_proves_nothing(key: Authenticator, place: str) -> None:
    options = offer_assertion(ORIGIN, "web", NOW)
    assert options is not None
    right = json.loads(key.get(options))
    octets = websafe_decode(right["response"][place])
    altered = [octets[:-1], octets[:3], b"", octets[:-1] + bytes([octets[-1] ^ 1]), octets + b"\0"]
    for each in altered:
        told = {**right, "response": {**right["response"], place: websafe_encode(each)}}
        assert check_assertion(ORIGIN, "web", json.dumps(told), NOW).proof is not Proof.PASSKEY, (place, each)


def test_a_passkey_of_an_account_that_has_ended_is_refused_with_the_reason(zoe: Person, key: Authenticator) -> None:
    from corneille.people.models import Account

    Account.objects.filter(pk=zoe.id).update(state="ended")
    outcome = sign_in(key)
    assert isinstance(outcome.decision, Refused)
    assert outcome.decision.reason is Reason.ENDED
    assert SignInAttempt.objects.get(reference=outcome.reference).account_id == AccountId(zoe.id)
