"""Who has answered a letter to a class, who has not, whom it did not reach. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from corneille.kernel.ids import MessageId
from corneille.transport.compose import Correspondent


@dataclass(frozen=True, slots=True)
class Heard:
    """One message that may be about a letter.

    refers_to  the Message-IDs that it answers or reports on
    failed     for a report: whom it says was not reached
    """

    message: MessageId
    message_id: str
    refers_to: frozenset[str]
    sender: Correspondent
    first_line: str
    received_at: datetime
    attachments_count: int = 0
    is_automatic: bool = False
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody of the class and what they answered, the oldest first."""

    person: Correspondent
    answers: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody whom the letter did not reach, and the report that says so."""

    person: Correspondent
    report: Heard


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of a letter.

    answered   in the order of their last answer, the newest first
    silent     in the order of the letter; whoever answers by a program only is among them
    others     answers from addresses that the letter did not go to
    automatic  what programs wrote, reports that name nobody of the class included
    """

    answered: tuple[Answered, ...] = ()
    silent: tuple[Correspondent, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    others: tuple[Heard, ...] = ()
    automatic: tuple[Heard, ...] = ()

    @property
    def people_count(self) -> int:
        """To how many it went."""
        return len(self.answered) + len(self.silent) + len(self.unreached)

    @property
    def attachments_count(self) -> int:
        return sum(each.attachments_count for one in self.answered for each in one.answers)


def decide_answers(letter_id: str, people: Sequence[Correspondent], own: Collection[str], heard: Iterable[Heard]) -> Answers:
    """Sorts what was heard, the oldest first.

    own  addresses of the letter's writer, lower case: what they wrote back, reminders too, goes on with the letter, and is
         no answer
    """
    known, by_address = {letter_id}, {each.address.lower(): each for each in people}
    answers: dict[str, list[Heard]] = {}
    failed: dict[str, Heard] = {}
    others: list[Heard] = []
    automatic: list[Heard] = []
    for each in heard:
        sender = each.sender.address.lower()
        if not each.refers_to & known:
            continue
        if sender in own:
            known.add(each.message_id)
        elif unreached := [one.lower() for one in each.failed if one.lower() in by_address]:
            failed |= dict.fromkeys(unreached, each)
        elif each.is_automatic:
            automatic.append(each)
        elif sender in by_address:
            answers.setdefault(sender, []).append(each)
        else:
            others.append(each)
    answered = [Answered(by_address[address], tuple(told)) for address, told in answers.items()]
    return Answers(
        tuple(sorted(answered, key=lambda one: one.answers[-1].received_at, reverse=True)),
        tuple(one for address, one in by_address.items() if address not in answers and address not in failed),
        tuple(Unreached(by_address[address], told) for address, told in failed.items() if address not in answers),
        tuple(others), tuple(automatic),
    )  # fmt: skip
