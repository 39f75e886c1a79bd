"""Connections of mail programs, as their owner sees and ends them."""

from datetime import timedelta

import pytest

from corneille.access.app_password import create_app_password
from corneille.access.connection import (
    Hold,
    close_connection,
    end_all_connections,
    end_connection,
    forget_connections,
    list_connections,
    open_connection,
)
from corneille.access.containment import contain
from corneille.access.facts import Containment
from corneille.access.hold import still_holds
from corneille.access.not_me import disown, make_link
from corneille.access.session import end_other_sessions
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people.find import Person

from .conftest import HOME, NOW, PASSWORD, Try, add_teacher

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def hold(zoe: Person, attempt: Try) -> Hold:
    """What Thunderbird is in by, with an app password."""
    _id, secret = create_app_password(zoe.id, "Thunderbird", frozenset({"imap"}), NOW)
    made = attempt(secret, door="imap").hold
    assert made is not None
    return made


def test_a_connection_is_listed_in_plain_words_while_it_is_open(zoe: Person, hold: Hold) -> None:
    connection = open_connection(hold, "Thunderbird 140.0 Windows")
    (shown,) = list_connections(zoe.id)
    assert (str(shown.program), shown.label, shown.door) == ("Thunderbird · Windows", "Thunderbird", "imap")
    assert (shown.network, shown.since) == (HOME, NOW)
    close_connection(connection)
    assert list_connections(zoe.id) == []


def test_one_that_is_ended_does_not_hold_and_others_do(zoe: Person, hold: Hold) -> None:
    first, second = open_connection(hold, ""), open_connection(hold, "")
    end_connection(zoe.id, first, LATER)
    assert not still_holds(hold, first, LATER)
    assert still_holds(hold, second, LATER)


def test_nobody_ends_a_connection_of_somebody_else(zoe: Person, hold: Hold) -> None:
    paul, connection = add_teacher("Paul", "Durand"), open_connection(hold, "")
    with pytest.raises(Gone):
        end_connection(paul.id, connection, LATER)
    assert still_holds(hold, connection, LATER)


@pytest.mark.parametrize("listed", [True, False])
def test_ending_all_sessions_ends_connections_also_those_that_are_not_listed_yet(
    zoe: Person, hold: Hold, attempt: Try, listed: bool
) -> None:
    connection = open_connection(hold, "") if listed else None
    end_other_sessions(zoe.id, "here", LATER)
    assert not still_holds(hold, connection, LATER)
    assert list_connections(zoe.id) == []
    after = attempt.later(minutes=6)(PASSWORD, door="imap").hold
    assert after is not None
    assert still_holds(after, None, LATER), "who comes in afterwards stays"


def _suspend(account: AccountId) -> None:
    contain(account, Containment.SUSPEND, "prise de contrôle", {}, LATER, by="Nadia Benali")


def _disown(account: AccountId) -> None:
    disown(make_link(account, NOW).rpartition("/")[2], LATER)


@pytest.mark.parametrize("act", [_suspend, _disown, lambda account: end_all_connections(account, LATER)])
def test_what_ends_everything_ends_the_main_password_s_connections_too(zoe: Person, attempt: Try, act: object) -> None:
    hold = attempt(PASSWORD, door="imap").hold
    assert hold is not None
    assert callable(act)
    assert still_holds(hold, None, NOW)
    act(zoe.id)
    assert not still_holds(hold, None, LATER)


def test_holding_sending_disconnects_nobody(zoe: Person, hold: Hold) -> None:
    contain(zoe.id, Containment.HOLD_SENDING, "burst", {}, LATER, by="guard")
    assert still_holds(hold, None, LATER), "reading goes on"


def test_a_service_that_starts_forgets_what_it_left_behind(zoe: Person, hold: Hold) -> None:
    open_connection(hold, "")
    forget_connections()
    assert list_connections(zoe.id) == []
