from datetime import UTC, datetime, timedelta

import pytest

from corneille.access.inner import PURPOSE, format_statement, parse_statement
from corneille.kernel import keys
from corneille.run.ground import Ground

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def test_an_inner_caller_that_has_the_key_is_believed_for_a_minute(ground: Ground) -> None:
    told = format_statement("203.0.113.9", NOW)
    assert parse_statement(told, NOW) == "203.0.113.9"
    assert parse_statement(told, NOW + timedelta(seconds=60)) == "203.0.113.9"
    assert parse_statement(told, NOW + timedelta(seconds=61)) is None


def test_a_key_that_was_replaced_is_believed_until_it_is_dropped(ground: Ground) -> None:
    told = format_statement("2001:db8::1", NOW)
    keys.current().rotate(PURPOSE)
    assert parse_statement(told, NOW) == "2001:db8::1"


@pytest.mark.parametrize(
    "told",
    ["", ";;", "203.0.113.9;1788249600;" + "0" * 64, "203.0.113.9", "x" * 10_000, "203.0.113.9;²;é", "no;1788249600;00"],
)
def test_who_has_no_key_is_not_believed(ground: Ground, told: str) -> None:
    assert parse_statement(told, NOW) is None


def test_neither_the_address_nor_the_time_can_be_changed(ground: Ground) -> None:
    address, seconds, mac = format_statement("203.0.113.9", NOW).split(";")
    assert parse_statement(f"203.0.113.8;{seconds};{mac}", NOW) is None
    assert parse_statement(f"{address};{int(seconds) + 1};{mac}", NOW) is None


def test_another_installations_key_proves_nothing(ground: Ground) -> None:
    assert parse_statement(format_statement("203.0.113.9", NOW, secret=b"x" * 32), NOW) is None
