"""An open connection ends when what let it in no longer holds, whatever it is doing; others go on."""

import threading
from collections.abc import Callable

import pytest

from corneille.access.app_password import create_app_password, list_app_passwords, revoke_app_password
from corneille.access.connection import ConnectionShown, end_connection, list_connections
from corneille.access.containment import contain
from corneille.access.facts import Containment
from corneille.access.password import set_password
from corneille.access.right import Right
from corneille.access.rights import decide_right
from corneille.access.session import end_other_sessions
from corneille.kernel import clock, settings
from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountState
from corneille.people.find import find_account
from corneille.people.state import set_state
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, Door

OLD, NEW = "cerise-tambour-velours-48", "panier-orage-kayak-27"


def owner(door: Door) -> AccountId:
    person = find_account(door.identifier)
    assert person is not None
    return person.id


def revoke(door: Door) -> None:
    mine = next(each for each in list_app_passwords(owner(door)) if each.label == "Thunderbird")
    revoke_app_password(owner(door), mine.id, clock.now())


def suspend(door: Door) -> None:
    set_state(owner(door), AccountState.SUSPENDED)


def take_the_right(door: Door) -> None:
    now = clock.now()
    decide_right(
        f"account/{owner(door)}", Right.READING, is_allowed=False, networks="", by="Nadia Benali", now=now,
        reason="poste compromis", from_on=now.date(), until_on=None,
    )  # fmt: skip


@pytest.mark.parametrize("end", [revoke, suspend, take_the_right])
def test_an_open_connection_is_told_bye_and_closed(door: Door, client: Client, end: Callable[[Door], None]) -> None:
    client.ok(b"SELECT INBOX")
    end(door)
    assert client.read().startswith(b"* BYE Votre acces a change")
    assert client.is_closed()


def test_also_in_the_middle_of_idle(door: Door, client: Client) -> None:
    client.ok(b"SELECT INBOX")
    client.send(b"i IDLE\r\n")
    assert client.read() == b"+ idling"
    revoke(door)
    assert client.read().startswith(b"* BYE ")
    assert client.is_closed()


def test_another_app_password_goes_on(door: Door, client: Client) -> None:
    _id, secret = create_app_password(owner(door), "phone", frozenset({"imap"}), clock.now())
    phone = Client(door)
    phone.ok(b"LOGIN {} {}", door.identifier.encode(), secret.encode())
    revoke(door)
    assert client.is_closed()
    assert phone.ok(b"NOOP")
    phone.close()


def test_a_new_main_password_ends_what_the_old_one_opened_and_not_what_an_app_password_did(
    door: Door, client: Client
) -> None:
    set_password(owner(door), OLD, clock.now())
    by_password = Client(door)
    by_password.ok(b"LOGIN {} {}", door.identifier.encode(), OLD.encode())
    set_password(owner(door), NEW, clock.now())
    assert by_password.read().startswith(b"* BYE ")
    assert by_password.is_closed()
    by_password.close()
    assert client.ok(b"NOOP")


@pytest.fixture
def listed_at_once(ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, limits={"listed_after_s": 0.0})


def wait_for_connections(account: AccountId, count: int) -> list[ConnectionShown]:
    """Those of the account, once there are so many: a row is written beside the conversation, not in it."""
    for _ in range(400):
        shown = list_connections(account)
        if len(shown) == count:
            return shown
        threading.Event().wait(0.01)
    raise AssertionError(f"{len(shown)} connections are listed")


@pytest.mark.usefixtures("listed_at_once")
def test_one_connection_is_seen_and_ended_by_its_owner_and_the_other_goes_on(door: Door) -> None:
    first = Client(door)
    first.ok(b'ID ("name" "Thunderbird" "os" "Windows")')
    first.log_in()
    (shown,) = wait_for_connections(owner(door), 1)
    assert (str(shown.program), shown.label, shown.door) == ("Thunderbird · Windows", "Thunderbird", "imap")
    second = Client(door).log_in()
    wait_for_connections(owner(door), 2)
    end_connection(owner(door), shown.id, clock.now())
    assert first.read().startswith(b"* BYE ")
    assert first.is_closed()
    first.close()
    assert second.ok(b"NOOP")
    second.close()
    assert wait_for_connections(owner(door), 0) == []


def test_ending_all_sessions_disconnects_at_once_and_a_good_password_comes_back(door: Door, client: Client) -> None:
    client.ok(b"SELECT INBOX")
    client.send(b"i IDLE\r\n")
    assert client.read() == b"+ idling"
    end_other_sessions(owner(door), "", clock.now())
    assert client.read().startswith(b"* BYE ")
    assert client.is_closed()
    again = Client(door).log_in()
    assert again.ok(b"NOOP")
    again.close()


def test_a_suspension_ends_reading_and_holding_of_sending_does_not(door: Door, client: Client) -> None:
    contain(owner(door), Containment.HOLD_SENDING, "burst", {}, clock.now(), by="guard")
    assert client.ok(b"NOOP")
    contain(owner(door), Containment.SUSPEND, "because", {}, clock.now(), by="Nadia Benali")
    assert client.read().startswith(b"* BYE ")
    assert client.is_closed()
