"""The sign-in page answers an unknown identifier as it answers a known one: status, headers and every word."""

import re

import pytest

from corneille.kernel import settings
from corneille.people.account_type import AccountState
from corneille.people.find import Person
from corneille.people.state import set_state
from corneille.run.ground import Ground
from tests.doors.web.conftest import Browser, text_of

CHANGING = re.compile(
    r'AUTH-\w{4}-\w{4}|name="csrfmiddlewaretoken" value="\w+"|value="(clemoine|inconnue)"|challenge&quot;[^,]+'
)


def answer(browser: Browser, identifier: str, secret: str = "rien de juste") -> tuple[int, dict[str, str], str]:
    response = browser.post("/connexion", {"identifier": identifier, "secret": secret})
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, headers, CHANGING.sub("", text_of(response))


def test_known_and_unknown_read_alike(browser: Browser, teacher: Person) -> None:
    assert answer(browser, "clemoine") == answer(browser, "inconnue")


def test_they_are_slowed_alike(browser: Browser, teacher: Person) -> None:
    for number in range(6):
        last = [answer(browser, name, f"rien {number}") for name in ("clemoine", "inconnue")]
    assert [status for status, _headers, _text in last] == [429, 429]
    assert last[0][1:] == last[1][1:]


@pytest.mark.parametrize("state", [AccountState.SUSPENDED, AccountState.ENDED, AccountState.TO_ACTIVATE])
def test_what_became_of_an_account_is_told_to_nobody_without_its_password(
    browser: Browser, teacher: Person, state: AccountState
) -> None:
    set_state(teacher.id, state)
    assert answer(browser, "clemoine") == answer(browser, "inconnue")


@pytest.mark.parametrize("networks", [(), ("192.0.2.0/24",)])
@pytest.mark.parametrize("account_after", [1, 10**6])
def test_they_read_alike_time_and_again_attacked_or_from_a_declared_network(
    browser: Browser, teacher: Person, ground: Ground, networks: tuple[str, ...], account_after: int
) -> None:
    access = {"declared_networks": networks, "account_after_count": account_after}
    settings.load(None, {}, ground={"data": str(ground.data)}, access=access)
    for number in range(4):
        known, unknown = (answer(browser, name, f"rien {number}") for name in ("clemoine", "inconnue"))
        assert known == unknown
        assert known[0] == 200
