"""Maildirs and folders of .eml are read with their flags, dates and folders."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corneille.mail.source.choose_source import SourceKind, SourceRefused, choose_kind
from corneille.mail.source.folder import read_eml, read_folder
from corneille.mail.source.found import Found, PassedOver
from corneille.mail.source.maildir import read_maildir
from tests.corpus.malformed import KEPT_AS_THEY_ARE

WIRE = b"From: a@b.example\r\nSubject: Bonjour\r\n\r\nUn texte.\r\n"
UNIX = WIRE.replace(b"\r\n", b"\n")
LIMIT = 10**9


def put(root: Path, name: str, content: bytes = UNIX, *, modified_s: int = 1_700_000_500) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (modified_s, modified_s))
    return file


def maildir(root: Path, limit_bytes: int = LIMIT) -> list[Found]:
    return [each for each in read_maildir(root, limit_bytes=limit_bytes) if isinstance(each, Found)]


def folder(root: Path) -> list[Found | PassedOver]:
    return list(read_folder(root, limit_bytes=LIMIT))


def test_flags_are_in_the_name_and_what_is_new_has_none(tmp_path: Path) -> None:
    put(tmp_path, "cur/1700000001.a:2,FRS")
    put(tmp_path, "cur/1700000002.b:2,DPT")
    put(tmp_path, "cur/1700000003.c")
    put(tmp_path, "new/1700000004.d")
    assert [each.flags for each in maildir(tmp_path)] == [
        {"\\Flagged", "\\Answered", "\\Seen"}, {"\\Draft", "$Forwarded", "\\Deleted"}, frozenset(), frozenset(),
    ]  # fmt: skip


def test_keywords_are_those_of_dovecot_s_list(tmp_path: Path) -> None:
    put(tmp_path, "dovecot-keywords", b"0 $Label1\n1 Urgent\nx y\n99 far\n")
    put(tmp_path, "cur/1700000001.a:2,Sabz")
    assert maildir(tmp_path)[0].flags == {"\\Seen", "$Label1", "Urgent"}


def test_tmp_is_ignored_and_so_are_dovecot_s_files(tmp_path: Path) -> None:
    put(tmp_path, "tmp/1700000001.a")
    put(tmp_path, "dovecot.index.log")
    put(tmp_path, "cur/.hidden")
    assert maildir(tmp_path) == []


def test_sub_folders_are_levels_with_their_names_decoded(tmp_path: Path) -> None:
    put(tmp_path, "cur/1700000001.a:2,")
    put(tmp_path, ".Envoy&AOk-s/cur/1700000001.b:2,")
    put(tmp_path, ".Classes.6e A/new/1700000001.c")
    put(tmp_path, "Archives/2024/cur/1700000001.d:2,")
    assert {each.folder for each in maildir(tmp_path)} == {(), ("Envoyés",), ("Classes", "6e A"), ("Archives", "2024")}


def test_the_date_is_the_older_of_the_file_s_and_its_name_s(tmp_path: Path) -> None:
    put(tmp_path, "cur/1700000100.a:2,", modified_s=1_700_000_000)
    put(tmp_path, "cur/1700000200.b:2,", modified_s=1_790_000_000)
    put(tmp_path, "cur/unnamed:2,", modified_s=1_600_000_000)
    dates = [each.received_at for each in maildir(tmp_path)]
    assert dates == [datetime.fromtimestamp(stamp, UTC) for stamp in (1_600_000_000, 1_700_000_000, 1_700_000_200)]


def test_symbolic_links_lead_nowhere(tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.txt", b"racine")
    put(tmp_path, "Maildir/cur/1700000001.a:2,")
    (tmp_path / "Maildir/cur/1700000002.b:2,").symlink_to(secret)
    assert [each.content for each in maildir(tmp_path / "Maildir")] == [WIRE]


def test_an_eml_from_the_wire_is_kept_byte_for_byte_and_a_unix_one_gets_its_returns(tmp_path: Path) -> None:
    put(tmp_path, "a.eml", WIRE + b"nu\nrien\rfin")
    put(tmp_path, "b.EML", UNIX + b"sans fin")
    assert [each.content for each in folder(tmp_path) if isinstance(each, Found)] == [
        WIRE + b"nu\nrien\rfin", WIRE + b"sans fin",
    ]  # fmt: skip


def test_an_empty_eml_is_passed_over_and_named(tmp_path: Path) -> None:
    put(tmp_path, "rien.eml", b"")
    assert [(each.place, each.why) for each in folder(tmp_path) if isinstance(each, PassedOver)] == [("rien.eml", "empty")]


def test_what_is_not_mail_is_named_and_indexes_are_silent(tmp_path: Path) -> None:
    put(tmp_path, "photo.jpg", b"\xff\xd8")
    put(tmp_path, "Inbox.msf", b"// index")
    put(tmp_path, ".DS_Store", b"x")
    assert [(each.place, getattr(each, "why", "")) for each in folder(tmp_path)] == [("photo.jpg", "not-mail")]


def test_sub_folders_and_the_mbox_files_of_thunderbird_are_levels(tmp_path: Path) -> None:
    mbox = b"From - Tue Nov 17 08:15:00 2026\n" + UNIX + b"\n"
    put(tmp_path, "2024/été/a.eml")
    put(tmp_path, "Sent", mbox)
    put(tmp_path, "Archives.sbd/2023", mbox + mbox)
    put(tmp_path, "vieux.mbox", mbox)
    found = [each.folder for each in folder(tmp_path) if isinstance(each, Found)]
    assert sorted(found) == [("2024", "été"), ("Archives", "2023"), ("Archives", "2023"), ("Sent",), ("vieux",)]


def test_an_eml_is_dated_by_its_header_unless_that_is_in_its_future(tmp_path: Path) -> None:
    dated = b"Date: Mon, 2 Mar 2020 10:00:00 +0100\r\n" + WIRE
    [found] = read_eml(put(tmp_path, "a.eml", dated), limit_bytes=LIMIT)
    assert isinstance(found, Found)
    assert found.received_at == datetime(2020, 3, 2, 9, tzinfo=UTC)
    [found] = read_eml(put(tmp_path, "b.eml", dated.replace(b"2020", b"2090")), limit_bytes=LIMIT)
    assert isinstance(found, Found)
    assert found.received_at == datetime.fromtimestamp(1_700_000_500, UTC)


def test_too_large_files_are_not_read(tmp_path: Path) -> None:
    put(tmp_path, "cur/1700000001.a:2,", b"x" * 4000)
    put(tmp_path, "cur/1700000002.b:2,")
    assert [getattr(each, "why", "found") for each in read_maildir(tmp_path, limit_bytes=3000)] == ["too-large", "found"]


def test_progress_reaches_the_sum_of_the_sizes(tmp_path: Path) -> None:
    for number in range(5):
        put(tmp_path, f"cur/170000000{number}.a:2,")
    assert [each.done_bytes for each in maildir(tmp_path)] == [len(UNIX) * count for count in range(1, 6)]


@pytest.mark.parametrize("name", KEPT_AS_THEY_ARE)
def test_malformed_messages_come_out_of_files_as_they_went_in(tmp_path: Path, name: str) -> None:
    content = KEPT_AS_THEY_ARE[name]
    put(tmp_path, "cur/1700000001.a:2,", content)
    [from_maildir] = maildir(tmp_path)
    [from_eml] = read_eml(put(tmp_path, "a.eml", content), limit_bytes=LIMIT)
    assert isinstance(from_eml, Found)
    assert from_maildir.content == from_eml.content == content


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("old", b"From a Tue Nov 17 08:15:00 2026\n" + UNIX, SourceKind.MBOX),
        ("a.eml", UNIX, SourceKind.EML),
        ("Maildir/cur/1:2,", UNIX, SourceKind.MAILDIR),
        ("folder/a.eml", UNIX, SourceKind.EML),
        ("up/.Sent/cur/1:2,", UNIX, SourceKind.MAILDIR),
    ],
)
def test_kinds_are_recognised(tmp_path: Path, name: str, content: bytes, kind: SourceKind) -> None:
    put(tmp_path, name, content)
    assert choose_kind(tmp_path / Path(name).parts[0]) is kind


def test_what_cannot_be_mail_is_refused_with_its_reason(tmp_path: Path) -> None:
    put(tmp_path, "photo.jpg", b"\xff\xd8")
    put(tmp_path, "vide.mbox", b"")
    for name, why in (("photo.jpg", "not-mail"), ("vide.mbox", "empty"), ("nulle-part", "absent")):
        with pytest.raises(SourceRefused) as refused:
            choose_kind(tmp_path / name)
        assert refused.value.data["why"] == why
