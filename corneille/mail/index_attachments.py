"""Reads attached documents in the background, each in a process with limits, so that searches find their words."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from corneille.kernel import clock
from corneille.kernel.settings import of
from corneille.mail import store
from corneille.mail.extract import extract_document
from corneille.mail.searchable import fold
from corneille.mail.settings import MailSettings
from corneille.mail.store import attachment as table
from corneille.mail.store.attachment import AttachmentText
from corneille.mail.store.content import read_content
from corneille.mail.store.record import Damaged
from corneille.mail.store.shard import Shard
from corneille.mail.store.words import begin_again, count_pending
from corneille.wire.document.kind import choose_kind
from corneille.wire.mime.attachments import list_attachments
from corneille.wire.mime.part import walk
from corneille.wire.mime.scan import scan
from corneille.wire.mime.section import decode_body

log = logging.getLogger(__name__)

SLICE_S = 20.0
"""One run of upkeep at the most: its thread belongs to others too."""
DOCUMENTS = 20
"""Read of one message; whoever attaches more is found by the names of the rest."""
HELD_NAME = "extracting"
PAUSE_S = 0.1


@dataclass(frozen=True, slots=True)
class Indexing:
    """What is left: messages whose words, and contents whose documents, are still to be indexed."""

    words_count: int
    documents_count: int

    @property
    def left_count(self) -> int:
        return self.words_count + self.documents_count


def index_attachments(_now: datetime, slice_s: float = SLICE_S) -> int:
    """Reads what waits, for one slice; gives how many contents were dealt with. One process at a time does it."""
    if not of(MailSettings).search_attachments:
        return 0
    until_s = clock.monotonic_s() + slice_s
    opened, count = store.current(), 0
    for number in opened.list_shards():
        shard = opened.shard(number)
        with _held(shard) as is_mine:
            while is_mine and clock.monotonic_s() < until_s and (pending := table.list_pending(shard.reader(), 1)):
                _index(shard, pending[0])
                count += 1
    return count


def index_again() -> None:
    """Begins the words and the documents of every message anew; searches go on, slower, and stay right."""
    opened = store.current()
    for number in opened.list_shards():
        opened.shard(number).submit(begin_again).result()
        opened.shard(number).submit(table.begin_again).result()


def index_all(now: datetime) -> Iterator[Indexing]:
    """Works until nothing is left, telling how much is; the shards' writers do the words meanwhile."""
    opened, pause = store.current(), Event()
    while True:
        if not index_attachments(now, slice_s=1.0):
            pause.wait(PAUSE_S)  # others work on it: nothing is won by asking again at once
        for number in opened.list_shards():
            opened.shard(number).submit(lambda _turn: None).result()  # gives the writer its idle moment
        told = measure_indexing()
        yield told
        if not told.words_count and (not told.documents_count or not of(MailSettings).search_attachments):
            return


def measure_indexing() -> Indexing:
    """What is left now."""
    opened = store.current()
    readers = [opened.shard(number).reader() for number in opened.list_shards()]
    return Indexing(sum(map(count_pending, readers)), sum(map(table.count_pending, readers)))


@contextmanager
def _held(shard: Shard) -> Iterator[bool]:
    handle = os.open(shard.folder / HELD_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield True
    except BlockingIOError:
        yield False
    finally:
        os.close(handle)


def _index(shard: Shard, content: int) -> None:
    try:
        octets = read_content(shard.reader(), shard.contents, content)
    except (Damaged, OSError) as error:
        log.error("content %d cannot be read for searching: %s", content, error)  # verify names it
        octets = None
    found = [] if octets is None else _read_documents(octets)
    shard.submit(lambda turn: table.set_attached(turn, content, found)).result()


def _read_documents(content: bytes) -> list[AttachmentText]:
    root = scan(content)
    parts = dict(walk(root))
    found: list[AttachmentText] = []
    read_count = 0
    for each in list_attachments(content, root):
        kind = choose_kind(each.filename, each.type)
        part = parts.get(each.path)
        if kind is None or part is None or read_count == DOCUMENTS:
            continue
        read_count += 1
        text = fold(extract_document(kind, decode_body(content, part)))
        if text.strip():
            found.append(AttachmentText(each.path, each.filename, text))
    return found
