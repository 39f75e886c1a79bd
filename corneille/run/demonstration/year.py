"""A year of mail: what each person of the demonstration finds in each mailbox, the same for a seed and a day."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from corneille.mail.values import ANSWERED, FLAGGED, SEEN
from corneille.run.demonstration.conversation import write_conversations, write_drafts
from corneille.run.demonstration.correspondent import OFFICES, draw_outsider
from corneille.run.demonstration.letter import DOMAIN, Correspondent, Letter, make_text, render
from corneille.run.demonstration.posted import Posted, Reader
from corneille.run.demonstration.specimen_of_form import write_unusual_letters
from corneille.run.demonstration.specimen_of_junk import write_junk
from corneille.run.demonstration.specimen_of_machine import write_machine_letters
from corneille.run.demonstration.topic import TOPICS, Topic
from corneille.run.demonstration.writing import write_letter

CONVERSATIONS = 90
FIRST_READERS = 4
"""These and the first of each account type have a year of varied mail; the others have a few messages."""

LETTERS_OF_FULL_READER = 110
LETTERS_OF_OTHERS = 6
OWN_FOLDERS = ("Classes/6e A", "Classes/3e C", "Rectorat", "Parents", "Projets/Voyage à Jersey")


def write_year(seed: int, readers: Sequence[Reader], now: datetime) -> list[Posted]:
    """Everything but the large mail account, in order of time."""
    posted = list(write_conversations(random.Random(f"{seed}/conversations"), readers, CONVERSATIONS, now))
    full = _choose_full(readers)
    for reader in readers:
        chance = random.Random(f"{seed}/{reader.correspondent.address}")
        posted.append(_welcome(reader, now))
        if reader.number in full:
            posted += _write_full(chance, reader, readers, now)
        else:
            posted += _write_ordinary(chance, reader, readers, LETTERS_OF_OTHERS, now)
    posted.sort(key=lambda each: (each.at, each.reader, each.mailbox))
    return posted


def _choose_full(readers: Sequence[Reader]) -> set[int]:
    firsts: dict[str, int] = {}
    for reader in readers:
        firsts.setdefault(reader.type, reader.number)
    return {*firsts.values(), *range(FIRST_READERS)}


def _write_full(chance: random.Random, reader: Reader, readers: Sequence[Reader], now: datetime) -> Iterator[Posted]:
    yield from _write_ordinary(chance, reader, readers, LETTERS_OF_FULL_READER, now)
    for letter in (*write_unusual_letters(chance, reader, now), *write_machine_letters(chance, reader, now)):
        yield _place(chance, reader, letter, now)
    yield from write_junk(chance, reader, 14, now)
    yield from write_drafts(chance, reader, now)


def _write_ordinary(
    chance: random.Random, reader: Reader, readers: Sequence[Reader], count: int, now: datetime
) -> Iterator[Posted]:
    for _ in range(count):
        at = (now - timedelta(days=1 + chance.random() ** 1.6 * 360)).replace(hour=chance.randrange(5, 20), microsecond=0)
        topic = chance.choice(TOPICS)
        sender = _choose_sender(chance, topic, reader, readers)
        yield _place(chance, reader, write_letter(chance, topic, sender, (reader.correspondent,), at), now)


def _choose_sender(chance: random.Random, topic: Topic, reader: Reader, readers: Sequence[Reader]) -> Correspondent:
    if topic.writer == "parent":
        return draw_outsider(chance)
    if topic.writer in OFFICES:
        return chance.choice(OFFICES[topic.writer])
    of_type = [each for each in readers if each.type == topic.writer and each is not reader]
    return chance.choice(of_type or [each for each in readers if each is not reader]).correspondent


def _place(chance: random.Random, reader: Reader, letter: Letter, now: datetime) -> Posted:
    """Recent letters are in the inbox, some unread; older ones are also filed, thrown away or archived."""
    age = now - letter.at
    is_read = chance.random() < (0.4 if age < timedelta(days=7) else 0.93)
    flags = {SEEN} if is_read else set()
    flags |= {ANSWERED} if is_read and chance.random() < 0.15 else set()
    flags |= {FLAGGED} if chance.random() < 0.06 else set()
    flags |= {"$Forwarded"} if is_read and chance.random() < 0.03 else set()
    mailbox = "INBOX"
    if age > timedelta(days=30) and chance.random() < 0.55:
        mailbox = chance.choice((*OWN_FOLDERS, "Archive", "Archive", "Trash"))
    return Posted(reader.number, mailbox, render(letter), letter.at, frozenset(flags))


def _welcome(reader: Reader, now: datetime) -> Posted:
    text = (
        f"Bonjour {reader.correspondent.name},\n\nVotre messagerie académique est prête. La page « Configurer mon "
        "logiciel de messagerie » donne les réglages pour Thunderbird ou un téléphone\u00a0; la page « Mes connexions » "
        "montre chaque tentative de connexion.\n\nCeci est une académie de démonstration\u00a0: rien ne quitte "
        "cette machine.\n\nL’équipe de l’assistance\n"
    )
    at = (now - timedelta(hours=20)).replace(microsecond=0)
    identity = f"bienvenue.{reader.number}"
    sender = Correspondent("Assistance informatique", f"assistance@{DOMAIN}")
    letter = Letter(sender, (reader.correspondent,), "Bienvenue dans votre messagerie", at, make_text(text), identity)
    return Posted(reader.number, "INBOX", render(letter), at, frozenset())
