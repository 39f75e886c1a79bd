import pytest

from corneille.people.numen import hash_numen, is_numen_inside, parse_numen
from corneille.run.ground import Ground


@pytest.mark.parametrize("typed", ["17E0501234ABC", "17e0501234abc", " 17E 0501 234 ABC "])
def test_a_numen_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_numen(typed) == "17E0501234ABC"


@pytest.mark.parametrize("typed", ["", "17E0501234AB", "17E0501234ABCD", "1750501234ABC", "17E05O1234ABC", "١٧E0501234ABC"])
def test_anything_else_is_no_numen(typed: str) -> None:
    assert parse_numen(typed) is None


def test_a_numen_inside_a_longer_text_is_seen() -> None:
    assert is_numen_inside("moi17e0501234abc2026")
    assert not is_numen_inside("17e05012abc")


def test_the_hash_is_keyed_and_tells_nothing(ground: Ground) -> None:
    assert hash_numen("17E0501234ABC") != hash_numen("17E0501234ABD")
    assert "17e0501234abc" not in hash_numen("17E0501234ABC").lower()
