"""A mail program is let in by its owner from a browser, renews its tokens by itself, and is shut out from the list."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from corneille.access.app_password import list_app_passwords, revoke_app_password
from corneille.kernel import clock, journal
from corneille.kernel.outbox import list_notices
from corneille.people.find import Person
from corneille.sso.client import ClientRefused, add_client, close_client
from corneille.sso.entitle import Audience
from corneille.sso.sign_on import forget_tokens
from tests.doors.web.conftest import Browser, json_of, text_of
from tests.doors.web.sso.conftest import MINA, NOW, Service, returned
from tests.sso.program import BACK, THUNDERBIRD, Program, register


@pytest.fixture
def program(browser: Browser, teacher: Person) -> Program:
    """Claire is signed in, and Thunderbird is registered."""
    register()
    browser.sign_in(teacher.identifier)
    return Program(browser)


def test_its_owner_reads_what_it_asks_for_and_lets_it_in(program: Program, teacher: Person) -> None:
    page = unescape(text_of(program.open()))
    assert "Thunderbird" in page
    assert teacher.principal_address is not None
    assert teacher.principal_address in page
    assert list_app_passwords(teacher.id) == []
    answer = program.be_let_in()
    assert answer["scope"] == "mail"
    assert answer["refresh_token"]
    (shown,) = list_app_passwords(teacher.id)
    assert (shown.label, shown.service, shown.scopes) == ("Thunderbird", "thunderbird", frozenset({"imap", "smtp"}))
    assert shown.expires_at is not None
    assert "program-permitted" in {line.action for line in journal.list_lines(teacher.id, 20)}
    assert "program-permitted" in {each.code for each in list_notices(teacher.id, clock.now())}
    assert "Thunderbird" in text_of(program.browser.get("/configurer"))


def test_refusing_leads_back_and_gives_nothing(program: Program, teacher: Person) -> None:
    assert program.answer("refuser") == {"error": "access_denied", "state": "etat", "iss": "https://localhost"}
    assert list_app_passwords(teacher.id) == []


def test_it_is_never_let_in_without_a_word_of_its_owner(program: Program) -> None:
    silent = program.open(prompt="none")
    assert "error=interaction_required" in silent.headers["Location"]
    assert program.open().status_code == 200
    no_form = program.browser.client.post(f"/oidc/allow?{program.make_query()}", {"autoriser": "1"}, secure=True)
    assert no_form.status_code == 403


def test_an_old_proof_is_asked_again_first(program: Program, later: Callable[[timedelta], None]) -> None:
    later(timedelta(minutes=20))
    assert program.open().headers["Location"].startswith("/confirmer")


@pytest.mark.parametrize("back", ["http://localhost:52001/plus", "http://voleur.example", "https://localhost:52001"])
def test_what_comes_back_goes_to_its_own_machine_alone(program: Program, back: str) -> None:
    assert program.open(redirect_uri=back).status_code == 400


def test_a_program_of_a_phone_is_led_back_by_its_own_scheme(browser: Browser, teacher: Person) -> None:
    register(redirect_uris=("net.thunderbird.android:/oauth2redirect",))
    browser.sign_in(teacher.identifier)
    program = Program(browser)
    query = program.make_query(redirect_uri="net.thunderbird.android:/oauth2redirect")
    page = browser.post(f"/oidc/allow?{query}", {"autoriser": "1"})
    assert "net.thunderbird.android:/oauth2redirect?code=" in unescape(text_of(page))


@pytest.mark.parametrize("back", ["http://192.0.2.1", "javascript:alert(1)", "voleur:/x", "http://localhost:1", "data.x:y"])
def test_an_address_that_is_no_program_s_own_is_not_registered(teacher: Person, back: str) -> None:
    with pytest.raises(ClientRefused):
        register(redirect_uris=(back,))


def test_a_service_may_not_name_a_machine_of_its_people(teacher: Person) -> None:
    with pytest.raises(ClientRefused):
        register(is_program=False)


def test_who_has_the_code_but_not_what_the_program_drew_gets_nothing(program: Program) -> None:
    code = program.answer("autoriser")["code"]
    stolen = Program(program.browser).exchange(code)
    assert json_of(stolen)["error"] == "invalid_grant"


def test_it_renews_its_tokens_and_each_is_good_once(program: Program, teacher: Person) -> None:
    first = program.be_let_in()
    second = json_of(program.renew(first["refresh_token"]))
    assert second["access_token"] != first["access_token"]
    assert "id_token" not in second
    assert len(list_app_passwords(teacher.id)) == 1
    assert json_of(program.renew(second["refresh_token"]))["scope"] == "mail"


def test_a_refresh_token_that_comes_back_ends_the_permission(program: Program, teacher: Person) -> None:
    first = program.be_let_in()
    second = json_of(program.renew(first["refresh_token"]))
    assert json_of(program.renew(first["refresh_token"]))["error"] == "invalid_grant"
    assert list_app_passwords(teacher.id) == []
    assert json_of(program.renew(second["refresh_token"]))["error"] == "invalid_grant"


def test_a_permission_that_is_withdrawn_is_renewed_no_more(program: Program, teacher: Person) -> None:
    answer = program.be_let_in()
    revoke_app_password(teacher.id, list_app_passwords(teacher.id)[0].id, clock.now())
    assert json_of(program.renew(answer["refresh_token"]))["error"] == "invalid_grant"
    assert "permission-withdrawn" in {line.action for line in journal.list_lines(teacher.id, 20)}


def test_it_goes_on_when_the_browser_has_signed_out_and_months_pass(
    program: Program, browser: Browser, later: Callable[[timedelta], None]
) -> None:
    answer = program.be_let_in(scope="openid mail")
    browser.post("/deconnexion", {})
    for day in (1, 100):
        later(timedelta(days=day))
        forget_tokens(clock.now())
        renewed = program.renew(answer["refresh_token"])
        assert renewed.status_code == 200, text_of(renewed)
        answer = json_of(renewed)
    later(timedelta(days=181))
    assert json_of(program.renew(answer["refresh_token"]))["error"] == "invalid_grant"


@pytest.mark.parametrize("end", [lambda: close_client("thunderbird", clock.now(), by="test")])
def test_a_program_that_is_registered_no_more_has_no_permission_left(
    program: Program, teacher: Person, end: Callable[[], None]
) -> None:
    answer = program.be_let_in()
    end()
    assert list_app_passwords(teacher.id) == []
    assert program.renew(answer["refresh_token"]).status_code == 401
    assert program.open().status_code == 400


def test_a_program_that_is_not_for_somebody_is_refused_with_the_reason(browser: Browser, teacher: Person) -> None:
    register(audience=Audience(types=frozenset({"direction"})))
    browser.sign_in(teacher.identifier)
    page = Program(browser).open()
    assert page.status_code == 403
    assert "chefs d’établissement" in text_of(page)


def test_a_service_gets_no_refresh_token(browser: Browser, teacher: Person) -> None:
    mina = Service(browser, "mina", add_client(MINA, NOW, by="test"))
    browser.sign_in(teacher.identifier)
    assert "refresh_token" not in json_of(mina.exchange(returned(mina.open())["code"]))


def test_a_program_is_no_tile_among_the_services(program: Program) -> None:
    assert THUNDERBIRD.url not in text_of(program.browser.get("/"))
    assert BACK not in text_of(program.browser.get("/"))
