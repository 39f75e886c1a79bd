"""A copy of one's data, end to end over a real store: whole, one's own, begun anew after a crash, gone after its time."""

import json
import mailbox
import os
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from secrets import token_bytes

import pytest

from corneille.access.recovery_contact import import_contact
from corneille.calendar.decide import name_team
from corneille.calendar.level import Level
from corneille.calendar.make_calendar import make_calendar
from corneille.calendar.make_group_calendar import make_team_calendar
from corneille.calendar.open_calendar import open_calendar
from corneille.calendar.put_object import put_object
from corneille.kernel.journal import list_lines
from corneille.kernel.models import Notice
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import load
from corneille.mail import store
from corneille.mail.append import append
from corneille.mail.mailbox import create_mailbox, delete_mailbox, find_mailbox
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.signature import write_signature
from corneille.mail.source.found import Found
from corneille.mail.source.mbox import read_mbox
from corneille.mail.store.segment import segment_path
from corneille.mail.values import ANSWERED, FLAGGED, SEEN, Filed, NewMessage
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_establishment, add_person
from corneille.people.find import Person
from corneille.people.uai import format_uai
from corneille.privacy.export import exporter, folder
from corneille.privacy.export.exporter import LEASE, STARTS, Exporter
from corneille.privacy.export.forget import forget_exports
from corneille.privacy.export.state import (
    ExportShown,
    ExportUnderWay,
    ask_export,
    drop_export,
    find_export,
    open_export,
)
from corneille.privacy.export.write import Progress
from corneille.privacy.models import Export
from corneille.run.ground import Ground
from tests.calendar.conftest import event
from tests.mail.letter import NOON, letter

NOW = NOON + timedelta(days=1)
MALFORMED = (
    b"From: a@b.example\r\n\r\nFrom here on\r\n>From there\r\n>>From elsewhere\r\n\r\nFrom the end\r\n",
    b"From nobody Tue Nov 24 12:00:00 2026\r\nSubject: x\r\n\r\nbody\r\n",
    b"no header at all\r\n",
    b"\r\n",
    b" begins with a space\r\n\r\nx\r\n",
    b"Subject: bare ends\n\nline\nFrom within\n",
    b"Subject: old mac\r\rline\rFrom within\r\n",
    b"Subject: \xff\xfe\x00 octets\r\n\r\n\x00\xff\r\n\r\n\r\n",
    b"Status: RO\r\nX-Status: D\r\nSubject: claims flags\r\n\r\nx\r\n",
    b"Content-Length: 3\r\nSubject: a lie\r\n\r\nFrom a@b Tue Nov 24 12:00:00 2026\r\n\r\nmore\r\n",
)


def file(person: Person, content: bytes, *flags: str, name: str = "INBOX") -> Filed:
    mail = open_mail_account(person.id)
    found = find_mailbox(mail, name) or create_mailbox(mail, name).result(10)
    return append(mail, found.id, [NewMessage(content, NOON, frozenset(flags))]).result(10)[0]


def make(person: Person, *, by: Exporter | None = None) -> None:
    by = by or Exporter()
    while shown(person).state == "asked":
        by.work(NOW)


def shown(person: Person) -> ExportShown:
    found = find_export(person.id, NOW)
    assert found is not None
    return found


def unpack(person: Person, to: Path) -> zipfile.ZipFile:
    with closing(open_export(person.id, NOW).stream) as stream:
        archive = zipfile.ZipFile(BytesIO(stream.read()))
    assert archive.testzip() is None
    archive.extractall(to)
    return archive


def test_malformed_messages_come_back_octet_for_octet(zoe: Person, tmp_path: Path) -> None:
    for content in MALFORMED:
        file(zoe, content, SEEN)
    ask_export(zoe.id, NOW)
    make(zoe)
    unpack(zoe, tmp_path)
    with closing(mailbox.mbox(tmp_path / "courrier/INBOX.mbox", create=False)) as box:
        kept = [box.get_bytes(key) for key in box.iterkeys()]
    assert [unquote(each) for each in kept] == list(MALFORMED)
    found = [each for each in read_mbox(tmp_path / "courrier/INBOX.mbox", limit_bytes=10**6) if isinstance(each, Found)]
    assert len(found) == len(MALFORMED)
    assert all(each.received_at == NOON for each in found)


def unquote(kept: bytes) -> bytes:
    """Without the three fields before it, and one ">" less before each "From "."""
    status, x_status, keywords, content = kept.split(b"\r\n", 3)
    assert (status, x_status, keywords) == (b"Status: RO", b"X-Status: ", b"X-Keywords: ")
    lines = content.split(b"\n")
    return b"\n".join(line[1:] if line.lstrip(b">").startswith(b"From ") else line for line in lines)


def test_flags_and_folders_are_kept(zoe: Person, tmp_path: Path) -> None:
    file(zoe, letter("Un"), SEEN, ANSWERED, FLAGGED, "$Forwarded", "Urgent")
    file(zoe, letter("Deux"), name="Projets/2026 : bilan")
    ask_export(zoe.id, NOW)
    make(zoe)
    names = unpack(zoe, tmp_path).namelist()
    assert "courrier/Projets/2026 _ bilan.mbox" in names
    assert "courrier/messages-illisibles.txt" not in names
    with closing(mailbox.mbox(tmp_path / "courrier/INBOX.mbox", create=False)) as box:
        (message,) = box
        assert message.get_flags() == "ROAF"
        assert message["X-Keywords"] == "$Forwarded Urgent"
        assert message["Subject"] == "Un"


def test_a_big_message_is_whole_and_progress_counts(zoe: Person, tmp_path: Path) -> None:
    body = "\r\n".join(f"From line {number}" for number in range(400_000))
    big = letter("Grand", body)
    assert len(big) > 6_000_000
    file(zoe, big, SEEN)
    for number in range(3):
        file(zoe, letter(f"{number}"), name="Archive")
    ask_export(zoe.id, NOW)
    assert not shown(zoe).is_begun
    slow, seen = Exporter(slice_s=0), []
    while shown(zoe).state == "asked":
        slow.work(NOW)
        seen.append((shown(zoe).done_count, shown(zoe).total_count))
    assert seen[0] == (0, 4)
    assert seen == sorted(seen)
    assert (3, 4) in seen
    assert seen[-1] == (4, 4)
    unpack(zoe, tmp_path)
    with closing(mailbox.mbox(tmp_path / "courrier/INBOX.mbox", create=False)) as box:
        assert [unquote(box.get_bytes(key)) for key in box.iterkeys()] == [big]
    (path,) = folder.find_folder().iterdir()
    assert shown(zoe).size_bytes == path.stat().st_size


def test_the_rest_is_there_and_says_what_it_is(zoe: Person, paul: Person, tmp_path: Path) -> None:
    import_contact(zoe.id, "zoe@ailleurs.example", NOW, actor="cli")
    agenda = open_calendar(zoe.id, make_calendar(zoe.id, "Cours 3/4", NOW), Level.MANAGE, NOW)
    put_object(agenda, "a.ics", event("a"), NOW)
    put_object(agenda, "b.ics", event("b").replace(b"END:VEVENT", b"CLASS:PRIVATE\r\nEND:VEVENT"), NOW)
    write_signature(open_mail_account(zoe.id), "fr", "Zoé Lefèvre\nLettres", NOW)
    ask_export(zoe.id, NOW)
    make(zoe)
    archive = unpack(zoe, tmp_path)
    ics = (tmp_path / "agendas/Cours 3_4.ics").read_bytes()
    assert ics.count(b"BEGIN:VEVENT") == 2
    account = json.loads((tmp_path / "compte.json").read_text())
    assert account["person"]["identifier"] == zoe.identifier
    assert [each["address"] for each in account["recovery_contacts"]] == ["zoe@ailleurs.example"]
    assert account["signatures"] == {"fr": "Zoé Lefèvre\nLettres"}
    assert {each["right"] for each in account["rights"]} == {"web", "imap", "submission", "dav"}
    access = json.loads((tmp_path / "connexions.json").read_text())
    assert {"export-asked", "recovery-contact-added"} <= {each["action"] for each in access["journal"]}
    assert {"attempts", "sessions", "devices", "app_passwords", "services"} <= set(access)
    assert json.loads((tmp_path / "traitements.json").read_text())
    readme = (tmp_path / "README.txt").read_bytes().decode()
    assert readme.index("Copie des données de Zoé Lefèvre") < readme.index("Copy of the data of Zoé Lefèvre")
    told = {name for name in archive.namelist() if not name.endswith((".mbox", ".ics", "README.txt"))}
    assert all(readme.count(name) == 2 for name in told)
    assert not any("allard" in archive.read(name).decode().lower() for name in told)


def test_the_agenda_of_a_team_is_nobodys_to_take_along(zoe: Person, tmp_path: Path) -> None:
    uai = format_uai(760095)
    add_establishment(NewEstablishment(uai, "Lycée Corneille", "lycee", "Rouen"))
    add_assignment(zoe.id, uai, "Enseignement", date(2020, 9, 1))
    number = make_team_calendar(zoe.id, name_team(uai, "Enseignement"), "Équipe pédagogique", NOW)
    put_object(open_calendar(zoe.id, number, Level.MANAGE, NOW), "a.ics", event("a"), NOW)
    ask_export(zoe.id, NOW)
    make(zoe)
    told = unpack(zoe, tmp_path)
    assert [each for each in told.namelist() if each.endswith(".ics")] == []
    rest = (each for each in told.namelist() if not each.startswith("connexions"))  # the journal says that she made it
    assert not any("pédagogique" in told.read(each).decode() for each in rest)


def test_only_its_owner_fetches_it_and_each_time_is_in_the_journal(zoe: Person, paul: Person) -> None:
    ask_export(zoe.id, NOW)
    for person in (zoe, paul):
        with pytest.raises(Gone):
            open_export(person.id, NOW)
    make(zoe)
    with pytest.raises(Gone):
        open_export(paul.id, NOW)
    with pytest.raises(Gone):
        drop_export(paul.id, NOW)
    open_export(zoe.id, NOW).stream.close()
    actions = [line.action for line in list_lines(zoe.id, 10)]
    assert actions[:3] == ["export-fetched", "export-ready", "export-asked"]
    (notice,) = Notice.objects.filter(account=zoe.id, code="export-ready")
    assert notice.data["until"] == (NOW + timedelta(days=7)).isoformat()
    (path,) = folder.find_folder().iterdir()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_one_at_a_time_and_a_new_one_takes_the_place_of_the_old(zoe: Person, paul: Person) -> None:
    ask_export(zoe.id, NOW)
    with pytest.raises(ExportUnderWay):
        ask_export(zoe.id, NOW)
    ask_export(paul.id, NOW)
    make(zoe)
    make(paul)
    ask_export(zoe.id, NOW)
    assert shown(zoe).state == "asked"
    assert len(list(folder.find_folder().iterdir())) == 1  # Paul's


def test_a_copy_goes_after_its_time_or_when_its_owner_says_so(zoe: Person, paul: Person) -> None:
    for person in (zoe, paul):
        ask_export(person.id, NOW)
        make(person)
    drop_export(paul.id, NOW)
    assert len(list(folder.find_folder().iterdir())) == 1
    assert forget_exports(NOW + timedelta(days=7)) == 0
    assert forget_exports(NOW + timedelta(days=7, seconds=1)) == 1
    assert list(folder.find_folder().iterdir()) == []
    assert find_export(zoe.id, NOW) is None


def test_its_time_is_over_before_it_is_swept(zoe: Person) -> None:
    ask_export(zoe.id, NOW)
    make(zoe)
    late = NOW + timedelta(days=7)
    assert find_export(zoe.id, late) is None
    with pytest.raises(Gone):
        open_export(zoe.id, late)


def test_a_copy_cut_short_is_begun_anew_and_comes_to_its_end(zoe: Person, tmp_path: Path) -> None:
    for number in range(30):
        file(zoe, letter(f"{number}"))
    ask_export(zoe.id, NOW)
    killed = Exporter(slice_s=0)
    for _ in range(20):
        killed.work(NOW)
    assert 0 < shown(zoe).done_count < 30
    other = Exporter(slice_s=60)  # a busy machine needs more than one slice of half a second
    other.work(NOW + LEASE)  # the lease still stands: the other may be alive
    assert shown(zoe).state == "asked"
    other.work(NOW + LEASE + timedelta(seconds=1))
    assert (shown(zoe).state, shown(zoe).done_count) == ("ready", 30)
    killed.work(NOW + 2 * LEASE)  # it was alive after all: it finds that the copy is not its own any more
    while killed._begun is not None:
        killed.work(NOW + 2 * LEASE)
    assert len(list(folder.find_folder().iterdir())) == 1
    unpack(zoe, tmp_path)
    with closing(mailbox.mbox(tmp_path / "courrier/INBOX.mbox", create=False)) as box:
        assert len(box) == 30
    assert Notice.objects.filter(account=zoe.id, code="export-ready").count() == 1


def test_a_copy_begun_while_the_clock_was_ahead_is_not_waited_for(zoe: Person) -> None:
    ask_export(zoe.id, NOW)
    Export.objects.update(lease_until=NOW + timedelta(days=100))
    Exporter(slice_s=60).work(NOW)
    assert shown(zoe).state == "ready"


def test_a_copy_that_stops_the_service_each_time_is_given_up(zoe: Person) -> None:
    ask_export(zoe.id, NOW)
    for number in range(STARTS):
        Exporter(slice_s=0).work(NOW + 2 * number * LEASE)
    assert shown(zoe).state == "asked"
    Exporter(slice_s=0).work(NOW + 2 * STARTS * LEASE)
    assert (shown(zoe).state, shown(zoe).problem) == ("failed", "interrupted")
    assert list(folder.find_folder().iterdir()) == []


def test_a_fault_of_ours_leaves_nothing_open_and_is_tried_again(zoe: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> Iterator[Progress]:
        yield Progress(0, 1, 0, 0)
        raise AssertionError

    ask_export(zoe.id, NOW)
    by = Exporter(slice_s=60)
    with monkeypatch.context() as patch:
        patch.setattr(exporter, "write_copy", break_down)
        with pytest.raises(AssertionError):
            by.work(NOW)
    assert shown(zoe).state == "asked"
    by.work(NOW + LEASE + timedelta(seconds=1))
    assert shown(zoe).state == "ready"


def test_its_owner_may_give_it_up_while_it_is_made(zoe: Person) -> None:
    file(zoe, letter())
    ask_export(zoe.id, NOW)
    by = Exporter(slice_s=0)
    for _ in range(3):
        by.work(NOW)
    drop_export(zoe.id, NOW)
    by.work(NOW)
    assert not Export.objects.exists()
    assert list(folder.find_folder().iterdir()) == []


def test_mail_that_changes_meanwhile_is_passed_over(zoe: Person, tmp_path: Path) -> None:
    file(zoe, letter("Un"), name="Jeté")
    file(zoe, letter("Deux"))
    ask_export(zoe.id, NOW)
    by = Exporter(slice_s=0)
    by.work(NOW)
    delete_mailbox(open_mail_account(zoe.id), "Jeté").result(10)
    file(zoe, letter("Trois"))
    make(zoe, by=by)
    assert "courrier/INBOX.mbox" in unpack(zoe, tmp_path).namelist()
    assert shown(zoe).done_count == shown(zoe).total_count == 2


def test_a_message_that_cannot_be_read_is_named_and_the_rest_is_there(zoe: Person, ground: Ground, tmp_path: Path) -> None:
    file(zoe, letter("Un"))
    file(zoe, letter("Deux"))
    file(zoe, letter("Trois", "perdu"))
    segment = segment_path(store.current().shard(0).segments_folder, 1)
    os.truncate(segment, segment.read_bytes().index(b"perdu"))  # as after a fault of the disk
    ask_export(zoe.id, NOW)
    make(zoe)
    assert shown(zoe).missing_count == 1
    unpack(zoe, tmp_path)
    assert (tmp_path / "courrier/messages-illisibles.txt").read_text().startswith("INBOX\t3\t")
    with closing(mailbox.mbox(tmp_path / "courrier/INBOX.mbox", create=False)) as box:
        assert [message["Subject"] for message in box] == ["Un", "Deux"]


def test_a_copy_too_large_says_so_and_leaves_nothing(zoe: Person, ground: Ground) -> None:
    load(None, {}, ground={"data": str(ground.data)}, export={"largest_bytes": 1024**2})
    for _ in range(4):
        file(zoe, letter("x") + token_bytes(400_000).replace(b"\n", b"") + b"\r\n")
    ask_export(zoe.id, NOW)
    make(zoe)
    assert (shown(zoe).state, shown(zoe).problem) == ("failed", "too-large")
    assert list(folder.find_folder().iterdir()) == []
    assert [line.action for line in list_lines(zoe.id, 1)] == ["export-failed"]
    ask_export(zoe.id, NOW)  # and may be asked for again


def test_nothing_is_begun_where_the_reserve_is_reached(zoe: Person, ground: Ground) -> None:
    load(None, {}, ground={"data": str(ground.data), "disk_reserve_bytes": 2**60})
    ask_export(zoe.id, NOW)
    Exporter().work(NOW)
    assert (shown(zoe).state, shown(zoe).problem) == ("failed", "disk-full")
    assert Notice.objects.filter(account=zoe.id, code="export-failed").count() == 1


def test_who_has_no_mail_has_a_copy_too(zoe: Person, tmp_path: Path) -> None:
    partner = add_person(NewPerson(AccountType.PARTNER, "Ali", "Martin", now=NOON))
    ask_export(partner.id, NOW)
    make(partner)
    assert "compte.json" in unpack(partner, tmp_path).namelist()
