"""Events as they are filed: verbatim, each change with the next number, limits told, private ones kept from others."""

from datetime import timedelta

import pytest
from django.db import connection

from corneille.calendar.level import Level
from corneille.calendar.list_instances import TooMuch, list_busy, list_instances
from corneille.calendar.list_objects import (
    TokenForgotten,
    find_by_uid,
    find_object,
    forget_changes,
    list_changes,
    list_named,
    list_objects,
)
from corneille.calendar.open_calendar import RightMissing, list_calendars, open_calendar
from corneille.calendar.put_object import Expected, ObjectRefused, Stale, drop_object, put_object
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.share import share_with_person
from corneille.calendar.skip_changes import skip_changes
from corneille.kernel.refusal import Gone
from tests.calendar.conftest import NOW, School, event


def test_what_a_program_gave_is_kept_as_it_was_given(school: School) -> None:
    agenda, content = school.agenda(school.claire), event("a") + b"\r\n"
    filed = put_object(agenda, "a.ics", content, NOW)
    assert filed.is_new
    kept = find_object(agenda, "a.ics")
    assert (kept.content, kept.etag) == (content, filed.etag)


def test_each_change_is_told_once_and_in_order(school: School) -> None:
    agenda = school.agenda(school.claire)
    for name in ("a", "b", "c"):
        put_object(agenda, f"{name}.ics", event(name), NOW)
    seen = list_changes(agenda, 0)
    assert {each.name for each in seen.kept} == {"a.ics", "b.ics", "c.ics"}
    put_object(agenda, "b.ics", event("b", "20261104T080000", "20261104T090000"), NOW)
    drop_object(agenda, "c.ics", NOW)
    later = list_changes(agenda, seen.sequence)
    assert ([each.name for each in later.kept], later.gone) == (["b.ics"], ["c.ics"])
    assert list_changes(agenda, later.sequence).kept == []
    first = list_changes(agenda, seen.sequence, limit=1)
    assert not first.is_all
    assert list_changes(agenda, first.sequence).gone == ["c.ics"]


def test_a_program_that_was_away_too_long_reads_anew(school: School) -> None:
    agenda = school.agenda(school.claire)
    put_object(agenda, "a.ics", event("a"), NOW)
    before = list_changes(agenda, 0).sequence
    drop_object(agenda, "a.ics", NOW)
    assert forget_changes(NOW + timedelta(days=364)) == 0
    assert forget_changes(NOW + timedelta(days=366)) == 1
    for token in (before, before + 50):
        with pytest.raises(TokenForgotten):
            list_changes(agenda, token)
    assert list_changes(agenda, 0).kept == []
    assert list_changes(agenda, list_changes(agenda, 0).sequence).gone == []


def test_after_a_restore_programs_read_anew(school: School) -> None:
    agenda = school.agenda(school.claire)
    put_object(agenda, "a.ics", event("a"), NOW)
    known = list_changes(agenda, 0).sequence
    skip_changes(connection.connection, 1000)  # the backup came before "known + 1"
    for token in (known, known + 1):
        with pytest.raises(TokenForgotten):
            list_changes(agenda, token)
    anew = list_changes(agenda, 0)
    assert ([each.name for each in anew.kept], anew.sequence) == (["a.ics"], known + 1000)
    put_object(agenda, "b.ics", event("b"), NOW)
    assert [each.name for each in list_changes(agenda, anew.sequence).kept] == ["b.ics"]


def test_nobody_overwrites_what_they_have_not_seen(school: School) -> None:
    agenda = school.agenda(school.claire)
    first = put_object(agenda, "a.ics", event("a"), NOW)
    changed = event("a", "20261105T080000", "20261105T090000")
    put_object(agenda, "a.ics", changed, NOW, Expected(frozenset({first.etag})))
    with pytest.raises(Stale):
        put_object(agenda, "a.ics", event("a"), NOW, Expected(frozenset({first.etag})))
    with pytest.raises(Stale):
        put_object(agenda, "a.ics", event("a"), NOW, Expected(absent=True))
    with pytest.raises(Stale):
        drop_object(agenda, "a.ics", NOW, Expected(frozenset({first.etag})))
    assert find_object(agenda, "a.ics").content == changed


def test_two_names_never_hold_one_uid(school: School) -> None:
    agenda = school.agenda(school.claire)
    put_object(agenda, "a.ics", event("a"), NOW)
    with pytest.raises(ObjectRefused) as refused:
        put_object(agenda, "b.ics", event("a"), NOW)
    assert refused.value.data == {"reason": "taken", "name": "a.ics"}


REFUSED = {
    "size": b"x" * (CalendarSettings().object_bytes + 1),
    "syntax": b"hello",
    "component": event("a").replace(b"VEVENT", b"VJOURNAL"),
    "uid": event("a").replace(b"UID:a\r\n", b""),
    "method": event("a").replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:REQUEST"),
    "dates": event("a", "20261103T080000", "20261103T090000", "RRULE:FREQ=SECONDLY"),
}


@pytest.mark.parametrize(("reason", "content"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_kept_is_refused_with_its_reason(school: School, reason: str, content: bytes) -> None:
    agenda = school.agenda(school.claire)
    with pytest.raises(ObjectRefused) as refused:
        put_object(agenda, "a.ics", content, NOW)
    assert refused.value.data["reason"] == reason
    assert list_objects(agenda) == []


def test_a_rule_that_unfolds_without_end_is_refused_never_cut(school: School) -> None:
    agenda = school.agenda(school.claire)
    put_object(agenda, "a.ics", event("a", "20000103T080000", "20000103T080100", "RRULE:FREQ=DAILY;BYHOUR=8,9,10,11"), NOW)
    with pytest.raises(TooMuch):
        list_instances([agenda], NOW - timedelta(days=3650), NOW)
    assert len(list_instances([agenda], NOW, NOW + timedelta(days=7))) == 28


def test_what_is_private_is_only_time_for_others(school: School) -> None:
    agenda = school.agenda(school.claire)
    put_object(agenda, "a.ics", event("a"), NOW)
    put_object(agenda, "p.ics", event("p", "20261104T080000", "20261104T090000", "CLASS:PRIVATE"), NOW)
    share_with_person(agenda, "ppetit", Level.WRITE, NOW.date(), None, NOW)
    shared = open_calendar(school.paul.id, agenda.id, Level.WRITE, NOW)
    named = [find_object(shared, each) for each in ("a.ics", "p.ics")]
    for found in (list_objects(shared), list_changes(shared, 0).kept, named):
        assert [(each.name, each.is_masked, "l’école" in each.content.decode()) for each in found] == [
            ("a.ics", False, True), ("p.ics", True, False),
        ]  # fmt: skip
    with pytest.raises(Gone):
        find_by_uid(shared, "p")
    with pytest.raises(ObjectRefused):
        put_object(shared, "p.ics", event("p"), NOW)
    told = list_instances([shared], NOW, NOW + timedelta(days=7))
    assert [(each.is_hidden, each.instance.title) for each in told] == [(False, "a à l’école"), (True, "")]


def test_free_or_busy_is_all_that_its_right_tells(school: School) -> None:
    agenda = school.agenda(school.claire)
    put_object(agenda, "a.ics", event("a"), NOW)
    put_object(agenda, "b.ics", event("b", "20261103T083000", "20261103T100000"), NOW)
    put_object(agenda, "f.ics", event("f", "20261105T080000", "20261105T090000", "TRANSP:TRANSPARENT"), NOW)
    share_with_person(agenda, "ppetit", Level.FREE_BUSY, NOW.date(), None, NOW)
    shared = open_calendar(school.paul.id, agenda.id, Level.FREE_BUSY, NOW)
    [(start, end)] = list_busy(shared, NOW, NOW + timedelta(days=7))
    assert (start.hour, end.hour) == (7, 9)  # 8:00 to 10:00 in Paris
    [kept] = list_objects(shared)
    assert kept.name == "occupe-20261103T070000Z-20261103T090000Z.ics"
    assert (b"SUMMARY:Occup\xc3\xa9" in kept.content, "école".encode() in kept.content) == (True, False)
    assert find_object(shared, kept.name) == kept
    assert list_named(shared, [kept.name, "a.ics", "occupe-20261103T070000Z-20261103T080000Z.ics"]) == {kept.name: kept}
    assert list_objects(shared, from_at=NOW + timedelta(days=3)) == list_objects(shared, component="VTODO") == []
    for name in ("a.ics", "occupe-20261103T073000Z-20261103T080000Z.ics", "occupe-20261399T070000Z-20261103T090000Z.ics"):
        with pytest.raises(Gone):
            find_object(shared, name)
    with pytest.raises(RightMissing):
        list_changes(shared, 0)
    put_object(agenda, "b.ics", event("b", "20261103T093000", "20261103T100000"), NOW)
    assert [each.name for each in list_objects(shared)] == [
        "occupe-20261103T070000Z-20261103T080000Z.ics", "occupe-20261103T083000Z-20261103T090000Z.ics",
    ]  # fmt: skip


def test_somebody_elses_agenda_is_not_there(school: School) -> None:
    agenda = school.agenda(school.claire)
    with pytest.raises(Gone):
        open_calendar(school.stranger.id, agenda.id, Level.FREE_BUSY, NOW)
    assert [each.kind for each in list_calendars(school.stranger.id, NOW)] == ["own"]
