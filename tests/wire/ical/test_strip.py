"""An object for who may know when, never with what."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from corneille.wire.ical.expand import expand
from corneille.wire.ical.strip import strip

PARIS = ZoneInfo("Europe/Paris")
FROM, UNTIL = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
SECRETS = (
    "SUMMARY:Rendez-vous", "LOCATION:Cabinet", "DESCRIPTION:Mot", "CATEGORIES:Mot", "URL:https://mot.example", "COMMENT:Mot",
    "ORGANIZER;CN=Mot:mailto:mot@mot.example", "ATTENDEE:mailto:mot@mot.example", "GEO:1;1", "CLASS:CONFIDENTIAL",
    "X-MOT;X-MOT=Mot:Mot", "LAST-MODIFIED:20261101T101112Z", "CREATED:20261101T101112Z", "SEQUENCE:7", "STATUS:CONFIRMED",
    "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT5M", "DESCRIPTION:Mot", "END:VALARM",
)  # fmt: skip
OFTEN = "RRULE:FREQ=WEEKLY;COUNT=4"
SECOND = "RECURRENCE-ID;TZID=Europe/Paris:20261110T090000"


def event(start: str, *more: str) -> list[str]:
    at = f"TZID=Europe/Paris:{start}T"
    return [
        "BEGIN:VEVENT", "UID:a", "DTSTAMP:20261101T101112Z", f"DTSTART;{at}090000", f"DTEND;{at}100000", *SECRETS, *more,
        "END:VEVENT",
    ]  # fmt: skip


def calendar(*parts: list[str]) -> bytes:
    lines = [line for part in parts for line in part]
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mot//FR", "X-WR-CALNAME:Mot")
    return "\r\n".join([*head, *lines, "END:VCALENDAR", ""]).encode()


def starts(content: bytes) -> list[datetime]:
    """Of what takes time."""
    return [each.start_at for each in expand(content, FROM, UNTIL, PARIS, 100) if each.is_busy]


CASES = {
    "one": calendar(event("20261103")),
    "a series": calendar(event("20261103", OFTEN, "EXDATE;TZID=Europe/Paris:20261117T090000")),
    "one of a series elsewhere": calendar(event("20261103", OFTEN), event("20261111", SECOND)),
    "one of a series free": calendar(event("20261103", OFTEN), event("20261110", SECOND, "TRANSP:TRANSPARENT")),
    "a free series with one that is not": calendar(
        event("20261103", OFTEN, "TRANSP:TRANSPARENT"), event("20261111", SECOND)
    ),
    "extra dates": calendar(event("20261103", "RDATE;TZID=Europe/Paris:20261105T090000,20261106T090000")),
}


@pytest.mark.parametrize("content", CASES.values(), ids=CASES)
def test_it_takes_the_same_time_and_says_nothing(content: bytes) -> None:
    stripped = strip(content, "Occupé")
    assert stripped is not None
    assert starts(stripped) == starts(content) != []
    told = stripped.decode()
    assert told.count("SUMMARY:Occupé") == told.count("BEGIN:VEVENT") == told.count("CLASS:PRIVATE")
    for word in ("Rendez", "Cabinet", "Mot", "mot", "ALARM", "101112", "SEQUENCE", "GEO", "STATUS"):
        assert word not in told


def test_whole_days_and_lengths_stay() -> None:
    when = ("DTSTART;VALUE=DATE:20261103", "DURATION:P2D")
    lines = ["BEGIN:VEVENT", "UID:a", "DTSTAMP:20261101T000000Z", *when, "END:VEVENT"]
    stripped = strip(calendar(lines), "Occupé")
    assert stripped is not None
    assert b"DTSTART;VALUE=DATE:20261103\r\nDURATION:P2D" in stripped
    assert b"VTIMEZONE" not in stripped


@pytest.mark.parametrize("more", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED"])
def test_what_takes_no_time_is_nothing(more: str) -> None:
    lines = ["BEGIN:VEVENT", "UID:a", "DTSTAMP:20261101T000000Z", "DTSTART:20261103T080000Z", more, "END:VEVENT"]
    assert strip(calendar(lines), "Occupé") is None
    task = ["BEGIN:VTODO", "UID:a", "DTSTAMP:20261101T000000Z", "DUE:20261103T080000Z", "END:VTODO"]
    assert strip(calendar(task), "Occupé") is None


def test_only_its_words_changed_is_the_same() -> None:
    one = calendar(event("20261103", OFTEN))
    assert strip(one, "Occupé") == strip(one.replace(b"Cabinet", b"Ailleurs").replace(b"101112", b"202122"), "Occupé")
