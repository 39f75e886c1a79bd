"""The large mail account: 20,000 messages in one inbox, in batches that are each made by themselves from the seed."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from corneille.mail.values import ANSWERED, FLAGGED, SEEN
from corneille.run.demonstration.attachment import File, make_attachment
from corneille.run.demonstration.correspondent import OFFICES, draw_outsider
from corneille.run.demonstration.letter import Correspondent, Letter, Part, make_multipart, render
from corneille.run.demonstration.posted import Posted, Reader
from corneille.run.demonstration.topic import TOPICS
from corneille.run.demonstration.writing import Habits, write_letter

FLOOD_COUNT = 20_000
BATCH_COUNT = 200
HABITS = Habits(html=0.75, attachment=0.22)
SCANS = ((0.06, 24_000), (0.02, 90_000), (0.002, 1_200_000))
"""How many letters carry a scan of how many bytes: mean size of a message near 9 kB, a few of more than a megabyte."""


def write_flood(
    seed: int, reader: Reader, readers: Sequence[Reader], batch: int, now: datetime, count: int = FLOOD_COUNT
) -> list[Posted]:
    """The batch of this number, 0-based, of `count` messages over the year before `now`; later batches are younger."""
    chance = random.Random(f"{seed}/flood/{batch}")
    begins = batch * BATCH_COUNT
    posted = []
    for number in range(begins, min(begins + BATCH_COUNT, count)):
        share = (number + chance.random()) / count
        at = (now - timedelta(days=365 * (1 - share))).replace(microsecond=0)
        topic = TOPICS[chance.randrange(len(TOPICS))]
        sender = _choose_sender(chance, topic.writer, readers)
        letter = write_letter(chance, topic, sender, (reader.correspondent,), at, HABITS)
        posted.append(Posted(reader.number, "INBOX", render(_scanned(chance, letter)), at, _flags(chance, share)))
    return posted


def _choose_sender(chance: random.Random, writer: str, readers: Sequence[Reader]) -> Correspondent:
    if writer in OFFICES:
        return chance.choice(OFFICES[writer])
    if writer == "parent" or chance.random() < 0.3:
        return draw_outsider(chance)
    return readers[chance.randrange(len(readers))].correspondent


def _scanned(chance: random.Random, letter: Letter) -> Letter:
    drawn = chance.random()
    for share, size_bytes in SCANS:
        if drawn < share:
            content = make_multipart("mixed", (letter.content, _make_scan(size_bytes)), f"scan-{letter.id}")
            return Letter(letter.sender, letter.to, letter.subject, letter.at, content, letter.id, extra=letter.extra)
        drawn -= share
    return letter


@cache
def _make_scan(size_bytes: int) -> Part:
    """A photograph's weight of octets that do not shrink."""
    octets = b"\xff\xd8\xff\xe0" + random.Random(size_bytes).randbytes(size_bytes)
    return make_attachment(File(f"numerisation-{size_bytes // 1000}.jpg", "image/jpeg", octets))


def _flags(chance: random.Random, share: float) -> frozenset[str]:
    if share > 0.985 and chance.random() < 0.6:
        return _UNREAD
    drawn = chance.random()
    return _UNREAD if drawn < 0.04 else _ANSWERED if drawn < 0.2 else _FLAGGED if drawn < 0.23 else _READ


_UNREAD: frozenset[str] = frozenset()
_READ = frozenset({SEEN})
_ANSWERED = frozenset({SEEN, ANSWERED})
_FLAGGED = frozenset({SEEN, FLAGGED})
