"""What a letter to a class keeps of whom it is for: in its draft, and in its writer's own copy; never in what leaves.

So answers are gathered under the copy (`answers`) without any table of ours: who deletes the copy forgets that it was sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corneille.classes.audience import Part
from corneille.kernel.ids import MessageId
from corneille.transport.compose import Correspondent
from corneille.wire.mime.header import Headers, parse_addresses
from corneille.wire.mime.message_id import parse_message_ids

MARK = "X-Corneille-Class"


class Way(StrEnum):
    """How a letter goes to many."""

    APART = "chacun"
    BLIND = "cci"


@dataclass(frozen=True, slots=True)
class Choice:
    """For which part of which class, how, and of which letter of theirs it reminds those who have not answered."""

    school_class: int
    part: Part
    way: Way = Way.APART
    reminds: MessageId | None = None

    def format(self) -> str:
        """The field's value."""
        return " ".join(map(str, [self.school_class, self.part, self.way, *([self.reminds] if self.reminds else [])]))


@dataclass(frozen=True, slots=True)
class ClassLetter:
    """A letter to a class as its writer's copy tells it; `people`: those of the class whom it went to."""

    choice: Choice
    message_id: str
    sender: str
    sent_at: datetime | None
    people: tuple[Correspondent, ...]


def parse_choice(number: str, part: str, way: str, reminds: str) -> Choice | None:
    """What a form or a draft says; None: it is no choice."""
    if not _is_number(number) or part not in set(Part):
        return None
    return Choice(
        int(number), Part(part), Way(way) if way in set(Way) else Way.APART,
        MessageId(int(reminds)) if _is_number(reminds) else None,
    )  # fmt: skip


def read_choice(headers: Headers) -> Choice | None:
    """What a draft or a copy keeps."""
    return parse_choice(*_pad(headers.text(MARK).split()))


def read_letter(headers: Headers) -> ClassLetter | None:
    """None: it is no copy of a letter to a class."""
    choice, ids = read_choice(headers), parse_message_ids(headers.get("message-id") or b"")
    senders = parse_addresses(headers.get("from") or b"")
    people = [each for raw in headers.all("bcc") for each in parse_addresses(raw)]
    if choice is None or not ids or not senders or not people:
        return None
    told = tuple(Correspondent(each.name, each.address) for each in people)
    return ClassLetter(choice, ids[0], senders[0].address.lower(), headers.date(), told)


def _pad(words: Sequence[str]) -> tuple[str, str, str, str]:
    first, second, third, fourth = [*words, "", "", "", ""][:4]
    return first, second, third, fourth


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
