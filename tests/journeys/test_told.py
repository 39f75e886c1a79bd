"""What `./run --json` names is there: pages, services, the provider of sign-on, calendars."""

import json
import ssl
import urllib.error
import urllib.request

from tests.journeys.demonstration import Demonstration

PAGES = {"home", "inbox", "help", "faq", "status", "calendar", "report"}


def ask(demonstration: Demonstration, address: str, method: str = "GET") -> tuple[int, bytes]:
    trusted = ssl.create_default_context(cafile=str(demonstration.ca))
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method=method), context=trusted) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def test_every_page_that_is_named_opens(demonstration: Demonstration) -> None:
    pages = demonstration.told["pages"]
    assert set(pages) >= PAGES
    assert {name: ask(demonstration, url)[0] for name, url in pages.items()} == dict.fromkeys(pages, 200)


def test_services_the_provider_and_calendars_answer_where_they_are_said_to_be(demonstration: Demonstration) -> None:
    told = demonstration.told
    assert {each["name"] for each in told["services"]} == {"MINA", "Cahier de textes"}
    for each in told["services"]:
        assert {"name", "url", "post", "credential"} <= set(each)
        assert ask(demonstration, each["url"])[0] == 200
        assert ask(demonstration, each["post"])[0] == 405, "it is there, and wants a POST"
    status, found = ask(demonstration, f"{told['oidc']}/.well-known/openid-configuration")
    assert (status, json.loads(found)["issuer"]) == (200, told["oidc"])
    assert ask(demonstration, told["dav"], "PROPFIND")[0] == 401
