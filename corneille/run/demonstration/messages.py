"""Fills the demonstration's mail accounts: a year of varied messages for some, a few for everybody, 20,000 for one."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from corneille.kernel.ids import MailboxId
from corneille.kernel.settings import Ground, of
from corneille.mail.append import append
from corneille.mail.known_content import list_known
from corneille.mail.mailbox import create_mailbox, find_mailbox
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.values import Filed, MailAccount, NewMessage
from corneille.people.account_type import AccountType
from corneille.run.demonstration import flood
from corneille.run.demonstration.demo_person import DemoPerson
from corneille.run.demonstration.filled import Filled, read_filled
from corneille.run.demonstration.letter import Correspondent
from corneille.run.demonstration.posted import Posted, Reader
from corneille.run.demonstration.year import write_year

Tell = Callable[[str, int, int], None]
WAITING_BYTES = 12 * 1024 * 1024
"""How much is on its way to the disk while the next batch is being written: a few group commits."""

BATCH_COUNT = 100
FLOOD = "flood"


@dataclass(frozen=True, slots=True)
class _Batch:
    """Messages for one mailbox; `key` names the row of batches that this one belongs to."""

    key: str
    reader: int
    mailbox: str
    posted: list[Posted]


def fill_mail(
    people: Sequence[DemoPerson], seed: int, now: datetime, progress: Tell, *, flood_count: int = flood.FLOOD_COUNT
) -> None:
    """Files all the mail that is not there yet; safe to interrupt and to run again.

    seed      the same seed and the same first `now` give the same octets
    progress  called with words, the count of messages that are there, and how many there will be
    flood_count  how many messages the large inbox gets; the same at every start
    """
    filled = read_filled(Path(of(Ground).data), seed, now)
    if filled.is_done:
        return
    filled.write()  # this `now` before the first message: a second start makes the same ones
    readers = list_readers(people)
    year = write_year(seed, readers, filled.now)
    total_count = len(year) + flood_count
    filer = _Filer(people, filled, lambda done: progress("Messages", done, total_count))
    try:
        for batch in chain(_gather(year), _list_flood(seed, readers, filled, flood_count)):
            filer.file(batch)
        filer.finish()
    finally:
        filer.wait()
    filled.is_done = True
    filled.write()


def list_readers(people: Sequence[DemoPerson]) -> list[Reader]:
    """The people as their correspondents see them."""
    return [
        Reader(number, person.type, Correspondent(person.name, person.addresses[0]), person.addresses[-1])
        for number, person in enumerate(people)
    ]


def find_flooded(readers: Sequence[Reader]) -> Reader:
    """Whose inbox has 20,000 messages: the first secretary."""
    return next(each for each in readers if each.type == AccountType.STAFF.value)


def _gather(year: Sequence[Posted]) -> Iterator[_Batch]:
    """The year's messages by mailbox."""
    rows: dict[tuple[int, str], list[Posted]] = {}
    for posted in year:
        rows.setdefault((posted.reader, posted.mailbox), []).append(posted)
    for (reader, mailbox), row in rows.items():
        for begin in range(0, len(row), BATCH_COUNT):
            yield _Batch(f"{reader}/{mailbox}", reader, mailbox, row[begin : begin + BATCH_COUNT])


def _list_flood(seed: int, readers: Sequence[Reader], filled: Filled, count: int) -> Iterator[_Batch]:
    """The large inbox's batches, each made when its turn comes; those that are there are not made again."""
    flooded = find_flooded(readers)
    there = filled.counts.get(FLOOD, 0) // flood.BATCH_COUNT
    for number in range(there, -(-count // flood.BATCH_COUNT)):
        posted = flood.write_flood(seed, flooded, readers, number, filled.now, count)
        yield _Batch(FLOOD, flooded.number, "INBOX", posted)


class _Filer:
    """Sends batches to the disk, some at once, and notes each when it is durable."""

    def __init__(self, people: Sequence[DemoPerson], filled: Filled, tell: Callable[[int], None]) -> None:
        self._people = people
        self._filled = filled
        self._tell = tell
        self._accounts: dict[int, MailAccount] = {}
        self._mailboxes: dict[tuple[int, str], MailboxId] = {}
        self._to_skip = {key: count for key, count in filled.counts.items() if key != FLOOD}
        self._waiting: deque[tuple[_Batch, int, Future[tuple[Filed, ...]]]] = deque()
        self._waiting_bytes = 0
        self._done_count = sum(filled.counts.values())

    def file(self, batch: _Batch) -> None:
        """Files a batch, unless an earlier start did."""
        skipped = self._to_skip.get(batch.key, 0)
        if skipped >= len(batch.posted):
            self._to_skip[batch.key] = skipped - len(batch.posted)
            return
        account, mailbox = self._open(batch)
        fresh = self._drop_known(account, mailbox, batch.posted) if self._filled.is_resumed else batch.posted
        messages = [NewMessage(each.content, each.at, each.flags) for each in fresh]
        size_bytes = sum(len(each.content) for each in messages)
        self._waiting.append((batch, size_bytes, append(account, mailbox, messages)))
        self._waiting_bytes += size_bytes
        while self._waiting_bytes > WAITING_BYTES:
            self._settle()

    def finish(self) -> None:
        """Waits for what is on its way."""
        while self._waiting:
            self._settle()

    def wait(self) -> None:
        """Lets what is on its way arrive, noted or not: nobody then asks what is there while it changes."""
        wait(future for _, _, future in self._waiting)

    def _settle(self) -> None:
        batch, size_bytes, future = self._waiting.popleft()
        future.result()
        self._waiting_bytes -= size_bytes
        self._filled.add(batch.key, len(batch.posted))
        self._done_count += len(batch.posted)
        self._tell(self._done_count)

    def _drop_known(self, account: MailAccount, mailbox: MailboxId, posted: list[Posted]) -> list[Posted]:
        digests = [hashlib.sha256(each.content).digest() for each in posted]
        known = list_known(account, mailbox, digests)
        return [each for each, digest in zip(posted, digests, strict=True) if digest not in known]

    def _open(self, batch: _Batch) -> tuple[MailAccount, MailboxId]:
        if batch.reader not in self._accounts:
            self._accounts[batch.reader] = open_mail_account(self._people[batch.reader].account)
        account = self._accounts[batch.reader]
        place = (batch.reader, batch.mailbox)
        if place not in self._mailboxes:
            found = find_mailbox(account, batch.mailbox)
            self._mailboxes[place] = (found or create_mailbox(account, batch.mailbox).result()).id
        return account, self._mailboxes[place]
