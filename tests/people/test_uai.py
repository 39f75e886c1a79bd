import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.people.uai import find_department, format_uai, parse_uai


@pytest.mark.parametrize("uai", ["0760095R", "0762041F", "0271251N", "0693045K", "0291101P", "0441550W", "9760167C"])
def test_codes_of_real_establishments_are_right(uai: str) -> None:
    assert parse_uai(uai) == uai


@pytest.mark.parametrize("uai", ["0760095S", "0760095", "760095R", "0760095RR", "", "076009５R", "07600 95I"])
def test_a_wrong_code_is_refused(uai: str) -> None:
    assert parse_uai(uai) is None


def test_case_and_spaces_are_forgiven() -> None:
    assert parse_uai(" 076 0095 r ") == "0760095R"


@given(st.integers(0, 9_999_999), st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(number: int, place: int, shift: int) -> None:
    uai = format_uai(number)
    wrong = uai[:place] + str((int(uai[place]) + shift) % 10) + uai[place + 1 :]
    assert parse_uai(uai) == uai
    assert parse_uai(wrong) is None


@pytest.mark.parametrize(("uai", "department"), [("0760095R", "76"), ("9740001A", "974"), ("6200001A", "2A")])
def test_the_department_is_in_the_code(uai: str, department: str) -> None:
    assert find_department(uai) == department
