"""IMAP responses as values: a tuple for a list, octets for a string, an atom in capitals, a number, None for NIL."""

import re
from typing import TypeAlias

Value: TypeAlias = "bytes | str | int | tuple[Value, ...] | None"
Items: TypeAlias = dict[str, Value]

_TOKEN = re.compile(
    rb'(?P<open>\()|(?P<close>\))|"(?P<quoted>(?:[^"\\]|\\.)*)"|~?\{(?P<literal>\d+)\}\r\n'
    rb"|(?P<atom>(?:[^\s()\"{\[]|\[[^\]]*\])+)| +",
    re.DOTALL,
)


def parse_values(response: bytes) -> tuple[Value, ...]:
    """The values of one response (without its line end), nested as its parentheses are."""
    stack: list[list[Value]] = [[]]
    place = 0
    while place < len(response):
        found = _TOKEN.match(response, place)
        assert found is not None, response[place : place + 80]
        place = found.end()
        if found["open"]:
            stack.append([])
        elif found["close"]:
            closed = tuple(stack.pop())
            stack[-1].append(closed)
        elif found["quoted"] is not None:
            stack[-1].append(re.sub(rb"\\(.)", rb"\1", found["quoted"]))
        elif found["literal"] is not None:
            length = int(found["literal"])
            stack[-1].append(response[place : place + length])
            place += length
        elif found["atom"] is not None:
            stack[-1].append(_read_atom(found["atom"]))
    assert len(stack) == 1, response
    return tuple(stack[0])


def _read_atom(atom: bytes) -> Value:
    if atom.isdigit():
        return int(atom)
    word = atom.decode("utf-8", "replace").upper()
    return None if word == "NIL" else word


def parse_fetch(response: bytes) -> Items:
    """`* 1 FETCH (…)` as item → value."""
    values = parse_values(response)
    assert values[2] == "FETCH"
    pairs = values[3]
    assert isinstance(pairs, tuple)
    return {str(name): value for name, value in zip(pairs[::2], pairs[1::2], strict=True)}
