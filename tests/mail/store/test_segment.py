"""Segments: what was synced never changes, whatever comes after it."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from corneille.mail.store.record import (
    Damaged,
    Kind,
    Note,
    NotedPlace,
    Torn,
    format_committed,
    format_dropped,
    format_header,
    format_note,
    parse_note,
)
from corneille.mail.store.segment import (
    Position,
    SegmentReader,
    SegmentWriter,
    Unsynced,
    list_segments,
    segment_path,
    walk_segment,
)

NOTE = format_note(Note((NotedPlace(7, "INBOX", "\\Seen", 5),), 123, "ab"))


def add(writer: SegmentWriter, content: bytes) -> Position:
    header = format_header(Kind.MESSAGE, NOTE, len(content), 456, hashlib.sha256(content).digest())
    return writer.append(header, NOTE, (content[:3], content[3:]))


def test_a_full_segment_is_followed_by_another(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, 0, 1000)
    places = [add(writer, bytes([number]) * 400) for number in range(5)]
    writer.close()
    assert [place.segment for place in places] == [1, 1, 2, 2, 3]
    reader = SegmentReader(tmp_path)
    for number, place in enumerate(places):
        assert reader.read(place.segment, place.offset, 400) == bytes([number]) * 400
    reader.close()


def test_records_say_by_themselves_what_they_are(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, 0, 10_000)
    add(writer, b"one one")
    add(writer, b"two two two")
    writer.close()
    found = list(walk_segment(segment_path(tmp_path, 1)))
    assert [each.header.content_bytes for each in found] == [7, 11]
    assert found[0].header.received_at == 456
    assert found[1].header.digest == hashlib.sha256(b"two two two").digest()
    assert parse_note(found[0].note) == Note((NotedPlace(7, "INBOX", "\\Seen", 5),), 123, "ab")


def test_a_process_that_comes_back_goes_on_in_its_segment(tmp_path: Path) -> None:
    for content in (b"one one", b"two two"):
        writer = SegmentWriter(tmp_path, 3, 10_000)
        add(writer, content)
        writer.close()
    assert list_segments(tmp_path) == [1]
    assert len(list(walk_segment(segment_path(tmp_path, 1)))) == 2


def test_two_writers_never_share_a_segment(tmp_path: Path) -> None:
    first, second = SegmentWriter(tmp_path, 0, 10_000), SegmentWriter(tmp_path, 0, 10_000)
    assert add(first, b"one one").segment != add(second, b"two two").segment
    first.close()
    second.close()


@pytest.mark.parametrize("left_bytes", [1, 30, 63, 64, 80, 100])
def test_a_torn_end_is_left_alone_and_the_next_segment_begun(tmp_path: Path, left_bytes: int) -> None:
    writer = SegmentWriter(tmp_path, 0, 10_000)
    whole = add(writer, b"one one")
    add(writer, b"two two")
    writer.close()
    path = segment_path(tmp_path, 1)
    end = whole.offset + 7
    content = path.read_bytes()
    path.write_bytes(content[: end + left_bytes])
    again = SegmentWriter(tmp_path, 0, 10_000)
    assert add(again, b"three").segment == 2
    again.close()
    assert path.read_bytes() == content[: end + left_bytes]
    with pytest.raises(Damaged):
        list(walk_segment(path))


def test_a_read_beyond_the_end_is_damage_not_silence(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path, 0, 10_000)
    place = add(writer, b"one one")
    writer.close()
    reader = SegmentReader(tmp_path)
    with pytest.raises(Damaged):
        reader.read(place.segment, place.offset, 8)
    with pytest.raises(Damaged):
        reader.read(9, 0, 1)
    reader.close()


def test_a_segment_that_could_not_be_synced_is_not_taken_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise OSError(errno.EIO, "the medium is bad")

    writer = SegmentWriter(tmp_path, 0, 10_000)
    add(writer, b"one one")
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", fail)
        with pytest.raises(Unsynced):
            writer.sync()
    assert add(writer, b"two two").segment == 2
    writer.close()


def leave_last(folder: Path, kind: Kind, note: bytes) -> tuple[Path, int]:
    """A segment that ends with such a record, and where that begins."""
    writer = SegmentWriter(folder, 0, 10_000)
    start = add(writer, b"one one").offset + 7
    writer.mark(format_header(kind, note, 0, 0, hashlib.sha256().digest()), note)
    writer.close()
    return segment_path(folder, 1), start


def damage(path: Path, octets: bytes) -> type[Damaged]:
    """What a walk says of the segment when it holds these."""
    path.write_bytes(octets)
    with pytest.raises(Damaged) as told:
        list(walk_segment(path))
    return told.type


LAST = [(Kind.COMMITTED, format_committed(8)), (Kind.DROPPED, format_dropped([(1, 88), (1, 99)]))]


@pytest.mark.parametrize(("kind", "note"), LAST)
def test_a_last_record_of_which_one_bit_was_altered_is_not_taken_for_what_a_crash_leaves(
    tmp_path: Path, kind: Kind, note: bytes
) -> None:
    path, start = leave_last(tmp_path, kind, note)
    whole = path.read_bytes()
    for at in range(start, len(whole)):
        for bit in range(8):
            altered = bytes((whole[at] ^ 1 << bit,))
            assert damage(path, whole[:at] + altered + whole[at + 1 :]) is Damaged, f"octet {at - start}, bit {bit}"


@pytest.mark.parametrize(("kind", "note"), LAST)
def test_what_a_crash_leaves_of_a_last_record_is_not_taken_for_altered(tmp_path: Path, kind: Kind, note: bytes) -> None:
    path, start = leave_last(tmp_path, kind, note)
    whole = path.read_bytes()
    for at in range(start + 1, len(whole)):
        missing = len(whole) - at
        assert damage(path, whole[:at]) is Torn, f"cut after {at - start}"
        assert damage(path, whole[:at] + bytes(missing)) is Torn, f"the block from {at - start} on was never written"
        assert damage(path, whole[:start] + bytes(at - start) + whole[at:]) is Torn, f"nor that up to {at - start}"


def test_a_note_of_very_many_places_can_be_read_again(tmp_path: Path) -> None:
    places = tuple(NotedPlace(number, "Établissement/Lettres", "\\Seen", 5) for number in range(40_000))
    note = format_note(Note(places, 123, "ab"))
    writer = SegmentWriter(tmp_path, 0, 10_000_000)
    writer.append(format_header(Kind.MESSAGE, note, 3, 456, hashlib.sha256(b"one").digest()), note, (b"one",))
    writer.close()
    (found,) = walk_segment(segment_path(tmp_path, 1))
    read = parse_note(found.note).places
    assert 10_000 < len(read) < 40_000
    assert read == places[: len(read)]
