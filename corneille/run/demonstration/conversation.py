"""Conversations of 2 to 12 messages among the demonstration's people: each message in its writer's Sent, and in the
inbox of everybody it went to."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from corneille.mail.values import ANSWERED, FLAGGED, SEEN
from corneille.run.demonstration.letter import Letter, make_text, render
from corneille.run.demonstration.posted import Posted, Reader
from corneille.run.demonstration.topic import TOPICS
from corneille.run.demonstration.writing import write_letter, write_reply

LONG_COUNT = 12


def write_conversations(chance: random.Random, readers: Sequence[Reader], count: int, now: datetime) -> Iterator[Posted]:
    """`count` conversations; the first people of the list take part in most of them."""
    for number in range(count):
        writers = _draw_writers(chance, readers)
        length = LONG_COUNT if number % 17 == 0 else chance.choice((2, 2, 3, 3, 4, 5, 7))
        age_days = chance.random() ** 2 * 330  # more of what is recent
        yield from _write_conversation(chance, writers, length, now - timedelta(days=age_days, hours=length * 8), now)


def _draw_writers(chance: random.Random, readers: Sequence[Reader]) -> list[Reader]:
    principal = readers[min(int(chance.expovariate(0.35)), len(readers) - 1)]
    others = [each for each in readers if each is not principal]
    return [principal, *chance.sample(others, chance.choice((1, 1, 2, 3)))]


def _write_conversation(
    chance: random.Random, writers: list[Reader], length: int, begins_at: datetime, now: datetime
) -> Iterator[Posted]:
    at = _working_hour(begins_at, chance)
    letter: Letter | None = None
    text = ""
    topic = chance.choice([each for each in TOPICS if each.writer not in {"liste", "parent"}])
    for number in range(length):
        if at >= now:
            return
        writer = writers[number % len(writers)] if number < 2 else chance.choice(writers)
        to = tuple(each.correspondent for each in writers if each is not writer)
        if letter is None:
            letter = write_letter(chance, topic, writer.correspondent, to, at)
            text = "\n".join(topic.paragraphs[:2])
        else:
            letter, text = write_reply(chance, letter, text, writer.correspondent, to, at)
        yield from _post(chance, letter, writer, writers, is_last=number == length - 1, now=now)
        at += timedelta(minutes=chance.randrange(4, 60 * 16))
        if at.hour < 5:  # people sleep
            at += timedelta(hours=6)


def _post(
    chance: random.Random, letter: Letter, writer: Reader, writers: list[Reader], *, is_last: bool, now: datetime
) -> Iterator[Posted]:
    content = render(letter)
    yield Posted(writer.number, "Sent", render(replace(letter, is_outgoing=True)), letter.at, frozenset({SEEN}))
    for each in writers:
        if each is not writer:
            is_old = letter.at < now - timedelta(days=4)
            flags = {SEEN} if is_old or chance.random() < 0.5 else set()
            flags |= {ANSWERED} if flags and not is_last and chance.random() < 0.6 else set()
            flags |= {FLAGGED} if chance.random() < 0.05 else set()
            mailbox = "Archive" if letter.at < now - timedelta(days=200) and chance.random() < 0.6 else "INBOX"
            yield Posted(each.number, mailbox, content, letter.at, frozenset(flags))


def write_drafts(chance: random.Random, reader: Reader, now: datetime) -> Iterator[Posted]:
    """Two messages that somebody has begun."""
    for subject, text in (("Compte rendu (à terminer)", "Points abordés\u00a0:\n\n- effectifs\n- "), ("", "Bonjour,\n\n")):
        at = now - timedelta(hours=chance.randrange(2, 90))
        identity = f"brouillon.{chance.getrandbits(48):012x}"
        letter = Letter(reader.correspondent, (), subject, at, make_text(text), identity, is_outgoing=True)
        yield Posted(reader.number, "Drafts", render(letter), at, frozenset({SEEN, "\\Draft"}))


def _working_hour(at: datetime, chance: random.Random) -> datetime:
    if at.weekday() >= 5 and chance.random() < 0.8:
        at -= timedelta(days=2)
    return at.replace(hour=chance.randrange(6, 17), minute=chance.randrange(60), second=chance.randrange(60), microsecond=0)
