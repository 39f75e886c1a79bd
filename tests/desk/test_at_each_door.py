"""Each cause that the guard knows, produced at each door where it can happen, with the code and the address of its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from corneille.access import queries
from corneille.access.app_password import create_app_password, list_app_passwords, revoke_app_password
from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Refused
from corneille.access.factor import make_sheet
from corneille.access.hasher import Hasher
from corneille.access.password import set_password
from corneille.access.right import DECLARED, Right
from corneille.access.rights import decide_right
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


def test_a_busy_server_says_so_and_counts_nothing(zoe: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_busy(*_args: object) -> bool:
        raise Busy(rank="stranger")

    monkeypatch.setattr(Hasher, "is_right", is_busy)
    outcome = Scene(zoe, "imap").attempt()
    assert isinstance(outcome.decision, Refused)
    assert choose_cause(outcome.decision.exact.value) is Cause.BUSY
