"""What a service's program reads to set itself up."""

from authlib.oidc.discovery import OpenIDProviderMetadata

from tests.doors.web.conftest import Browser, json_of


def test_the_document_is_sound_and_its_addresses_answer(browser: Browser) -> None:
    answer = browser.get("/.well-known/openid-configuration")
    told = json_of(answer)
    OpenIDProviderMetadata(told).validate()
    assert told["issuer"] == "https://localhost"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert told["code_challenge_methods_supported"] == ["S256"]
    for name, status in (("authorization_endpoint", 400), ("userinfo_endpoint", 401), ("jwks_uri", 200)):
        assert browser.get(told[name].removeprefix("https://localhost")).status_code == status
    assert browser.post(told["token_endpoint"].removeprefix("https://localhost"), {}, token=False).status_code == 400


def test_published_keys_hold_nothing_private(browser: Browser) -> None:
    (key,) = json_of(browser.get("/oidc/keys"))["keys"]
    assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}
