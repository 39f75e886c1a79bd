"""What a refused sign-in is told, at whichever door."""

from datetime import UTC, datetime

import pytest

from corneille.access.decide import Refused
from corneille.access.reason import Reason
from corneille.doors.frame.refused import OF_DOORS, OTHERWISE, WORDS, tell_refused, to_ascii

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
ALL = [*WORDS.values(), OTHERWISE, *(told for words in OF_DOORS.values() for told in words.values())]


@pytest.mark.parametrize("told", ALL)
def test_it_is_told_in_french_first_then_in_english(told: str) -> None:
    french, english = told.split(" / ")
    assert french != english
    assert all(each[0].isupper() and each.endswith(".") for each in (french, english))
    assert to_ascii(told).isascii()
    assert len(told) < 200  # beside a reference and an address, in 512 octets (RFC 5321 §4.5.3.1.5)


def test_each_door_says_what_one_came_for() -> None:
    told = {door: tell_refused(Refused(Reason.SCOPE), door) for door in OF_DOORS}
    assert len(set(told.values())) == len(told)


def test_until_when_is_said_where_it_is_known() -> None:
    told = tell_refused(Refused(Reason.SLOWED, until=NOON), "imap")
    assert told.count("12:00") == 2
    assert tell_refused(Refused(Reason.SLOWED), "imap") == WORDS[Reason.BUSY]


def test_accents_go_and_apostrophes_stay() -> None:
    assert to_ascii("L’accès est fermé\u202f:\r\n réessayez") == "L'acces est ferme : reessayez"
