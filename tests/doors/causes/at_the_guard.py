"""What the guard refuses: each maker changes the account, or what is typed, until the cause is there; then one knocks."""

from collections.abc import Callable
from datetime import timedelta

from corneille.access import queries
from corneille.access.app_password import create_app_password, list_app_passwords, revoke_app_password
from corneille.access.containment import GUARD, contain
from corneille.access.cut_off import cut_off
from corneille.access.factor import make_sheet
from corneille.access.facts import Containment
from corneille.access.hasher import Hasher
from corneille.access.password import set_password
from corneille.access.right import DECLARED, Right
from corneille.access.rights import decide_right
from corneille.desk.cause import Cause
from corneille.kernel import clock
from corneille.kernel.refusal import Busy
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.state import set_state
from tests.doors.causes.scene import SCOPES, Scene
from tests.doors.web.conftest import PASSWORD

NEW = "panier-orage-kayak-27"
Maker = Callable[[Scene, str], None]


def wrong(scene: Scene, _door: str) -> None:
    scene.secret = "not this one"


def slowed(scene: Scene, door: str) -> None:
    for number in range(5):
        scene.knock(door, secret=f"guess {number}")


def network_slowed(scene: Scene, door: str) -> None:
    for number in range(20):
        scene.knock(door, identifier=f"nobody{number}")


def busy(scene: Scene, _door: str) -> None:
    def is_busy(*_: object) -> bool:
        raise Busy(rank="stranger")

    scene.monkeypatch.setattr(Hasher, "is_right", is_busy)


def old_password(scene: Scene, _door: str) -> None:
    set_password(scene.claire.id, NEW, clock.now(), old=PASSWORD)


def past_date(days: int) -> Maker:
    def expire(scene: Scene, _door: str) -> None:
        queries.set_expiry(scene.claire.id, clock.now() - timedelta(days=days))

    return expire


def state(value: AccountState) -> Maker:
    return lambda scene, _door: set_state(scene.claire.id, value)


def right(networks: str) -> Maker:
    def decide(scene: Scene, door: str) -> None:
        now = clock.now()
        decide_right(
            f"account/{scene.claire.id}", Right(door), is_allowed=bool(networks), networks=networks, reason="parce que",
            by="Nadia", from_on=now.date(), until_on=None, now=now,
        )  # fmt: skip

    return decide


def not_a_login(scene: Scene, _door: str) -> None:
    box = add_person(NewPerson(AccountType.FUNCTIONAL, "", "Collège", clock.now(), local_part="ce.0760095r"))
    scene.identifier = box.principal_address


def with_factor(scene: Scene, _door: str) -> None:
    make_sheet(scene.claire.id, "printed", clock.now())


def revoked(scene: Scene, _door: str) -> None:
    scene.use_app_password()
    revoke_app_password(scene.claire.id, list_app_passwords(scene.claire.id)[0].id, clock.now())


def out_of_date(scene: Scene, _door: str) -> None:
    now = clock.now()
    _id, scene.secret = create_app_password(scene.claire.id, "x", SCOPES, now - timedelta(days=2), expires_at=now)


def of_another_door(scene: Scene, door: str) -> None:
    own = {"imap": "imap", "submission": "smtp", "dav": "dav"}[door]
    _id, scene.secret = create_app_password(scene.claire.id, "x", SCOPES - {own}, clock.now())


def bad_input(scene: Scene, _door: str) -> None:
    scene.secret = "copied\x07with a bell"


def app_password(scene: Scene, _door: str) -> None:
    scene.use_app_password()


def taken_over(scene: Scene, _door: str) -> None:
    cut_off(scene.claire.id, clock.now(), by="Nadia Benali", actor="cli")


def suspended_by_guard(scene: Scene, _door: str) -> None:
    contain(scene.claire.id, Containment.SUSPEND, "unusual", {}, clock.now(), by=GUARD)


def suspended_for_support(scene: Scene, door: str) -> None:
    make_sheet(scene.claire.id, "recovery-code", clock.now())
    suspended_by_guard(scene, door)


AT_THE_GUARD: dict[Cause, Maker] = {
    Cause.WRONG: wrong,
    Cause.SLOWED: slowed,
    Cause.NETWORK_SLOWED: network_slowed,
    Cause.BUSY: busy,
    Cause.OLD_PASSWORD: old_password,
    Cause.SOFT_LANDING: past_date(2),
    Cause.PASSWORD_EXPIRED: past_date(20),
    Cause.TAKEN_OVER: taken_over,
    Cause.SUSPENDED: state(AccountState.SUSPENDED),
    Cause.SUSPENDED_BY_GUARD: suspended_by_guard,
    Cause.SUSPENDED_FOR_SUPPORT: suspended_for_support,
    Cause.TO_ACTIVATE: state(AccountState.TO_ACTIVATE),
    Cause.ENDED: state(AccountState.ENDED),
    Cause.MOVED: state(AccountState.MOVED),
    Cause.NOT_ENTITLED: right(""),
    Cause.NETWORK_NOT_ALLOWED: right(DECLARED),
    Cause.NOT_A_LOGIN: not_a_login,
    Cause.APP_PASSWORD_NEEDED: with_factor,
    Cause.APP_PASSWORD_HERE: app_password,
    Cause.APP_PASSWORD_REVOKED: revoked,
    Cause.APP_PASSWORD_EXPIRED: out_of_date,
    Cause.APP_PASSWORD_SCOPE: of_another_door,
    Cause.BAD_INPUT: bad_input,
}
