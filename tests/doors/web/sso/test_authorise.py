"""Going on to a service: the whole flow, and everything that stops it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from corneille.access.session import end_all_sessions
from corneille.kernel import clock
from corneille.people.find import Person
from corneille.sso.client import NewClient, add_client, change_client, close_client
from corneille.sso.entitle import Audience
from corneille.sso.sign_on import list_sign_ons
from corneille.sso.signing_key import rotate
from tests.doors.web.conftest import PASSWORD, Browser, json_of, text_of
from tests.doors.web.sso.conftest import BACK, MINA, NOW, Service, enrol_totp, returned

Register = Callable[..., Service]


def test_a_teacher_goes_on_to_a_service_which_learns_who_came(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    asked = mina.open()
    assert asked.headers["Location"].startswith("/connexion?next=%2Foidc%2Fauthorize")
    back = parse_qs(urlsplit(asked.headers["Location"]).query)["next"][0]
    came_in = browser.sign_in(teacher.identifier, next=back)
    told = returned(browser.get(came_in.headers["Location"]))
    assert told["state"] == "etat"
    assert told["iss"] == "https://localhost"
    answer = json_of(mina.exchange(told["code"]))
    claims = mina.read(answer["id_token"])
    assert claims["iss"] == "https://localhost"
    assert claims["aud"] == "mina"
    assert claims["nonce"] == "unique"
    assert claims["name"] == "Claire Lemoine"
    assert claims["email"] == teacher.principal_address
    assert claims["acr"] == "https://refeds.org/profile/sfa"
    assert claims["amr"] == ["pwd"]
    assert abs(claims["auth_time"] - clock.now().timestamp()) < 60
    info = browser.get("/oidc/userinfo", Authorization=f"Bearer {answer['access_token']}")
    assert json_of(info)["sub"] == claims["sub"]
    assert json_of(info)["preferred_username"] == teacher.identifier
    assert [each.slug for each in list_sign_ons(teacher.id, 5)] == ["mina"]


def test_a_code_is_good_once_with_its_secret_and_its_verifier(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    code = returned(mina.open())["code"]
    wrong = mina.exchange(code, code_verifier="x" * 64)
    assert (wrong.status_code, json_of(wrong)["error"]) == (400, "invalid_grant")
    assert json_of(mina.exchange(code, secret="devinée"))["error"] == "invalid_client"
    assert mina.exchange(code).status_code == 200
    again = mina.exchange(code)
    assert (again.status_code, json_of(again)["error"]) == (400, "invalid_grant")


def test_a_service_is_told_what_its_scopes_name_and_no_more(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register(scopes=("openid", "affiliation"))
    browser.sign_in(teacher.identifier)
    claims = mina.read(json_of(mina.exchange(returned(mina.open(scope="openid affiliation"))["code"]))["id_token"])
    assert claims["account_type"] == "enseignant"
    assert claims["assignments"] == []
    assert not {"name", "email", "preferred_username"} & set(claims)
    assert returned(mina.open(scope="openid profile"))["error"] == "invalid_scope"


def test_ending_the_session_ends_what_the_service_may_read(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    token = json_of(mina.exchange(returned(mina.open())["code"]))["access_token"]
    end_all_sessions(teacher.id, clock.now())
    refused = browser.get("/oidc/userinfo", Authorization=f"Bearer {token}")
    assert refused.status_code == 401
    assert "Lemoine" not in text_of(refused)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"response_type": "token"}, "unauthorized_client"),
        ({"code_challenge": "", "code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"scope": "openid admin"}, "invalid_scope"),
    ],
)
def test_a_request_that_is_wrong_comes_back_with_its_error(
    register: Register, browser: Browser, teacher: Person, more: dict[str, str], error: str
) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    assert returned(mina.open(**more))["error"] == error


@pytest.mark.parametrize(
    "more",
    [
        {"redirect_uri": "https://mina.example/retour/plus"},
        {"redirect_uri": "https://voleur.example/"},
        {"redirect_uri": "http://mina.example/retour"},
        {"client_id": "inconnu"},
        {"client_id": ""},
    ],
)
def test_nobody_is_sent_to_an_address_that_was_not_registered(
    register: Register, browser: Browser, teacher: Person, more: dict[str, str]
) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    page = mina.open(**more)
    assert page.status_code == 400
    assert "Location" not in page.headers
    assert "n’a pas été comprise" in text_of(page)


def test_a_closed_service_is_unknown_from_then_on(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    code = returned(mina.open())["code"]
    close_client("mina", clock.now(), by="test")
    assert mina.open().status_code == 400
    assert mina.exchange(code).status_code == 401


def test_who_is_not_entitled_reads_why_and_the_way_back(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register(audience=Audience(types=frozenset({"direction"})))
    browser.sign_in(teacher.identifier)
    page = mina.open()
    assert page.status_code == 403
    assert "chefs d’établissement" in text_of(page)
    assert "error=access_denied" in text_of(page)
    assert returned(mina.open(prompt="none"))["error"] == "access_denied"


def test_a_silent_request_never_shows_a_page(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    told = returned(mina.open(prompt="none"))
    assert (told["error"], told["state"]) == ("login_required", "etat")
    browser.sign_in(teacher.identifier)
    assert "code" in returned(mina.open(prompt="none"))


def test_a_service_that_wants_a_fresh_proof_gets_one(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    asked = mina.open(prompt="login")
    assert asked.headers["Location"].startswith("/confirmer?next=")
    back = parse_qs(urlsplit(asked.headers["Location"]).query)["next"][0]
    proved = browser.post("/confirmer", {"secret": PASSWORD, "next": back})
    assert "code" in returned(browser.get(proved.headers["Location"]))


def test_the_rule_of_a_service_bounds_the_age_of_the_proof(
    register: Register, browser: Browser, teacher: Person, later: Callable[[timedelta], None]
) -> None:
    mina = register(max_age_s=900)
    browser.sign_in(teacher.identifier)
    first = mina.read(json_of(mina.exchange(returned(mina.open())["code"]))["id_token"])
    later(timedelta(minutes=16))
    assert mina.open().headers["Location"].startswith("/confirmer?next=")
    assert returned(mina.open(prompt="none"))["error"] == "interaction_required"
    proved = browser.post("/confirmer", {"secret": PASSWORD, "next": "/"})
    assert proved.headers["Location"] == "/"
    second = mina.read(json_of(mina.exchange(returned(mina.open())["code"]))["id_token"])
    assert 900 < second["auth_time"] - first["auth_time"] < 1200, "the time of the last proof, not of the sign-in"


def test_a_service_that_wants_two_factors_asks_for_the_second_even_on_a_known_device(
    register: Register, browser: Browser, teacher: Person
) -> None:
    mina = register(needs_second_factor=True)
    browser.sign_in(teacher.identifier)
    page = mina.open()
    assert page.status_code == 403
    assert "second facteur" in text_of(page)
    seed = enrol_totp(teacher)
    asked = mina.open()
    assert asked.headers["Location"].startswith("/confirmer?")
    told = {name: values[0] for name, values in parse_qs(urlsplit(asked.headers["Location"]).query).items()}
    assert told["deuxieme"] == "1"
    second = browser.post("/confirmer", {"secret": PASSWORD, **told})
    assert second.headers["Location"] == "/connexion/deuxieme-etape"
    wrong = browser.post("/connexion/deuxieme-etape", {"code": "000000", "par": "totp"})
    assert wrong.status_code == 200
    came = browser.post("/connexion/deuxieme-etape", {"code": pyotp.TOTP(seed).now(), "par": "totp"})
    claims = mina.read(json_of(mina.exchange(returned(browser.get(came.headers["Location"]))["code"]))["id_token"])
    assert claims["acr"] == "https://refeds.org/profile/mfa"
    assert claims["amr"] == ["mfa", "otp", "pwd"]


def test_after_a_form_a_page_leads_on_because_browsers_hold_redirections_to_the_forms_rule(
    register: Register, browser: Browser, teacher: Person
) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    page = browser.get(mina.make_address(), **{"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 200
    assert f'content="0;url={BACK}?code=' in text_of(page)


def test_another_service_knows_the_person_by_another_name(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    mine = mina.read(json_of(mina.exchange(returned(mina.open())["code"]))["id_token"])["sub"]
    secret = add_client(NewClient("cahier", "Cahier", "https://cahier.example/", (BACK,)), NOW, by="test")
    cahier = Service(browser, "cahier", secret)
    theirs = cahier.read(json_of(cahier.exchange(returned(cahier.open())["code"]))["id_token"])["sub"]
    again = mina.read(json_of(mina.exchange(returned(mina.open())["code"]))["id_token"])["sub"]
    assert mine == again != theirs


def test_a_new_key_signs_and_the_old_one_is_still_published(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    before = json_of(mina.exchange(returned(mina.open())["code"]))["id_token"]
    rotate(clock.now(), by="test")
    after = json_of(mina.exchange(returned(mina.open())["code"]))["id_token"]
    assert mina.read(before)["sub"] == mina.read(after)["sub"]
    assert len(json_of(browser.get("/oidc/keys"))["keys"]) == 2


def test_a_changed_service_has_its_new_addresses(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    browser.sign_in(teacher.identifier)
    change_client(replace(MINA, redirect_uris=("https://mina.example/autre",)), clock.now(), by="test")
    assert mina.open().status_code == 400
    assert mina.open(redirect_uri="https://mina.example/autre").status_code == 302


def test_a_request_may_be_posted(register: Register, browser: Browser, teacher: Person) -> None:
    mina = register()
    asked = dict(pair.split("=") for pair in urlsplit(mina.make_address()).query.split("&"))
    answer = browser.post("/oidc/authorize", {"client_id": asked["client_id"], "state": "étrange & long"}, token=False)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/oidc/authorize?client_id=mina&state=%C3%A9")
