"""Each cause that the guard knows, produced at each door where it can happen, with the code and the address of its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from corneille.access import queries
from corneille.access.app_password import create_app_password, list_app_passwords, revoke_app_password
from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Refused
from corneille.access.factor import begin_totp, confirm_totp, make_sheet
from corneille.access.hasher import Hasher
from corneille.access.password import set_password
from corneille.access.right import DECLARED, Right
from corneille.access.rights import decide_right
from corneille.access.second_step import prove_second
from corneille.access.sign_in import sign_in
from corneille.desk.cause import ROWS, Cause, choose_cause
from corneille.desk.diagnose import diagnose
from corneille.doors.imap.sign_in import refuse
from corneille.doors.smtp.commands.auth import explain_refusal
from corneille.kernel.refusal import Busy
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.people.find import Person
from corneille.people.state import set_state
from corneille.run.ground import Ground

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
PASSWORD, NEW = "cerise-tambour-velours-48", "panier-orage-kayak-27"


@dataclass
class Scene:
    """Somebody, and what they type; a maker changes both until the cause is there."""

    person: Person
    door: str
    secret: str = PASSWORD
    identifier: str = ""

    def attempt(self, secret: str | None = None) -> Outcome:
        typed = self.secret if secret is None else secret
        return sign_in(
            Attempt(self.door, self.identifier or self.person.identifier, typed, "192.0.2.7", None, "Firefox", NOW)
        )


def wrong(scene: Scene) -> None:
    scene.secret = "not this one"


def slowed(scene: Scene) -> None:
    for number in range(5):
        scene.attempt(f"guess {number}")


def network_slowed(scene: Scene) -> None:
    for number in range(20):
        sign_in(Attempt(scene.door, f"nobody{number}", "x", "192.0.2.9", None, "", NOW))


def old_password(scene: Scene) -> None:
    set_password(scene.person.id, NEW, NOW, old=PASSWORD)


def expired(scene: Scene) -> None:
    queries.set_expiry(scene.person.id, NOW - timedelta(days=20))


def state(value: AccountState) -> Callable[[Scene], None]:
    return lambda scene: set_state(scene.person.id, value)


def app_password(scene: Scene, scopes: frozenset[str], expires_at: datetime | None = None) -> None:
    _id, scene.secret = create_app_password(scene.person.id, "x", scopes, NOW, expires_at=expires_at)


def revoked(scene: Scene) -> None:
    app_password(scene, frozenset({"imap", "smtp"}))
    revoke_app_password(scene.person.id, list_app_passwords(scene.person.id)[0].id, NOW)


def bad_input(scene: Scene) -> None:
    scene.secret = "\0"


def with_factor(scene: Scene) -> None:
    make_sheet(scene.person.id, "printed", NOW)


def not_entitled(scene: Scene, networks: str = "") -> None:
    decide_right(
        f"account/{scene.person.id}", Right(scene.door), is_allowed=bool(networks), networks=networks, reason="because",
        by="Nadia", from_on=NOW.date(), until_on=None, now=NOW,
    )  # fmt: skip


def not_a_login(scene: Scene) -> None:
    box = add_person(NewPerson(AccountType.FUNCTIONAL, "", "Collège", NOW, local_part="ce.0760095r"))
    set_password(box.id, PASSWORD, NOW)
    scene.identifier = box.principal_address


MAKERS: dict[Cause, Callable[[Scene], None]] = {
    Cause.WRONG: wrong,
    Cause.SLOWED: slowed,
    Cause.NETWORK_SLOWED: network_slowed,
    Cause.OLD_PASSWORD: old_password,
    Cause.PASSWORD_EXPIRED: expired,
    Cause.SUSPENDED: state(AccountState.SUSPENDED),
    Cause.TO_ACTIVATE: state(AccountState.TO_ACTIVATE),
    Cause.ENDED: state(AccountState.ENDED),
    Cause.MOVED: state(AccountState.MOVED),
    Cause.NOT_A_LOGIN: not_a_login,
    Cause.NOT_ENTITLED: not_entitled,
    Cause.NETWORK_NOT_ALLOWED: lambda scene: not_entitled(scene, DECLARED),
    Cause.APP_PASSWORD_NEEDED: with_factor,
    Cause.APP_PASSWORD_HERE: lambda scene: app_password(scene, frozenset({"imap", "smtp"})),
    Cause.APP_PASSWORD_REVOKED: revoked,
    Cause.APP_PASSWORD_EXPIRED: lambda scene: app_password(scene, frozenset({"imap", "smtp"}), expires_at=NOW),
    Cause.APP_PASSWORD_SCOPE: lambda scene: app_password(scene, frozenset({"dav"})),
    Cause.BAD_INPUT: bad_input,
}
PAIRS = [
    (row.cause, door)
    for row in ROWS
    if row.cause in MAKERS
    for door in row.doors
    if (row.cause, door) != (Cause.PASSWORD_EXPIRED, "web")  # not refused there: the page of the change comes first
]


@pytest.fixture
def zoe(ground: Ground) -> Person:
    add_domain("ac-demonstration.test", principal=True, now=NOW)
    person = add_person(NewPerson(AccountType.TEACHER, "Zoé", "Lefèvre", NOW))
    set_password(person.id, PASSWORD, NOW)
    return person


@pytest.mark.parametrize(("cause", "door"), PAIRS)
def test_a_cause_is_named_with_its_code_and_the_address_of_its_page(zoe: Person, cause: Cause, door: str) -> None:
    scene = Scene(zoe, door)
    MAKERS[cause](scene)
    outcome = scene.attempt()
    assert isinstance(outcome.decision, Refused)
    assert choose_cause(outcome.decision.exact.value) is cause
    address = f"/depannage/{outcome.reference}"
    if door == "imap":
        told = refuse(outcome).text
        assert outcome.reference in told
        assert told.endswith(address)
        assert told.isascii()
    if door == "submission":
        said = explain_refusal(outcome).text
        assert outcome.reference in said
        assert said.endswith(address)
    found = diagnose(outcome.reference, viewer=zoe.id, device=None, now=NOW)
    if cause not in {Cause.BAD_INPUT, Cause.NOT_A_LOGIN}:  # whose account nobody can tell, or another's
        assert found is not None
        assert (found.cause, found.is_exact) == (cause, True)


SECONDS: dict[Cause, tuple[str, int]] = {
    Cause.FACTOR_WRONG: ("000000", 0),
    Cause.FACTOR_USED: ("now", 0),
    Cause.FACTOR_CLOCK: ("now", 4),
    Cause.FACTOR_SLOWED: ("000000", 0),
}
"""What is typed as a second proof, and by how many minutes the clock of the phone is wrong."""


@pytest.mark.parametrize("cause", SECONDS)
def test_a_second_proof_that_is_refused_is_named_on_the_web(zoe: Person, cause: Cause) -> None:
    begun = begin_totp(zoe.id, "zoe", NOW - timedelta(days=1))
    totp, typed, minutes = pyotp.TOTP(begun.seed), *SECONDS[cause]
    earlier = NOW - timedelta(minutes=5)
    confirm_totp(zoe.id, begun.id, totp.at(earlier), "", earlier)
    ticket = Scene(zoe, "web").attempt().ticket
    assert ticket is not None

    def prove(code: str) -> Outcome:
        outcome = prove_second(ticket, "totp", Attempt("web", "", code, "192.0.2.7", None, "Firefox", NOW))
        assert outcome is not None
        return outcome

    code = totp.at(NOW + timedelta(minutes=minutes)) if typed == "now" else typed
    before = {Cause.FACTOR_USED: [code], Cause.FACTOR_SLOWED: [f"{number:06}" for number in range(5)]}.get(cause, [])
    for each in before:
        prove(each)
    outcome = prove(code)
    assert isinstance(outcome.decision, Refused)
    assert choose_cause(outcome.decision.exact.value) is cause
    found = diagnose(outcome.reference, viewer=zoe.id, device=None, now=NOW)
    assert found is not None
    assert found.cause is cause


ELSEWHERE = {
    Cause.BUSY: "tests/desk/test_at_each_door.py::test_a_busy_server_says_so_and_counts_nothing",
    Cause.SOFT_LANDING: "tests/access/test_password_life.py::test_in_the_soft_landing_mail_is_read_and_sending_asks",
    Cause.FACTOR_LOST: "tests/access/test_second_step.py::test_who_lost_everything_comes_in_with_a_code_of_the_support",
    Cause.TICKET_EXPIRED: "tests/access/test_passkey.py::test_an_answer_is_good_for_ten_minutes",
    Cause.PASSKEY_WRONG: "tests/access/test_passkey.py::test_another_private_key_is_not_taken_for_it",
    Cause.PASSKEY_UNKNOWN: "tests/access/test_passkey.py::test_a_removed_passkey_is_not_known_any_more",
    Cause.ACTIVATED: "tests/access/test_activate.py::test_a_letter_serves_again_until_the_password_is_set",
    Cause.CODE_SPENT: "tests/access/test_activate.py::test_an_old_letter_and_the_one_before_a_new_one_are_explained",
    Cause.WRONG_SETTINGS: "tests/doors/smtp/test_reception.py::test_each_recipient_is_answered_at_once",
    Cause.TLS_REFUSED: "tests/doors/smtp/test_submission.py::test_nothing_is_offered_in_clear",
    Cause.QUOTA: "tests/doors/smtp/test_reception.py::test_a_full_mailbox_is_a_temporary_no",
    Cause.INCIDENT: "tests/doors/imap/test_bad_input.py::test_a_fault_of_ours_has_an_incident_and_the_next_command_works",
}
"""Causes that other tests produce, where they belong."""


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_is_produced_by_a_test(cause: Cause) -> None:
    assert cause in MAKERS or cause in SECONDS or cause in ELSEWHERE
    if cause in ELSEWHERE:
        file, _colons, name = ELSEWHERE[cause].partition("::")
        assert f"def {name}" in (ROOT / file).read_text(encoding="utf-8")


def test_a_busy_server_says_so_and_counts_nothing(zoe: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_busy(*_args: object) -> bool:
        raise Busy(rank="stranger")

    monkeypatch.setattr(Hasher, "is_right", is_busy)
    outcome = Scene(zoe, "imap").attempt()
    assert isinstance(outcome.decision, Refused)
    assert choose_cause(outcome.decision.exact.value) is Cause.BUSY
