"""« Mes droits » says before it happens what an assignment that ends takes along: services, calendars, lists."""

from datetime import date, timedelta

import pytest

from corneille.calendar.make_group_calendar import make_establishment_calendar
from corneille.calendar.models import Share
from corneille.groups.models import Group
from corneille.kernel import clock
from corneille.kernel.today import today
from corneille.people.add import add_assignment
from corneille.people.models import Assignment
from corneille.run.ground import Ground
from corneille.sso.client import NewClient, add_client
from corneille.sso.entitle import Audience
from tests.doors.web.conftest import Enter, text_of
from tests.groups.conftest import OTHER_UAI, UAI, College, found_college


@pytest.fixture
def college(ground: Ground) -> College:
    made = found_college()
    now = clock.now()
    make_establishment_calendar(made.head.account, UAI, "Vie de l’établissement", now)
    for slug, name, uai in (("notes", "Cahier de notes", UAI), ("ailleurs", "Cantine d’ailleurs", OTHER_UAI)):
        address = f"https://{slug}.ac-demonstration.test/"
        audience = Audience(establishments=frozenset({uai}))
        add_client(NewClient(slug, name, address, (address,), audience=audience), now, by="cli")
    return made


def coming_of(page: str) -> str:
    return page.partition('id="soon-title"')[2].partition("</section>")[0].replace("\u00a0", " ")


def test_the_end_of_an_assignment_is_told_with_all_that_ends_with_it(enter: Enter, college: College) -> None:
    last_on = today(clock.now()) + timedelta(days=20)
    Assignment.objects.filter(account=college.ines.account).update(until_on=last_on)
    add_assignment(college.ines.account, OTHER_UAI, "Enseignement", last_on + timedelta(days=1))
    told = coming_of(text_of(enter(college.ines).get("/mes-droits")))
    assert "Dernier jour de votre accès aux services : Cahier de notes" in told
    assert "Dernier jour de votre accès aux agendas : Vie de l’établissement" in told
    assert "Dernier jour sur les listes : Liste maths" in told
    assert "À partir de ce jour, services ouverts : Cantine d’ailleurs" in told


def test_what_goes_on_by_another_assignment_is_not_told(enter: Enter, college: College) -> None:
    last_on = today(clock.now()) + timedelta(days=20)
    Assignment.objects.filter(account=college.ines.account).update(until_on=last_on)
    add_assignment(college.ines.account, UAI, "Enseignement", last_on, subject="Mathématiques")
    told = coming_of(text_of(enter(college.ines).get("/mes-droits")))
    assert "Rien dans les deux mois" in told


def test_an_end_that_is_far_is_not_told(enter: Enter, college: College) -> None:
    Assignment.objects.filter(account=college.ines.account).update(until_on=today(clock.now()) + timedelta(days=200))
    assert "Rien dans les deux mois" in coming_of(text_of(enter(college.ines).get("/mes-droits")))


def test_the_last_day_of_a_share_and_of_a_list_are_told(enter: Enter, college: College) -> None:
    last_on = today(clock.now()) + timedelta(days=3)
    Share.objects.update(until_on=last_on)
    Group.objects.update(until_on=last_on + timedelta(days=1))
    told = coming_of(text_of(enter(college.ines).get("/mes-droits")))
    assert told.index("agendas : Vie de l’établissement") < told.index("listes : Liste maths")


def test_what_begins_and_ends_within_the_two_months_is_told(enter: Enter, college: College) -> None:
    first_on = today(clock.now()) + timedelta(days=5)
    Share.objects.update(from_on=first_on, until_on=first_on + timedelta(days=1))
    Group.objects.update(from_on=first_on + timedelta(days=4), until_on=first_on + timedelta(days=6))
    told = coming_of(text_of(enter(college.ines).get("/mes-droits")))
    told_in_order = ("agendas ouverts : Vie", "accès aux agendas : Vie", "vous êtes sur les listes", "jour sur les listes")
    places = [told.index(each) for each in told_in_order]
    assert places == sorted(places)


def test_what_lasts_until_the_last_day_of_the_calendar_breaks_no_page(enter: Enter, college: College) -> None:
    """« 31/12/9999 », as directories write what has no end."""
    for rows in (Assignment, Share, Group):
        rows.objects.update(until_on=date.max)
    page = enter(college.ines).get("/mes-droits")
    assert page.status_code == 200
    assert "Rien dans les deux mois" in coming_of(text_of(page))
