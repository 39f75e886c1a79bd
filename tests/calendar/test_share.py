"""Sharing, standing in between two dates, establishments, feeds, holidays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from corneille.access.containment import GUARD, contain, let_go
from corneille.access.cut_off import cut_off
from corneille.access.facts import Containment
from corneille.calendar import holidays
from corneille.calendar.decide import name_establishment, name_team
from corneille.calendar.feed import (
    FeedRefused,
    list_dead_feeds,
    list_feeds,
    make_feed,
    put_away_feed,
    read_feed,
    revoke_feed,
)
from corneille.calendar.holidays import Holiday, fill_holidays, list_holidays, subscribe
from corneille.calendar.level import Level
from corneille.calendar.list_objects import list_objects
from corneille.calendar.make_calendar import CalendarRefused, drop_calendar, make_calendar
from corneille.calendar.make_group_calendar import make_establishment_calendar
from corneille.calendar.open_calendar import RightMissing, list_calendars, open_calendar
from corneille.calendar.put_object import drop_object, put_object
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.share import (
    ShareRefused,
    drop_share,
    leave_calendar,
    list_shares,
    share_with_group,
    share_with_person,
)
from corneille.kernel.journal import list_lines, name_actor
from corneille.kernel.outbox import list_notices
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.people.account_type import AccountState
from corneille.people.find import Person
from corneille.people.state import set_state
from tests.calendar.conftest import NOW, OTHER_UAI, UAI, School, event

TODAY = NOW.date()


def slugs(person: Person, days: int = 0) -> list[str]:
    return [each.slug for each in list_calendars(person.id, NOW + timedelta(days=days))]


def test_somebody_stands_in_between_two_dates_and_the_journal_says_so(school: School) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.MANAGE, TODAY + timedelta(days=7), TODAY + timedelta(days=14), NOW)
    shared = f"partage-{agenda.id}"
    assert [shared in slugs(school.paul, days) for days in (0, 7, 14, 15)] == [False, True, True, False]
    opened = open_calendar(school.paul.id, agenda.id, Level.MANAGE, NOW + timedelta(days=8))
    assert opened.until_on == TODAY + timedelta(days=14)
    [told] = list_notices(school.paul.id, NOW)
    assert (told.code, told.data["at"]) == ("calendar-shared-later", "2026-11-09T00:00:00+01:00")
    [line] = list_lines(school.claire.id, 5)
    assert (line.action, line.actor) == ("calendar-shared", name_actor(school.claire.id))
    assert line.data["until"] == str(TODAY + timedelta(days=14))


def test_the_journal_says_what_somebody_else_did_in_ones_agenda(school: School) -> None:
    agenda = school.agenda(school.claire)
    put_object(agenda, "a.ics", event("a"), NOW)
    share_with_person(agenda, "ppetit", Level.WRITE, TODAY, None, NOW)
    shared = open_calendar(school.paul.id, agenda.id, Level.WRITE, NOW)
    put_object(shared, "b.ics", event("b"), NOW)
    drop_object(shared, "a.ics", NOW)
    done = [(line.action, line.actor) for line in list_lines(school.claire.id, 5)]
    paul = name_actor(school.paul.id)
    assert done[:2] == [("calendar-event-dropped", paul), ("calendar-event-written", paul)]
    assert len(done) == 3  # what one does oneself is nobody's matter


def test_a_share_taken_back_ends_at_once(school: School) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.READ, TODAY, None, NOW)
    [share] = list_shares(agenda, NOW)
    assert share.name == "Paul Petit"
    assert [each.code for each in list_notices(school.paul.id, NOW)] == ["calendar-shared"]
    drop_share(agenda, share.id, NOW)
    with pytest.raises(Gone):
        open_calendar(school.paul.id, agenda.id, Level.FREE_BUSY, NOW)
    with pytest.raises(Gone):
        drop_share(agenda, share.id, NOW)


def test_a_team_has_what_is_shared_with_it(school: School) -> None:
    made = open_calendar(school.claire.id, make_calendar(school.claire.id, "Équipe de lettres", NOW), Level.MANAGE, NOW)
    share_with_group(made, name_team(UAI, "Enseignement"), Level.WRITE, TODAY, None, NOW)
    assert open_calendar(school.paul.id, made.id, Level.WRITE, NOW).level is Level.WRITE
    for other in (school.head, school.stranger):
        with pytest.raises(Gone):
            open_calendar(other.id, made.id, Level.FREE_BUSY, NOW)


BAD = {
    "unknown": ("nobody-here", Level.READ, TODAY, None),
    "self": ("clemoine", Level.READ, TODAY, None),
    "dates": ("ppetit", Level.READ, TODAY, TODAY - timedelta(days=1)),
    "level": ("ppetit", Level.NONE, TODAY, None),
}


@pytest.mark.parametrize(("reason", "asked"), BAD.items(), ids=BAD)
def test_a_share_that_makes_no_sense_is_refused(
    school: School, reason: str, asked: tuple[str, Level, date, date | None]
) -> None:
    with pytest.raises(ShareRefused) as refused:
        share_with_person(school.agenda(school.claire), *asked, NOW)
    assert refused.value.data["reason"] == reason


def test_groups_are_ones_own_and_manage_nothing(school: School) -> None:
    agenda = school.agenda(school.claire)
    for uai, level, reason in ((OTHER_UAI, Level.READ, "not-yours"), (UAI, Level.MANAGE, "level")):
        with pytest.raises(ShareRefused) as refused:
            share_with_group(agenda, name_establishment(uai), level, TODAY, None, NOW)
        assert refused.value.data["reason"] == reason


def test_only_who_manages_shares(school: School) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.WRITE, TODAY, None, NOW)
    shared = open_calendar(school.paul.id, agenda.id, Level.WRITE, NOW)
    for act in (
        lambda: share_with_person(shared, "amartin", Level.READ, TODAY, None, NOW),
        lambda: list_shares(shared, NOW),
        lambda: make_feed(shared, "moi", NOW, with_details=True),
        lambda: drop_calendar(school.paul.id, agenda.id, NOW),
    ):
        with pytest.raises(RightMissing):
            act()
    leave_calendar(shared, NOW)
    assert slugs(school.paul) == ["agenda"]


def test_a_head_makes_the_agenda_of_the_school_and_all_who_work_there_read_it(school: School) -> None:
    number = make_establishment_calendar(school.head.id, UAI, "Lycée : vie de l’établissement", NOW)
    assert open_calendar(school.head.id, number, Level.MANAGE, NOW).kind == "establishment"
    assert open_calendar(school.claire.id, number, Level.READ, NOW).level is Level.READ
    with pytest.raises(Gone):
        open_calendar(school.stranger.id, number, Level.FREE_BUSY, NOW)
    for person, uai in ((school.claire, UAI), (school.head, OTHER_UAI)):
        with pytest.raises(CalendarRefused):
            make_establishment_calendar(person.id, uai, "x", NOW)


def test_the_first_agenda_stays(school: School) -> None:
    with pytest.raises(CalendarRefused):
        drop_calendar(school.claire.id, school.agenda(school.claire).id, NOW)
    other = make_calendar(school.claire.id, "Conseil d’école", NOW)
    assert slugs(school.claire) == ["agenda", "conseil-d-ecole"]
    drop_calendar(school.claire.id, other, NOW)
    assert slugs(school.claire) == ["agenda"]


def test_a_private_address_reads_until_it_is_revoked(school: School) -> None:
    agenda = school.agenda(school.claire)
    put_object(agenda, "a.ics", event("a"), NOW)
    put_object(agenda, "p.ics", event("p", "20261104T080000", "20261104T090000", "CLASS:PRIVATE"), NOW)
    secret = make_feed(agenda, "téléphone", NOW, with_details=True)
    told = read_feed(secret, NOW).decode()
    assert "SUMMARY:a à l’école" in told
    assert "UID:p" not in told
    busy = read_feed(make_feed(agenda, "site", NOW, with_details=False), NOW).decode()
    assert "Occupé" in busy
    assert "l’école" not in busy
    wrong = secret[:-1] + ("0" if secret[-1] != "0" else "1")
    for bad in (wrong, "", secret.upper(), secret + "0"):
        with pytest.raises(Gone):
            read_feed(bad, NOW)
    revoke_feed(agenda, next(each.id for each in list_feeds(agenda, NOW) if each.with_details), NOW)
    with pytest.raises(Gone):
        read_feed(secret, NOW)


def test_a_private_address_ends_with_the_right_of_who_made_it(school: School) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.MANAGE, TODAY, TODAY + timedelta(days=3), NOW)
    secret = make_feed(open_calendar(school.paul.id, agenda.id, Level.MANAGE, NOW), "x", NOW, with_details=True)
    assert read_feed(secret, NOW)
    with pytest.raises(Gone):
        read_feed(secret, NOW + timedelta(days=4))


@pytest.mark.parametrize("level", [Level.WRITE, Level.READ])
def test_a_private_address_of_who_manages_no_more_is_gone_and_shown_so(school: School, level: Level) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.MANAGE, TODAY, None, NOW)
    secret = make_feed(open_calendar(school.paul.id, agenda.id, Level.MANAGE, NOW), "x", NOW, with_details=True)
    assert [(each.made_by, each.works) for each in list_feeds(agenda, NOW)] == [("Paul Petit", True)]
    share_with_person(agenda, "ppetit", level, TODAY, None, NOW)
    with pytest.raises(Gone):
        read_feed(secret, NOW)
    assert [(each.made_by, each.works) for each in list_feeds(agenda, NOW)] == [("Paul Petit", False)]


def test_who_made_an_address_is_told_that_it_died_and_puts_it_away(school: School) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.MANAGE, TODAY, None, NOW)
    secret = make_feed(open_calendar(school.paul.id, agenda.id, Level.MANAGE, NOW), "x", NOW, with_details=True)
    assert list_dead_feeds(school.paul.id, NOW) == []
    share_with_person(agenda, "ppetit", Level.READ, TODAY, None, NOW)
    [dead] = list_dead_feeds(school.paul.id, NOW)
    assert (dead.label, dead.calendar and dead.calendar.name) == ("x", agenda.name)
    [share] = list_shares(agenda, NOW)
    drop_share(agenda, share.id, NOW)
    [dead] = list_dead_feeds(school.paul.id, NOW)
    assert dead.calendar is None  # its name is no longer theirs to know
    with pytest.raises(Gone):
        put_away_feed(school.claire.id, dead.id, NOW)
    put_away_feed(school.paul.id, dead.id, NOW)
    assert (list_dead_feeds(school.paul.id, NOW), list_feeds(agenda, NOW)) == ([], [])
    share_with_person(agenda, "ppetit", Level.MANAGE, TODAY, None, NOW)
    with pytest.raises(Gone):
        read_feed(secret, NOW)


def test_a_private_address_ends_where_its_maker_is_suspended_or_shut_out(school: School) -> None:
    agenda = school.agenda(school.claire)
    secret = make_feed(agenda, "téléphone", NOW, with_details=True)
    set_state(school.claire.id, AccountState.SUSPENDED)
    with pytest.raises(Gone):
        read_feed(secret, NOW)
    set_state(school.claire.id, AccountState.ACTIVE)
    assert read_feed(secret, NOW)
    contain(school.claire.id, Containment.SUSPEND, "unusual", {}, NOW, by=GUARD)
    with pytest.raises(Gone):
        read_feed(secret, NOW)
    let_go(school.claire.id, NOW, by="Nadia")
    assert read_feed(secret, NOW)
    cut_off(school.claire.id, NOW, by="Nadia", actor="cli")
    with pytest.raises(Gone):
        read_feed(secret, NOW)
    assert list_feeds(agenda, NOW) == []


def test_only_addresses_that_answer_count(school: School) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.MANAGE, TODAY, None, NOW)
    shared = open_calendar(school.paul.id, agenda.id, Level.MANAGE, NOW)
    for number in range(of(CalendarSettings).feeds_count):
        make_feed(shared, f"x{number}", NOW, with_details=False)
    with pytest.raises(FeedRefused):
        make_feed(agenda, "téléphone", NOW, with_details=False)
    share_with_person(agenda, "ppetit", Level.READ, TODAY, None, NOW)
    assert make_feed(agenda, "téléphone", NOW, with_details=False)


def test_holidays_of_a_zone_are_read_by_who_wants_them(school: School) -> None:
    subscribe(school.claire.id, "B", NOW)
    subscribe(school.claire.id, "B", NOW)
    fill_holidays(NOW)
    [followed] = [each for each in list_calendars(school.claire.id, NOW) if each.kind == "holidays"]
    assert followed.level is Level.READ
    assert any(b"No\xc3\xabl" in each.content for each in list_objects(followed))
    with pytest.raises(RightMissing):
        put_object(followed, "a.ics", event("a"), NOW)
    christmas = [each for each in list_holidays("B") if each.name == "Vacances de Noël"][-1]
    assert christmas.until_on - christmas.from_on > timedelta(days=14)
    with pytest.raises(Gone):
        subscribe(school.claire.id, "D", NOW)
    leave_calendar(followed, NOW)
    assert slugs(school.claire) == ["agenda"]


def test_holidays_whose_dates_move_are_there_once(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    past = Holiday("Vacances d'Été", date(2026, 7, 4), date(2026, 9, 1))
    announced = Holiday("Vacances d'Hiver", date(2027, 2, 6), date(2027, 2, 22))
    monkeypatch.setattr(holidays, "list_holidays", lambda _zone: iter([past, announced]))
    subscribe(school.claire.id, "B", NOW)
    moved = replace(announced, from_on=date(2027, 2, 13), until_on=date(2027, 3, 1))
    monkeypatch.setattr(holidays, "list_holidays", lambda _zone: iter([moved]))
    fill_holidays(NOW)
    [followed] = [each for each in list_calendars(school.claire.id, NOW) if each.kind == "holidays"]
    assert {each.name for each in list_objects(followed)} == {
        "vacances-b-20260704-20260901.ics", "vacances-b-20270213-20270301.ics",
    }  # fmt: skip


@pytest.mark.parametrize("days", [15, None])
def test_who_stands_in_until_a_day_gives_nothing_that_stays_after_it(school: School, days: int | None) -> None:
    agenda, last_on = school.agenda(school.claire), TODAY + timedelta(days=14)
    share_with_person(agenda, "ppetit", Level.MANAGE, TODAY, last_on, NOW)
    opened = open_calendar(school.paul.id, agenda.id, Level.MANAGE, NOW)
    until_on = TODAY + timedelta(days=days) if days is not None else None
    for identifier, level in (("amartin", Level.READ), ("ppetit", Level.MANAGE)):
        with pytest.raises(ShareRefused) as refused:
            share_with_person(opened, identifier, level, TODAY, until_on, NOW)
        assert refused.value.data["reason"] == "beyond"
    with pytest.raises(ShareRefused):
        share_with_group(opened, name_establishment(UAI), Level.READ, TODAY, until_on, NOW)
    share_with_person(opened, "amartin", Level.READ, TODAY, last_on, NOW)
    assert [each.until_on for each in list_shares(agenda, NOW)] == [last_on, last_on]
