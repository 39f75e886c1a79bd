"""Header blocks as bytes: where they end, and the fields that structure and envelope need."""

import re

ADDRESS_FIELDS = frozenset((b"from", b"sender", b"reply-to", b"to", b"cc", b"bcc"))
LAST_COUNTS = frozenset((b"date", b"subject", b"in-reply-to", b"message-id"))
WANTED_FIELDS = ADDRESS_FIELDS | LAST_COUNTS | {
    b"content-type", b"content-transfer-encoding", b"content-id", b"content-description", b"content-disposition",
    b"content-language", b"content-location", b"content-md5",
}
_LONGEST = max(map(len, WANTED_FIELDS)) + 16  # a name may be followed by a little space before its colon
HEADER_BYTES = 1024 * 1024
"""Of one header block as much is read for structure and envelope; ten thousand recipients take half of it."""
_WHITE = (b" ", b"\t")
FOLD = re.compile(rb"\r?\n")


def unfold(raw: bytes) -> bytes:
    """A field's value on one line: line ends go, the white space after them stays (RFC 5322 §2.2.3)."""
    if b"\n" in raw:
        raw = FOLD.sub(b"", raw)
    return raw.strip(b" \t\r\n")


def read_fields(header: bytes) -> dict[bytes, bytes]:
    """The wanted fields of one header block, still folded, white space at both ends removed.

    A line without a colon, an mbox "From " line and a field of another name are passed over. RFC 5322 §3.6 allows each
    once; of repeated ones, as with Dovecot, address fields are joined by ",", the last Date, Subject, Message-ID and
    In-Reply-To count (it is what a DKIM signature covers: whoever adds one adds it above), and the first Content- field.
    """
    found: dict[bytes, list[bytes]] = {}
    values: list[bytes] | None = None
    for line in header[:HEADER_BYTES].split(b"\n"):
        if line.startswith(_WHITE):
            if values is not None:
                values.append(line)
            continue
        values = None
        colon = line.find(b":", 0, _LONGEST)
        if colon <= 0:
            continue
        name = line[:colon].rstrip(b" \t").lower()
        if name not in WANTED_FIELDS:
            continue
        first = found.get(name)
        if first is None or name in LAST_COUNTS:
            values = found[name] = [line[colon + 1:]]
        elif name in ADDRESS_FIELDS:
            first.append(b",")
            first.append(line[colon + 1:])
            values = first
        else:
            values = None
    return {name: (lines[0] if len(lines) == 1 else _join(lines)).strip(b" \t\r\n") for name, lines in found.items()}


def _join(lines: list[bytes]) -> bytes:
    return b"\n".join(lines)
