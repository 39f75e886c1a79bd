"""A file brings people onto a list: shown first, then all or nobody; who keeps the list alone may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneille.groups.entry import take_out
from corneille.groups.gate import list_members, open_group
from corneille.groups.import_people import Wrong, import_people, plan_people
from corneille.groups.read_people import Named, NoColumn, read_people
from corneille.kernel import journal
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountState
from corneille.people.models import Account
from corneille.people.numen import hash_numen
from corneille.people.state import set_state
from corneille.wire.table.read import read_table
from tests.groups.conftest import College, accounts
from tests.transport.school import NOW


def members(college: College) -> set[int]:
    group = open_group(college.head.account, college.maths, NOW).group
    return {each.person.account for each in list_members(group, NOW)}


@pytest.mark.parametrize(
    "text",
    [
        "Nom;Courriel;Discipline\nCollet;{0};Lettres\nBézier;<{1}>;\n",
        "Adresse électronique,Nom\n{0},Collet\n{1},Bézier\n",
        "{0}\n{1}\n",
        "E-mail\n{0}\n\n{1}\n",
    ],
)
def test_people_are_read_by_address_whatever_the_tool(college: College, text: str) -> None:
    lines = text.format(college.lea.address, college.secretary.address)
    assert [each.typed for each in read_people(read_table(lines))] == [college.lea.address, college.secretary.address]


def test_a_table_that_names_nobody_is_refused() -> None:
    with pytest.raises(NoColumn, match="Nom, Prénom"):
        read_people(read_table("Nom;Prénom\nCollet;Léa\n"))


def test_what_a_file_says_is_planned_then_done_and_done_again_changes_nothing(college: College) -> None:
    take_out(college.maths, college.yves.account, NOW, by=college.head.account)
    set_state(college.stranger.account, AccountState.ENDED)
    typed = [
        college.lea.person.identifier, college.ines.address, college.yves.address, college.lea.address, "x@y.example",
        college.stranger.person.identifier,
    ]  # fmt: skip
    named = [Named(number, each) for number, each in enumerate(typed, 1)]
    before = members(college)
    plan = plan_people(college.maths, named, NOW, by=college.head.account)
    assert members(college) == before
    assert {each.id for each in plan.new} == accounts(college.lea, college.yves)
    assert [each.id for each in plan.known] == [college.ines.account]
    assert [each.wrong for each in plan.faults] == [Wrong.TWICE, Wrong.UNKNOWN, Wrong.ENDED]
    assert import_people(college.maths, named, NOW, by=college.head.account) == plan
    assert members(college) == before | accounts(college.lea, college.yves)
    assert import_people(college.maths, named, NOW, by=college.head.account).new == ()


def test_nobody_else_brings_people_in(college: College) -> None:
    for act in (plan_people, import_people):
        with pytest.raises(Gone):
            act(college.maths, [Named(1, college.lea.address)], NOW, by=college.ines.account)


def count_queries_of_lists(college: College, *typed: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        import_people(college.maths, [Named(1, each) for each in typed], NOW, by=college.head.account)
    return sum('"groups_' in each["sql"] for each in asked)


def test_many_people_cost_the_list_no_more_readings_than_one(college: College) -> None:
    one = count_queries_of_lists(college, college.lea.address)
    assert count_queries_of_lists(college, college.secretary.address, college.stranger.address) == one


def test_a_numen_tells_nobody_and_what_is_looked_up_is_journalled(college: College) -> None:
    keeper, numen = college.head.account, "17E0501234ABC"
    Account.objects.filter(pk=college.lea.account).update(numen_hash=hash_numen(numen))
    named = [Named(1, numen), Named(2, college.ines.address), Named(3, "x@y.example")]
    plan = plan_people(college.maths, named, NOW, by=keeper)
    assert [each.wrong for each in plan.faults] == [Wrong.NUMEN, Wrong.UNKNOWN]
    assert (plan.new, [each.id for each in plan.known]) == ((), [college.ines.account])
    assert import_people(college.maths, named, NOW, by=keeper).new == ()
    (line,) = (each for each in journal.list_lines(keeper, 50) if each.action == "list-people-looked-up")
    assert line.actor == f"account:{keeper}"
    assert line.data["count"] == 1
