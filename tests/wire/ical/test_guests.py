"""Guests of an event: written, told, answered, and read as other programs write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from corneille.wire.ical.guests import (
    Guest,
    Method,
    State,
    ask_anew,
    format_message,
    format_reply,
    put_guests,
    put_state,
    read_guests,
    read_method,
    take_out_method,
)
from corneille.wire.ical.read import NotAnObject, next_version, parse, read_object
from corneille.wire.ical.write import Written, drop_instance, rewrite_event, rewrite_instance
from tests.calendar.conftest import event

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANNE, PAUL = Guest("anne@ac.test", "Anne Martin"), Guest("paul@ac.test", 'Paul "Popaul" Petit', State.MAYBE)
OUTLOOK = (
    'ORGANIZER;CN="Roux, Léa":MAILTO:Lea.Roux@ville.example',
    'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=accepted;RSVP=TRUE;CN="Martin, Anne":mailto:Anne@ac.test',
    "ATTENDEE;CUTYPE=ROOM:urn:uuid:1",
    "ATTENDEE;PARTSTAT=X-ODD:mailto:paul@ac.test",
    "SEQUENCE:3",
)


def version(content: bytes) -> int:
    return next_version(parse(content)) - 1


def test_what_is_written_is_read_again() -> None:
    told = read_guests(put_guests(event("a"), ANNE, [PAUL]))
    assert (told.organiser, told.organiser_name) == ("anne@ac.test", "Anne Martin")
    assert told.people == (Guest("paul@ac.test", "Paul 'Popaul' Petit", State.MAYBE),)


def test_nobody_invited_leaves_no_organiser() -> None:
    content = put_guests(put_guests(event("a"), ANNE, [PAUL]), ANNE, [])
    assert b"ORGANIZER" not in content
    assert read_guests(content).people == ()


def test_guests_of_another_program_are_read() -> None:
    told = read_guests(event("a", "20261103T080000", "20261103T090000", *OUTLOOK))
    assert (told.organiser, told.organiser_name) == ("lea.roux@ville.example", "Roux, Léa")
    said = [(each.address, each.state) for each in told.people]
    assert said == [("anne@ac.test", State.YES), ("paul@ac.test", State.SILENT)]


def test_one_guest_answers_for_themselves_alone() -> None:
    content = put_guests(event("a"), Guest("x@ac.test", ""), [Guest("anne@ac.test", ""), Guest("paul@ac.test", "")])
    told = read_guests(put_state(content, "ANNE@ac.test", State.NO))
    assert [each.state for each in told.people] == [State.NO, State.SILENT]
    assert put_state(content, "autre@ac.test", State.NO) == put_state(content, "", State.NO)


def test_one_occurrence_is_asked_anew_alone() -> None:
    at = datetime(2026, 11, 10, 8, tzinfo=ZoneInfo("Europe/Paris"))
    series = put_guests(event("a", "20261103T080000", "20261103T090000", "RRULE:FREQ=WEEKLY"), ANNE, [PAUL])
    changed = rewrite_instance(series, at, Written("Ailleurs", at, at + timedelta(hours=1)), NOW)
    content = ask_anew(put_guests(changed, ANNE, [PAUL, Guest("z@ac.test", "")]), at)
    assert [each.state for each in read_guests(content).people] == [State.MAYBE, State.SILENT]
    assert [each.state for each in read_guests(content, at).people] == [State.SILENT, State.SILENT]
    again = put_guests(put_state(content, "z@ac.test", State.YES), ANNE, [Guest("z@ac.test", ""), PAUL])
    assert [each.state for each in read_guests(again).people] == [State.YES, State.MAYBE]
    assert [each.state for each in read_guests(again, at).people] == [State.YES, State.SILENT]
    said = put_state(content, PAUL.address, State.NO, at)
    assert [read_guests(said, each).people[0].state for each in (at, None)] == [State.NO, State.MAYBE]
    assert put_state(content, PAUL.address, State.NO, at + timedelta(days=7)) == put_state(content, "", State.NO)
    assert [each.state for each in read_guests(ask_anew(again, None)).people] == [State.SILENT, State.SILENT]


def test_an_occurrence_of_which_nobody_is_named_is_its_organisers() -> None:
    at = datetime(2026, 11, 10, 8, tzinfo=ZoneInfo("Europe/Paris"))
    written, rule = Written("Ailleurs", at, at + timedelta(hours=1)), "RRULE:FREQ=WEEKLY"
    series = put_guests(event("a", "20261103T080000", "20261103T090000", rule), ANNE, [PAUL])
    assert read_guests(rewrite_instance(series, at, written, NOW), at) == read_guests(series)
    bare = rewrite_instance(event("a", "20261103T080000", "20261103T090000", rule), at, written, NOW)
    named = bare.replace(b"RRULE", b"ORGANIZER:mailto:anne@ac.test\r\nRRULE")
    assert read_guests(named, at).organiser == "anne@ac.test"


def test_an_object_is_as_new_as_its_newest_part() -> None:
    at = datetime(2026, 11, 10, 8, tzinfo=ZoneInfo("Europe/Paris"))
    content = event("a", "20261103T080000", "20261103T090000", "RRULE:FREQ=WEEKLY", "SEQUENCE:4")
    written = Written("Ailleurs", at, at + timedelta(hours=1))
    assert version(rewrite_instance(content, at, written, NOW)) == 5
    assert version(drop_instance(content, at, NOW)) == 5
    for mine in (
        rewrite_event(content, written, NOW, is_new_version=False), drop_instance(content, at, NOW, is_new_version=False),
        rewrite_instance(content, at, written, NOW, is_new_version=False),
    ):  # fmt: skip
        assert version(mine) == 4


@pytest.mark.parametrize("method", [Method.REQUEST, Method.CANCEL])
def test_a_message_leaves_without_alarms_and_marks_of_programs(method: Method) -> None:
    alarm = "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Prévoir mes clés", "TRIGGER:-PT15M", "END:VALARM"
    content = event("a", "20261103T080000", "20261103T090000", "X-MOZ-LASTACK:1", "LOCATION:Salle 3", *alarm)
    content = content.replace(b"VERSION:2.0\r\n", "VERSION:2.0\r\nX-WR-CALNAME:À moi\r\n".encode())
    told = format_message(content, method, NOW)
    assert b"Salle 3" in told
    assert not [word for word in (b"VALARM", "clés".encode(), b"X-MOZ", b"X-WR") if word in told]


@pytest.mark.parametrize("method", [Method.REQUEST, Method.CANCEL])
def test_a_message_says_what_it_is_for(method: Method) -> None:
    content = format_message(put_guests(event("a"), ANNE, [PAUL]), method, NOW)
    assert read_method(content) is method
    assert (b"STATUS:CANCELLED" in content) is (method is Method.CANCEL)
    assert read_method(take_out_method(content)) is None


def test_a_reply_tells_nothing_of_the_others() -> None:
    content = event("a", "20261103T080000", "20261103T090000", "DESCRIPTION:Secret")
    content = put_guests(content, ANNE, [PAUL, Guest("z@ac.test", "")])
    reply = format_reply(content, Guest("paul@ac.test", "Paul", State.YES), NOW)
    assert read_method(reply) is Method.REPLY
    assert [(each.address, each.state) for each in read_guests(reply).people] == [("paul@ac.test", State.YES)]
    assert b"UID:a\r\n" in reply
    assert b"z@ac.test" not in reply
    assert b"Secret" not in reply


@pytest.mark.parametrize("word", ["PUBLISH", "COUNTER", "", "request;x"])
def test_other_methods_are_none(word: str) -> None:
    content = event("a").replace(b"VERSION:2.0\r\n", f"VERSION:2.0\r\nMETHOD:{word}\r\n".encode())
    assert read_method(content) is None


@pytest.mark.parametrize("line", ["SEQUENCE:abc", "SEQUENCE:", "SEQUENCE:1\r\nSEQUENCE:2", f"SEQUENCE:{'9' * 5000}",
                                  "SEQUENCE;VALUE=TEXT:3", "SEQUENCE:-4"])  # fmt: skip
def test_a_version_that_is_no_number_is_the_first(line: str) -> None:
    content = event("a", "20261103T080000", "20261103T090000", "ORGANIZER:mailto:anne@ac.test", line)
    assert version(content) == 0
    assert version(format_message(content, Method.CANCEL, NOW)) == 1
    written = Written("A", datetime(2026, 11, 3, 8, tzinfo=UTC), datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert version(rewrite_event(content, written, NOW)) == 1


def test_a_uid_with_control_characters_is_none() -> None:
    with pytest.raises(NotAnObject) as refused:
        read_object(event("U\x00x"), UTC)
    assert refused.value.reason == "uid"
