import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corneille.people.add import set_role_holder
from corneille.people.find import find_account, find_standing, list_people

from .conftest import Add


@pytest.mark.parametrize(
    "typed",
    [
        "zlefevre",
        " ZLefèvre ",
        "zoe.lefevre@ac-demonstration.test",
        "Zoé.Lefèvre@AC-Demonstration.test",
        "zoe.lefevre+thunderbird@ac-exemple.test",
        "17E0501234ABC",
        "17e 0501 234 abc",
    ],
)
def test_everything_that_names_a_person_leads_to_one_account(add: Add, typed: str) -> None:
    person = add("Zoé", "Lefèvre", numen="17E0501234ABC")
    found = find_account(typed)
    assert found is not None
    assert found.id == person.id


@pytest.mark.parametrize(
    "typed", ["", " ", "nobody", "zoe@lefevre@x", "@", "a" * 400, "zlefevre\0", "17E0501234ABD", "x\r\ny"]
)
def test_anything_else_leads_nowhere(add: Add, typed: str) -> None:
    add("Zoé", "Lefèvre", numen="17E0501234ABC")
    assert find_account(typed) is None


def test_a_role_is_nobodys_login(add: Add) -> None:
    set_role_holder(add("Nadia", "Benali").id)
    assert find_standing("postmaster@ac-demonstration.test") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(typed=st.text(max_size=400))
def test_no_text_raises(add: Add, typed: str) -> None:
    find_standing(typed)


def test_everybody_is_listed_page_by_page(add: Add) -> None:
    added = [add("Marie", "Dupont").id for _ in range(5)]
    first = list_people(limit=3)
    rest = list_people(after=first[-1].id, limit=3)
    assert [person.id for person in [*first, *rest]] == added
