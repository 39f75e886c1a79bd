"""Mail programs with an access token, at IMAP and submission: a real token, got by the real way, and all that stops one."""

import base64
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from typing import Any

import pytest

from corneille.access.activity import list_attempts
from corneille.access.app_password import list_app_passwords, revoke_app_password
from corneille.access.connection import list_connections
from corneille.access.containment import contain
from corneille.access.facts import Containment
from corneille.access.not_me import disown, make_link
from corneille.access.session import end_other_sessions
from corneille.kernel import clock, settings
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from corneille.people.state import set_state
from corneille.run.ground import Ground
from corneille.sso.client import add_client, change_client, close_client
from corneille.sso.entitle import Audience
from tests.doors.causes.scene import Scene, make_scene, show_to_imap, stranger
from tests.doors.web.conftest import browser, teacher, text_of
from tests.doors.web.sso.conftest import BACK, MINA, NOW, Service, later, returned
from tests.sso.program import THUNDERBIRD, Program, format_bearer, register

__all__ = ["browser", "later", "teacher"]

DOORS = ["imap", "submission"]
MECHANISMS = ["OAUTHBEARER", "XOAUTH2"]
ADDRESS = re.compile(r"AUTH-\w{4}-\w{4} https://localhost(/depannage/AUTH-\w{4}-\w{4})")


@pytest.fixture
def scene(teacher: Person, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with ExitStack() as held:
        yield make_scene(teacher, ground.data, monkeypatch, held)


@pytest.fixture
def given(scene: Scene) -> dict[str, Any]:
    """What Thunderbird got when Claire let it in."""
    register()
    return Program(scene.owner).be_let_in()


def is_in(told: list[str]) -> bool:
    return told[-1].startswith(("a OK ", "235 "))


def read_why(told: list[str]) -> dict[str, str]:
    """The mechanism's own refusal."""
    why: dict[str, str] = json.loads(base64.b64decode(told[0].split(" ", 1)[1]))
    return why


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_token_opens_and_the_sign_in_is_listed_as_such(
    scene: Scene, given: dict[str, Any], door: str, mechanism: str
) -> None:
    address = scene.claire.principal_address
    assert address is not None
    assert is_in(scene.show_token(door, given["access_token"], address, mechanism))
    (shown,) = list_app_passwords(scene.claire.id)
    assert shown.last_used_at is not None
    attempt = list_attempts(scene.claire.id, 1)[0]
    assert (attempt.door, attempt.decision, attempt.is_proved) == (door, "granted", True)


def test_who_says_no_name_opens_the_mail_of_the_token(scene: Scene, given: dict[str, Any]) -> None:
    assert is_in(scene.show_token("imap", given["access_token"]))


def test_tokens_are_announced_and_taken_over_tls_alone(scene: Scene, given: dict[str, Any]) -> None:
    with closing(scene.imap()) as client, closing(scene.imap(tls=False)) as plain:
        assert b"AUTH=OAUTHBEARER AUTH=XOAUTH2" in client.greeting
        assert b"OAUTHBEARER" not in plain.greeting
        told = show_to_imap(plain, "OAUTHBEARER", format_bearer(given["access_token"]))
        assert told[0].startswith("a NO [PRIVACYREQUIRED]")
    with scene.submission() as program, scene.submission(tls=False) as in_clear:
        assert "OAUTHBEARER XOAUTH2" in program.esmtp_features["auth"]
        assert "auth" not in in_clear.esmtp_features
        code, _told = in_clear.docmd("AUTH OAUTHBEARER " + format_bearer(given["access_token"]))
        assert code == 538


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_refused_program_learns_how_to_get_another_token_and_its_person_where_it_is_explained(
    scene: Scene, given: dict[str, Any], door: str, mechanism: str
) -> None:
    told = scene.show_token(door, "unknown", "clemoine", mechanism)
    assert told[-1].startswith(("a NO [AUTHENTICATIONFAILED]", "535 5.7.8")), told
    why = read_why(told)
    assert why["scope"] == "mail"
    if mechanism == "OAUTHBEARER":
        assert why["status"] == "invalid_token"
        assert why["openid-configuration"] == "https://localhost/.well-known/openid-configuration"
    found = ADDRESS.search(told[-1])
    assert found is not None, told
    assert "token" in text_of(stranger().get(found[1], **{"Accept-Language": "en"}))


@pytest.mark.parametrize("identifier", ["", "clemoine", "personne9"])
def test_an_unknown_token_is_answered_alike_whoever_is_named(scene: Scene, given: dict[str, Any], identifier: str) -> None:
    told = scene.show_token("imap", "unknown", identifier)
    assert re.sub(r"AUTH-\w{4}-\w{4}", "AUTH", told[-1]) == (
        "a NO [AUTHENTICATIONFAILED] Jeton inconnu ou perime, reconnectez ce logiciel. / Unknown or expired token, sign in "
        "again. AUTH https://localhost/depannage/AUTH"
    )


def test_a_token_opens_its_owner_s_mail_alone(scene: Scene, given: dict[str, Any]) -> None:
    paul = add_person(NewPerson(AccountType.TEACHER, "Paul", "Roux", clock.now()))
    told = scene.show_token("imap", given["access_token"], paul.identifier)
    assert "Jeton inconnu" in told[-1]
    assert list_attempts(paul.id, 5) == []


def test_a_token_ends_and_the_next_one_opens(
    scene: Scene, given: dict[str, Any], later: Callable[[timedelta], None]
) -> None:
    later(timedelta(seconds=601))
    assert "Jeton inconnu" in scene.show_token("imap", given["access_token"])[-1]
    renewed = json.loads(Program(stranger()).renew(given["refresh_token"]).content)
    assert is_in(scene.show_token("imap", renewed["access_token"]))


@pytest.mark.parametrize("door", DOORS)
def test_a_token_without_the_scope_of_mail_does_not_open_it(scene: Scene, door: str) -> None:
    mina = Service(scene.owner, "mina", add_client(MINA, NOW, by="test"))
    token = json.loads(mina.exchange(returned(mina.open())["code"]).content)["access_token"]
    told = scene.show_token(door, token)
    assert read_why(told)["status"] == ("insufficient_scope" if door == "imap" else "invalid_token")
    assert not is_in(told)


def revoke(scene: Scene) -> None:
    revoke_app_password(scene.claire.id, list_app_passwords(scene.claire.id)[0].id, clock.now())


def suspend(scene: Scene) -> None:
    contain(scene.claire.id, Containment.SUSPEND, "compte compromis", {}, clock.now(), by="Nadia Benali")


def leave_the_academie(scene: Scene) -> None:
    set_state(scene.claire.id, AccountState.ENDED)


def disown_all(scene: Scene) -> None:
    disown(make_link(scene.claire.id, clock.now()).rpartition("/")[2], clock.now())


def unregister(_scene: Scene) -> None:
    close_client("thunderbird", clock.now(), by="test")


@pytest.mark.parametrize("end", [revoke, suspend, leave_the_academie, disown_all])
@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_what_ends_the_permission_ends_the_open_connection_and_refuses_the_next(
    scene: Scene, given: dict[str, Any], end: Callable[[Scene], None], mechanism: str
) -> None:
    with closing(scene.imap()) as client:
        assert is_in(show_to_imap(client, mechanism, format_bearer(given["access_token"], "clemoine", mechanism)))
        end(scene)
        assert client.read().startswith(b"* BYE Votre acces a change")
        assert client.is_closed()
    assert not is_in(scene.show_token("imap", given["access_token"]))


def test_a_program_that_is_registered_no_more_is_cut_off(scene: Scene, given: dict[str, Any]) -> None:
    settings.load(None, {}, ground={"data": str(scene.data)}, limits={"listed_after_s": 0.0})
    with closing(scene.imap()) as client:
        assert is_in(show_to_imap(client, "OAUTHBEARER", format_bearer(given["access_token"])))
        while not list_connections(scene.claire.id):
            client.ok(b"NOOP")
        (shown,) = list_connections(scene.claire.id)
        assert (shown.label, shown.service) == ("Thunderbird", "thunderbird")
        page = text_of(scene.owner.get("/mes-connexions"))
        assert "autorisé\u00a0: Thunderbird" in page
        unregister(scene)
        assert client.read().startswith(b"* BYE ")
    assert not is_in(scene.show_token("imap", given["access_token"]))


def test_who_has_lost_the_right_to_the_program_reads_so(scene: Scene, given: dict[str, Any]) -> None:
    change_client(
        type(THUNDERBIRD)(
            THUNDERBIRD.slug, THUNDERBIRD.name, THUNDERBIRD.url, THUNDERBIRD.redirect_uris, scopes=THUNDERBIRD.scopes,
            audience=Audience(types=frozenset({"direction"})), is_program=True,
        ),
        clock.now(), by="test",
    )  # fmt: skip
    told = scene.show_token("imap", given["access_token"])
    assert "may not use a mail program" in told[-1]


@pytest.mark.parametrize("sign_out", [True, False])
def test_a_service_reads_as_long_as_the_session_that_led_to_it(scene: Scene, sign_out: bool) -> None:
    """A webmail of the académie: nobody is asked, and signing out of the portal ends what it opened."""
    webmail = type(MINA)("webmail", "Webmail", MINA.url, (BACK,), scopes=("openid", "mail"))
    service = Service(scene.owner, "webmail", add_client(webmail, NOW, by="test"))
    answer = json.loads(service.exchange(returned(service.open(scope="openid mail"))["code"]).content)
    assert "refresh_token" not in answer
    with closing(scene.imap()) as client:
        assert is_in(show_to_imap(client, "XOAUTH2", format_bearer(answer["access_token"], "clemoine", "XOAUTH2")))
        if sign_out:
            scene.owner.post("/deconnexion", {})
        else:
            end_other_sessions(scene.claire.id, "another", clock.now())
        assert client.read().startswith(b"* BYE ")
    assert "Jeton inconnu" in scene.show_token("imap", answer["access_token"])[-1]
