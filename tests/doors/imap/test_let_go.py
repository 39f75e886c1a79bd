"""An open connection ends when what let it in no longer holds, whatever it is doing; others go on."""

from collections.abc import Callable

import pytest

from corneille.access.app_password import create_app_password, list_app_passwords, revoke_app_password
from corneille.access.password import set_password
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountState
from corneille.people.find import find_account
from corneille.people.state import set_state
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


@pytest.mark.parametrize("end", [revoke, suspend])
def test_an_open_connection_is_told_bye_and_closed(door: Door, client: Client, end: Callable[[Door], None]) -> None:
    client.ok(b"SELECT INBOX")
    end(door)
    assert client.read().startswith(b"* BYE What signed you in no longer holds")
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
