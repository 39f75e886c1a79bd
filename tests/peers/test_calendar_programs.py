"""vdirsyncer, khal and the caldav library against the door: both ways, with no difference after two runs."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import caldav
import pytest

from corneille.calendar.level import Level
from corneille.calendar.share import share_with_person
from corneille.run.ground import Ground
from tests.calendar.conftest import NOW, School, event, school
from tests.doors.dav.serving import serve_dav
from tests.doors.dav.talk import Program, make_program
from tests.peers.program import run

pytestmark = pytest.mark.slow
__all__ = ["school"]

BIN = Path(sys.executable).parent


@pytest.fixture
def address() -> Iterator[str]:
    with serve_dav() as served:
        yield served


@pytest.fixture
def claire(school: School) -> Program:  # the fixture above
    return make_program(school.claire)


def configure(folder: Path, address: str, program: Program) -> list[str]:
    """vdirsyncer's, one folder of .ics files for each agenda."""
    (folder / "vdirsyncer.conf").write_text(f"""
[general]
status_path = "{folder}/status/"
[pair agendas]
a = "near"
b = "far"
collections = ["from b"]
metadata = ["displayname", "color"]
[storage near]
type = "filesystem"
path = "{folder}/near/"
fileext = ".ics"
[storage far]
type = "caldav"
url = "{address}/"
username = "{program.identifier}"
password = "{program.secret}"
""")
    return [sys.executable, "-m", "vdirsyncer", "-c", str(folder / "vdirsyncer.conf")]


def sync(command: list[str], folder: Path) -> None:
    told = run([*command, "sync"], folder=folder)
    assert told.returncode == 0, told.stderr.decode()


def test_vdirsyncer_agrees_after_two_runs(address: str, claire: Program, school: School, tmp_path: Path) -> None:
    for uid in ("un", "deux", "trois"):
        claire("PUT", f"{claire.agenda}{uid}.ics", event(uid))
    paul = make_program(school.paul)
    paul("PUT", f"{paul.agenda}commun.ics", event("commun"))
    paul("PUT", f"{paul.agenda}secret.ics", event("secret", "20261104T080000", "20261104T090000", "CLASS:PRIVATE"))
    share_with_person(school.agenda(school.paul), "clemoine", Level.WRITE, NOW.date(), None, NOW)
    command = configure(tmp_path, address, claire)
    found = run([*command, "discover"], folder=tmp_path, given=b"y\n" * 4)
    assert found.returncode == 0, found.stderr.decode()
    sync(command, tmp_path)
    near = tmp_path / "near/agenda"
    assert sorted(each.stem for each in near.glob("*.ics")) == ["deux", "trois", "un"]
    [shared] = (tmp_path / "near").glob("partage-*")
    assert sorted(each.name for each in shared.glob("*.ics")) == ["commun.ics", "secret.ics"]
    masked = (shared / "secret.ics").read_text(encoding="utf-8")
    assert ("SUMMARY:Occupé" in masked, "l’école" in masked) == (True, False)

    claire("PUT", f"{claire.agenda}un.ics", event("un", "20261110T080000", "20261110T090000"))
    claire("DELETE", f"{claire.agenda}deux.ics")
    (near / "trois.ics").unlink()
    (near / "quatre.ics").write_bytes(event("quatre"))
    (shared / "de-claire.ics").write_bytes(event("de-claire"))
    sync(command, tmp_path)
    far = {each.rpartition("/")[2] for each in claire.propfind(claire.agenda, "d:getetag", depth="1").hrefs[1:]}
    assert {each.name for each in near.glob("*.ics")} == far == {"un.ics", "quatre.ics"}
    assert b"20261110T080000" in (near / "un.ics").read_bytes()
    assert paul("GET", f"{paul.agenda}de-claire.ics").status == 200

    hidden = event("secret", "20261104T080000", "20261104T090000", "CLASS:PRIVATE", "LOCATION:Ailleurs")
    assert paul("PUT", f"{paul.agenda}secret.ics", hidden).status == 204
    before = snapshot(tmp_path), claire.sync(claire.agenda).content
    sync(command, tmp_path)
    assert (snapshot(tmp_path), claire.sync(claire.agenda).content) == before


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in sorted((folder / "near").rglob("*")) if each.is_file()}


def test_khal_shows_and_adds_what_vdirsyncer_brings(address: str, claire: Program, tmp_path: Path) -> None:
    claire(
        "PUT", f"{claire.agenda}un.ics", event("Conseil", "20261103T080000", "20261103T090000", "RRULE:FREQ=WEEKLY;COUNT=3")
    )
    command = configure(tmp_path, address, claire)
    run([*command, "discover"], folder=tmp_path, given=b"y\n" * 4)
    sync(command, tmp_path)
    (tmp_path / "khal.conf").write_text(f"""
[calendars]
[[agenda]]
path = {tmp_path}/near/agenda
[locale]
local_timezone = Europe/Paris
default_timezone = Europe/Paris
timeformat = %H:%M
dateformat = %d/%m/%Y
longdateformat = %d/%m/%Y
datetimeformat = %d/%m/%Y %H:%M
longdatetimeformat = %d/%m/%Y %H:%M
""")
    khal = [str(BIN / "python"), "-m", "khal", "-c", str(tmp_path / "khal.conf")]
    environment = {"XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    listed = run([*khal, "list", "01/11/2026", "30d"], folder=tmp_path, environment=environment)
    assert listed.returncode == 0, listed.stderr.decode()
    assert listed.stdout.decode().count("Conseil à l’école") == 3
    added = run(
        [*khal, "new", "-a", "agenda", "05/11/2026", "14:00", "15:00", "Vie", "de", "classe"],
        folder=tmp_path,
        environment=environment,
    )
    assert added.returncode == 0, added.stderr.decode()
    sync(command, tmp_path)
    [other] = [
        each for each in claire.propfind(claire.agenda, "d:getetag", depth="1").hrefs[1:] if not each.endswith("/un.ics")
    ]
    assert b"Vie de classe" in claire("GET", other).content


def test_the_caldav_library_finds_changes_and_synchronises(address: str, claire: Program, ground: Ground) -> None:
    client: Any = caldav.DAVClient(  # type: ignore[operator]  # the library names it late
        url=f"{address}/dav/", username=claire.identifier, password=claire.secret
    )
    with client:
        principal = client.principal()
        [agenda] = principal.calendars()
        assert agenda.get_display_name() == "Mon agenda"
        other = principal.make_calendar(name="Lettres", cal_id="lettres")
        made = other.save_event(event("a").decode())
        other.save_event(event("b", "20261201T080000", "20261201T090000", "RRULE:FREQ=WEEKLY;COUNT=4").decode())
        found = other.search(
            start=datetime(2026, 11, 1, tzinfo=UTC), end=datetime(2026, 12, 10, tzinfo=UTC), event=True, expand=True
        )
        assert sorted((read_start(each), str(each.icalendar_component["SUMMARY"])) for each in found) == [
            ("2026-11-03 08:00", "a à l’école"), ("2026-12-01 08:00", "b à l’école"), ("2026-12-08 08:00", "b à l’école"),
        ]  # fmt: skip
        synced = other.get_objects_by_sync_token(load_objects=True)
        assert {str(each.icalendar_component["UID"]) for each in synced} == {"a", "b"}
        made.icalendar_component["SUMMARY"] = "Autre"
        made.save()
        changed = list(other.get_objects_by_sync_token(sync_token=synced.sync_token, load_objects=True))
        assert [str(each.icalendar_component["SUMMARY"]) for each in changed] == ["Autre"]
        assert changed[0].url == made.url
        made.delete()
        again = other.get_objects_by_sync_token(sync_token=synced.sync_token)
        assert [each.url for each in again] == [made.url]
        busy = other.freebusy_request(datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 2, tzinfo=UTC))
        assert "20261201T070000Z" in busy.data
        other.delete()
        assert [each.get_display_name() for each in principal.calendars()] == ["Mon agenda"]


def read_start(found: Any) -> str:
    """When an event begins, by the clock of the académie."""
    return f"{found.icalendar_component['DTSTART'].dt.astimezone(ZoneInfo('Europe/Paris')):%Y-%m-%d %H:%M}"
