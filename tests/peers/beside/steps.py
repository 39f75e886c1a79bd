"""A conversation in steps, held with both servers; what each step was answered, without what is each server's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from tests.doors.imap.conversation import Client, Door, Reply
from tests.peers.beside.both import PATIENCE_S
from tests.peers.beside.difference import Difference
from tests.peers.beside.values import Value, parse_values

Step: TypeAlias = "tuple[str, str] | tuple[str, str, bytes]"
"""Who speaks (a letter for each connection), the command, and what it takes as a literal."""

Answer: TypeAlias = tuple[str, Value, tuple[Value, ...]]

OWN_NUMBERS = {"UIDVALIDITY", "HIGHESTMODSEQ", "MODSEQ"}
NOT_COMPARED = {"MAILBOXID", "HIGHESTMODSEQ"}
"""Codes that ours always says: objects have ids, and CONDSTORE is on from the start (RFC 8474, RFC 7162 §3.1.2.1)."""


@dataclass(slots=True)
class Told:
    """One server's side: its connections, and its own numbers by the names that steps use for them."""

    door: Door
    clients: dict[str, Client] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def say(self, step: Step) -> Reply:
        """`{validity}` and `{modseq}` in a command are what this server last said."""
        who, command, *literal = step
        if who not in self.clients:
            self.clients[who] = Client(self.door)
            self.clients[who].socket.settimeout(PATIENCE_S)
            self.clients[who].log_in()
        asked = command.replace("{validity}", str(self.numbers.get("UIDVALIDITY", 0)))
        asked = asked.replace("{modseq}", str(self.numbers.get("HIGHESTMODSEQ", 0)))
        return self.clients[who].command(asked.encode(), *literal)

    def keep(self, values: Sequence[Value]) -> None:
        """Remembers the last UIDVALIDITY and HIGHESTMODSEQ that stand anywhere in an answer."""
        for name, value in pairwise(values):
            if name in {"UIDVALIDITY", "HIGHESTMODSEQ"} and isinstance(value, int):
                self.numbers[str(name)] = value
        for value in values:
            if isinstance(value, tuple):
                self.keep(value)

    def close(self) -> None:
        for client in self.clients.values():
            client.close()


def hold(ours: Door, theirs: Door, steps: Sequence[Step]) -> list[Difference]:
    """Says each step to both, and compares status, code and the untagged responses."""
    sides = Told(ours), Told(theirs)
    differences = []
    try:
        for place, step in enumerate(steps):
            one, other = (read_answer(side, side.say(step)) for side in sides)
            if " UID" not in step[1] and "UID " not in step[1]:
                one, other = _without_uid(one), _without_uid(other)
            if one != other:
                differences.append(Difference(f"{step[0]}: {step[1]}", f"step-{place}", one, other))
    finally:
        for side in sides:
            side.close()
    return differences


def _without_uid(answer: Answer) -> Answer:
    """FETCH may tell the UID of a message of which nobody asked it."""
    status, code, untagged = answer
    return status, code, tuple(
        (*each[:2], tuple(pair for pair in each[2] if pair[:1] != ("UID",)))  # type: ignore[index, union-attr]
        if isinstance(each, tuple) and each[1:2] == ("FETCH",) else each
        for each in untagged
    )  # fmt: skip


def read_answer(side: Told, reply: Reply) -> Answer:
    """Status, code, and the untagged responses: EXPUNGE and VANISHED in their order, the others sorted."""
    read = [value for response in reply.untagged if (value := _read_untagged(side, response)) is not None]
    ordered = [value for value in read if _is_ordered(value)]
    return (
        reply.status,
        _read_code(side, reply.text.encode()),
        (*ordered, *sorted((each for each in read if not _is_ordered(each)), key=repr)),
    )


def _is_ordered(value: Value) -> bool:
    return isinstance(value, tuple) and ("EXPUNGE" in value or "VANISHED" in value)


def _read_untagged(side: Told, response: bytes) -> Value:
    """None for what is not compared."""
    word = response.split(b" ", 2)[1]
    if word in {b"OK", b"NO", b"BAD"}:
        return _read_code(side, response.split(b" ", 2)[2])
    values = parse_values(response)[1:]
    side.keep(values)
    if values[0] == "ESEARCH":
        start = 3 if "UID" in values else 2
        pairs = zip(values[start::2], values[start + 1 :: 2], strict=True)
        return (*values[:start], *sorted((pair for pair in pairs if pair[0] != "MODSEQ"), key=repr))
    hidden = tuple(_hide(each, before=values[place - 1] if place else None) for place, each in enumerate(values))
    if values[0] == "LIST" and len(values) > 4:  # extended data: a tag is an astring
        return (*hidden[:4], repr(values[4]).replace("'CHILDINFO'", "b'CHILDINFO'").replace("bb'", "b'"))
    return hidden


def _read_code(side: Told, text: bytes) -> Value:
    """The response code as a list; None without one, or without one that is compared."""
    if not text.startswith(b"["):
        return None
    values = parse_values(text[1 : text.index(b"]")])
    side.keep(values)
    if values[0] in {"APPENDUID", "COPYUID"}:  # the first number is UIDVALIDITY
        return (values[0], *values[2:])
    return None if values[0] in NOT_COMPARED else _hide(values)


def _hide(value: Value, *, before: Value = None) -> Value:
    """The same without the server's own numbers, without \\Recent, flags and STATUS items sorted, days written
    alike (RFC 9051 §9, date-day-fixed)."""
    if before in OWN_NUMBERS:
        return "own"
    if isinstance(value, bytes):
        return b"0" + value[1:] if before == "INTERNALDATE" and value[:1] == b" " else value
    if not isinstance(value, tuple):
        return value
    if before in {"FLAGS", "PERMANENTFLAGS"}:
        return tuple(sorted({repr(each) for each in value} - {repr("\\RECENT")}))
    inside = tuple(_hide(each, before=value[place - 1] if place else None) for place, each in enumerate(value))
    if before == "LIST":
        return tuple(sorted(set(inside) - {"\\UNMARKED"}, key=repr))
    if value and value[0] in {"MESSAGES", "UIDNEXT", "UNSEEN", "UIDVALIDITY", "HIGHESTMODSEQ", "UID", "FLAGS", "MODSEQ"}:
        return tuple(sorted(zip(inside[::2], inside[1::2], strict=True), key=repr))
    return inside
