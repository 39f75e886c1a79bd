"""Everything that FETCH says of a message, as item → value."""

from collections.abc import Iterator
from itertools import islice

from tests.doors.imap.conversation import Client
from tests.peers.beside.values import Items, Value, parse_fetch

WHOLE = (
    b"RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE BODY.PEEK[] BODY.PEEK[HEADER] BODY.PEEK[TEXT] BODY.PEEK[]<7.90> "
    b"BODY.PEEK[TEXT]<0.1> BODY.PEEK[]<100000000.5> RFC822.HEADER BODY.PEEK[HEADER.FIELDS (subject FROM X-none)] "
    b"BODY.PEEK[HEADER.FIELDS.NOT (Received Subject From Content-Type)] BODY.PEEK[9.9] BINARY.PEEK[9.9]"
)
SECTION_COUNT = 8
"""Parts of a message that are asked one by one."""


def read_everything(client: Client, number: int) -> Items:
    """Asks for whole message, structure, fields, and the first parts by BODY, MIME, HEADER, TEXT and BINARY.

    A refusal is the value of what was refused. BINARY of a multipart or a message is named `composite BINARY[…]`.
    Raises EOFError when the server closes.
    """
    items = _merge(client.ok(b"FETCH %d (%b)" % (number, WHOLE)).untagged, number)
    structure = items["BODYSTRUCTURE"]
    assert isinstance(structure, tuple)
    parts = dict(islice(_list_parts(structure), SECTION_COUNT))
    asked = " ".join(
        f"BODY.PEEK[{path}] BODY.PEEK[{path}]<3.50> BODY.PEEK[{path}.MIME] BODY.PEEK[{path}.HEADER] BODY.PEEK[{path}.TEXT]"
        for path in parts
    )
    items |= _merge(client.ok(b"FETCH %d (%b)" % (number, asked.encode())).untagged, number)
    alone = [f"{item}[{path}]" for path in parts for item in ("BINARY.PEEK", "BINARY.SIZE")] + ["PREVIEW"]
    items |= _ask_each(client, number, alone)
    composite = {f"{item}[{path}]" for path, is_leaf in parts.items() if not is_leaf for item in ("BINARY", "BINARY.SIZE")}
    return {f"composite {item}" if item in composite else item: items[item] for item in items.keys() - {"UID", "FLAGS"}}


def _ask_each(client: Client, number: int, asked: list[str]) -> Items:
    """Each in a command of its own, since one refusal takes the whole command with it."""
    tags = [b"x%d" % place for place in range(len(asked))]
    client.send(
        b"".join(b"%b FETCH %d %b\r\n" % (tag, number, item.encode()) for tag, item in zip(tags, asked, strict=True))
    )
    items: Items = {}
    for tag, item in zip(tags, asked, strict=True):
        reply = client.read_end(tag)
        items |= _merge(reply.untagged, number)
        if reply.status != "OK":
            items[item.replace(".PEEK", "")] = f"{reply.status} {reply.text.partition(']')[0]}]"
    return items


def _merge(untagged: list[bytes], number: int) -> Items:
    items: Items = {}
    for response in untagged:
        if response.startswith(b"* %d FETCH" % number):
            items |= parse_fetch(response)
    return items


def _list_parts(structure: tuple[Value, ...], prefix: str = "") -> Iterator[tuple[str, bool]]:
    """The section numbers that a BODYSTRUCTURE names (RFC 9051 §6.4.5.1), each with true for a leaf."""
    if not isinstance(structure[0], tuple):
        yield from _list_leaf(structure, f"{prefix}1")
        return
    for place, child in enumerate(structure, 1):
        if not isinstance(child, tuple):
            return
        if isinstance(child[0], tuple):
            yield f"{prefix}{place}", False
            yield from _list_parts(child, f"{prefix}{place}.")
        else:
            yield from _list_leaf(child, f"{prefix}{place}")


def _list_leaf(leaf: tuple[Value, ...], path: str) -> Iterator[tuple[str, bool]]:
    """A leaf; or a message/rfc822 and the parts of the message in it."""
    if len(leaf) > 8 and isinstance(inner := leaf[8], tuple) and isinstance(leaf[7], tuple):
        yield path, False
        yield from _list_parts(inner, f"{path}.")
    else:
        yield path, True
