import pytest

from corneille.access.activity import find_attempt, list_attempts
from corneille.access.decide import Granted, Refused
from corneille.access.hasher import Hasher
from corneille.access.models import SignInAttempt, WrongSecret
from corneille.access.password import set_password
from corneille.access.reason import Reason
from corneille.access.recognise import recogniser
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from corneille.people.state import set_state

from .conftest import NOW, PASSWORD, Try


def refused(outcome: object) -> Refused:
    decision = getattr(outcome, "decision", None)
    assert isinstance(decision, Refused)
    return decision


@pytest.mark.parametrize(
    "typed", ["zlefevre", "Zoé.Lefèvre@ac-demonstration.test", "17e0501234abc", "zoe.lefevre+x@ac-demonstration.test"]
)
def test_identifier_address_and_numen_open_the_same_account(attempt: Try, zoe: Person, typed: str) -> None:
    outcome = attempt(PASSWORD, identifier=typed)
    assert isinstance(outcome.decision, Granted)
    assert (outcome.account, outcome.scopes) == (zoe.id, frozenset({"web"}))


def test_a_wrong_password_is_refused_with_a_code_that_the_owner_finds_again(attempt: Try, zoe: Person) -> None:
    outcome = attempt("wrong")
    assert refused(outcome).reason is Reason.WRONG
    assert outcome.account is None
    assert outcome.scopes == frozenset()
    shown = find_attempt(zoe.id, outcome.reference.lower().replace("-", " "))
    assert shown is not None
    assert (shown.decision, shown.reason, shown.network) == ("refused", "wrong", "192.0.2.7")
    assert shown.program.name == "Firefox"


def test_every_try_leaves_one_row_and_no_secret_in_it(attempt: Try, zoe: Person) -> None:
    attempt("my-secret-Éa7")
    attempt(PASSWORD)
    attempt("my-secret-Éa7", identifier="my-other-secret")
    rows = list(SignInAttempt.objects.order_by("pk"))
    assert [row.decision for row in rows] == ["refused", "granted", "refused"]
    written = repr([row.__dict__ for row in rows]) + repr(list(WrongSecret.objects.values()))
    assert "secret-Éa7" not in written
    assert "my-other-secret" not in written
    assert PASSWORD not in written
    assert [shown.decision for shown in list_attempts(zoe.id, 10)] == ["granted", "refused"]


def test_what_is_printed_of_an_attempt_and_its_outcome_holds_no_secret(attempt: Try) -> None:
    outcome = attempt(PASSWORD)
    assert outcome.device is not None
    assert outcome.device not in repr(outcome)


def test_known_and_unknown_people_get_the_same_words_and_the_same_work(
    attempt: Try, current_hasher: Hasher, zoe: Person
) -> None:
    told = []
    for typed in ("zlefevre", "nobody", "nobody@ac-demonstration.test", "99Z9999999ZZZ"):
        before = current_hasher.checked_count
        decision = refused(attempt("wrong", identifier=typed))
        told.append((decision.reason, decision.until, decision.way_out))
        recogniser.drain()
        assert current_hasher.checked_count == before + 2, "one before the answer, one after"
    assert len(set(told)) == 1


def test_unknown_people_are_slowed_like_known_ones(attempt: Try) -> None:
    known = [refused(attempt(f"wrong {number}")) for number in range(7)]
    unknown = [refused(attempt(f"wrong {number}", identifier="nobody")) for number in range(7)]
    assert known == unknown
    assert known[-1].reason is Reason.SLOWED


@pytest.mark.parametrize(
    ("identifier", "secret"),
    [
        ("", PASSWORD),
        ("   ", PASSWORD),
        ("zlefevre", ""),
        ("zlefevre", "x" * 1_000_000),
        ("z" * 1_000_000, PASSWORD),
        ("zlefevre", "with\0nul"),
        ("zlef\0evre", PASSWORD),
        ("zlefevre\r\nX: y", PASSWORD),
        ("zlefevre", "\ud800"),
        ("\udcff", PASSWORD),
    ],
)
def test_impossible_input_is_refused_before_any_work(
    attempt: Try, current_hasher: Hasher, identifier: str, secret: str
) -> None:
    before = current_hasher.checked_count
    outcome = attempt(secret, identifier=identifier)
    assert refused(outcome).reason is Reason.BAD_INPUT
    assert outcome.reference.startswith("AUTH-")
    assert current_hasher.checked_count == before
    assert WrongSecret.objects.count() == 0


@pytest.mark.parametrize("address", ["", "not an address", "fe80::1%eth0", "::ffff:192.0.2.7", "2001:db8::1"])
def test_any_network_address_is_taken(attempt: Try, address: str) -> None:
    assert isinstance(attempt(PASSWORD, address=address).decision, Granted)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (AccountState.SUSPENDED, Reason.SUSPENDED),
        (AccountState.TO_ACTIVATE, Reason.TO_ACTIVATE),
        (AccountState.ENDED, Reason.ENDED),
    ],
)
def test_the_right_password_is_told_why_it_does_not_open(
    attempt: Try, zoe: Person, state: AccountState, reason: Reason
) -> None:
    set_state(zoe.id, state)
    assert refused(attempt("wrong")).reason is Reason.WRONG
    assert list_attempts(zoe.id, 1)[0].reason == reason
    assert refused(attempt(PASSWORD)).reason is reason


def test_the_mailbox_of_a_position_is_never_a_login(attempt: Try) -> None:
    mailbox = add_person(NewPerson(AccountType.FUNCTIONAL, "", "Collège", NOW, local_part="ce.0149101s"))
    set_password(mailbox.id, PASSWORD, NOW)
    assert refused(attempt(PASSWORD, identifier="ce.0149101s")).reason is Reason.NOT_A_LOGIN


def test_an_account_without_a_password_is_like_nobodys(attempt: Try, current_hasher: Hasher) -> None:
    add_person(NewPerson(AccountType.TEACHER, "Marie", "Dupont", NOW))
    before = current_hasher.checked_count
    assert refused(attempt("x", identifier="mdupont")).reason is Reason.WRONG
    recogniser.drain()
    assert current_hasher.checked_count == before + 2, "one before the answer, one after"


def test_accents_typed_on_a_mac_or_on_windows_are_the_same_password(attempt: Try, zoe: Person) -> None:
    set_password(zoe.id, "Été-velours-tambour-48", NOW)
    assert isinstance(attempt("E\u0301te\u0301-velours-tambour-48").decision, Granted)
