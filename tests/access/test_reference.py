import re

import pytest

from corneille.access.reference import make_reference, parse_reference


def test_a_code_is_read_on_the_telephone_without_doubt() -> None:
    codes = {make_reference() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(r"AUTH-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code) for code in codes)


@pytest.mark.parametrize("typed", ["AUTH-7F3K-92MX", "auth 7f3k 92mx", "7f3k92mx", " Auth7F3K-92mx."])
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert parse_reference(typed) == "AUTH-7F3K-92MX"


@pytest.mark.parametrize("typed", ["", "AUTH-", "AUTH-7F3K-92M", "AUTH-7F3K-92M1", "AUTH-7F3K-92MXX", "é" * 8])
def test_anything_else_is_no_code(typed: str) -> None:
    assert parse_reference(typed) is None
