from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore

from corneille.access.password import set_password
from corneille.access.session import (
    end_all_sessions,
    end_other_sessions,
    end_session,
    end_session_of_key,
    list_sessions,
    register_session,
    touch_session,
)
from corneille.kernel.refusal import Gone
from corneille.people.find import Person
from corneille.people.models import Account

from .conftest import ELSEWHERE, HOME, NOW, add_teacher

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def open_session(person: Person) -> str:
    session = SessionStore()
    session["of"] = person.id
    session.create()
    assert session.session_key is not None
    register_session(person.id, session.session_key, network_address=HOME, program=FIREFOX, now=NOW)
    return session.session_key


def is_open(key: str) -> bool:
    return SessionStore().exists(key)


def test_open_sessions_are_shown_the_current_one_first(zoe: Person) -> None:
    open_session(zoe)
    current = open_session(zoe)
    shown = list_sessions(zoe.id, current_key=current)
    assert [each.is_current for each in shown] == [True, False]
    assert (str(shown[0].program), shown[0].network) == ("Firefox · Windows", HOME)


def test_ending_a_session_ends_it_and_no_other(zoe: Person) -> None:
    here, there = open_session(zoe), open_session(zoe)
    other = next(each for each in list_sessions(zoe.id, current_key=here) if not each.is_current)
    end_session(zoe.id, other.id, NOW)
    assert (is_open(here), is_open(there)) == (True, False)


def test_nobody_ends_somebody_elses_session(zoe: Person) -> None:
    key = open_session(zoe)
    marie = add_teacher("Marie", "Dupont")
    with pytest.raises(Gone):
        end_session(marie.id, list_sessions(zoe.id)[0].id, NOW)
    assert is_open(key)


def test_all_the_others_end_and_this_one_stays(zoe: Person) -> None:
    here, there, marie = open_session(zoe), open_session(zoe), open_session(add_teacher("Marie", "Dupont"))
    end_other_sessions(zoe.id, here, NOW)
    assert (is_open(here), is_open(there), is_open(marie)) == (True, False, True)


def test_a_session_that_signs_out_is_no_longer_shown(zoe: Person) -> None:
    end_session_of_key(open_session(zoe))
    assert list_sessions(zoe.id) == []


def test_a_use_is_written_every_five_minutes_at_most(zoe: Person) -> None:
    key = open_session(zoe)
    touch_session(key, network_address=ELSEWHERE, now=NOW + timedelta(minutes=4))
    assert list_sessions(zoe.id)[0].last_seen_at == NOW
    touch_session(key, network_address=ELSEWHERE, now=NOW + timedelta(minutes=5))
    shown = list_sessions(zoe.id)[0]
    assert (shown.last_seen_at, shown.network) == (NOW + timedelta(minutes=5), ELSEWHERE)


@pytest.mark.parametrize("by", ["password", "end all"])
def test_the_stamp_that_every_session_carries_is_renewed(zoe: Person, by: str) -> None:
    key = open_session(zoe)
    before = Account.objects.get(pk=zoe.id).get_session_auth_hash()
    if by == "password":
        set_password(zoe.id, "panier-orage-kayak-27", NOW)
    else:
        end_all_sessions(zoe.id, NOW)
        assert not is_open(key)
    assert Account.objects.get(pk=zoe.id).get_session_auth_hash() != before
    assert list_sessions(zoe.id) == []
