"""What the scanner says of a message: a tree of parts that point into the bytes, copying none of the bodies.

Invariant: 0 <= header_start <= header_end <= body_start <= body_end <= len(content), and a child's span lies inside
its parent's body. `header_end` is just after the last header line, `body_start` just after the empty line.
"""

from collections.abc import Iterator, Mapping

from corneille.wire.mime.parameter import decode_parameters, is_token, split_value


class Part:
    """One body part (RFC 2045 §2.5). Made by `scan` only; never changed afterwards.

    fields       raw value, still folded, of each field the structure and the envelope need, by name in lower case
    type, subtype  lower case; "text"/"plain" when the message says nothing usable
    children     of a multipart, in order; () otherwise
    message      the root of the message inside a message/rfc822 (or message/global), else None
    depth        0 for the root; each multipart and each message inside adds one
    """

    __slots__ = (
        "_disposition", "_raw_parameters", "body_end", "body_start", "children", "depth", "fields", "header_end",
        "header_start", "is_multipart", "line_count", "message", "raw_subtype", "raw_type", "subtype", "type",
    )

    def __init__(
        self, header_start: int, header_end: int, body_start: int, fields: dict[bytes, bytes], depth: int,
    ) -> None:
        self.header_start = header_start
        self.header_end = header_end
        self.body_start = body_start
        self.body_end = body_start
        self.fields = fields
        self.depth = depth
        self.type = "text"
        self.subtype = "plain"
        self.raw_type = b"text"  # with the case in which it was written
        self.raw_subtype = b"plain"
        self.is_multipart = False  # with a boundary: a multipart without one is an opaque body
        self.line_count = 0
        self.children: tuple[Part, ...] = ()
        self.message: Part | None = None
        self._raw_parameters: tuple[tuple[bytes, bytes], ...] = ()
        self._disposition: tuple[bytes, tuple[tuple[bytes, bytes], ...]] | None = None

    def set_type(self, raw_type: bytes, raw_subtype: bytes, parameters: list[tuple[bytes, bytes]]) -> None:
        """The scanner's word on Content-Type."""
        self.raw_type, self.raw_subtype = raw_type, raw_subtype
        self.type = raw_type.decode("latin-1").lower()
        self.subtype = raw_subtype.decode("latin-1").lower()
        self._raw_parameters = tuple(parameters)

    def __repr__(self) -> str:
        return f"<Part {self.type}/{self.subtype} {self.header_start}..{self.body_end}>"

    @property
    def size_bytes(self) -> int:
        """Octets of the body as they travel (encoded)."""
        return self.body_end - self.body_start

    @property
    def raw_parameters(self) -> tuple[tuple[bytes, bytes], ...]:
        """Content-Type's parameters as written: quoting undone, RFC 2231 and RFC 2047 not."""
        return self._raw_parameters

    @property
    def parameters(self) -> Mapping[str, str]:
        """Content-Type's parameters for people and programs: RFC 2231 and, as mailers do, RFC 2047 undone."""
        return decode_parameters(self._raw_parameters)

    @property
    def raw_disposition(self) -> tuple[bytes, tuple[tuple[bytes, bytes], ...]]:
        """Content-Disposition's word as written (b"" if none) and its raw parameters."""
        if self._disposition is None:
            word, parameters = split_value(self.fields.get(b"content-disposition", b""))
            self._disposition = (word, tuple(parameters)) if is_token(word) else (b"", tuple(parameters))
        return self._disposition

    @property
    def disposition(self) -> str | None:
        word = self.raw_disposition[0]
        return word.decode("latin-1").lower() if word else None

    @property
    def disposition_parameters(self) -> Mapping[str, str]:
        return decode_parameters(self.raw_disposition[1])

    @property
    def encoding(self) -> str:
        """The transfer encoding, lower case; "7bit" when absent or no word at all."""
        return self.raw_encoding.decode("latin-1").lower()

    @property
    def raw_encoding(self) -> bytes:
        """As written; a misspelt "quoted printable" is understood."""
        raw = self.fields.get(b"content-transfer-encoding")
        if raw is None:
            return b"7bit"
        word = split_value(raw)[0].strip(b"\"' ")
        if word.lower() == b"quoted printable":
            return b"quoted-printable"
        return word if is_token(word) else b"7bit"

    @property
    def content_id(self) -> str | None:
        """Without the angle brackets."""
        return self._text(b"content-id", strip="<> \t")

    @property
    def description(self) -> str | None:
        """As written; `decode_header` makes it readable."""
        return self._text(b"content-description")

    @property
    def location(self) -> str | None:
        return self._text(b"content-location")

    @property
    def md5(self) -> str | None:
        return self._text(b"content-md5")

    @property
    def language(self) -> tuple[str, ...]:
        text = self._text(b"content-language") or ""
        return tuple(word for word in (piece.strip() for piece in text.split(",")) if word)

    def _text(self, name: bytes, strip: str = " \t") -> str | None:
        raw = self.fields.get(name)
        if raw is None:
            return None
        return raw.replace(b"\r", b"").replace(b"\n", b"").decode("latin-1").strip(strip)


def walk(root: Part) -> Iterator[tuple[str, Part]]:
    """Every part with its IMAP section path (RFC 9051 §6.4.5.1): a plain message is "1", a multipart root is "".

    The parts of a multipart directly inside a message/rfc822 "2" are "2.1", "2.2"; a plain one is "2.1".
    """
    stack: list[tuple[str, Part]] = [("" if root.is_multipart else "1", root)]
    while stack:
        path, part = stack.pop()
        yield path, part
        inner = part
        if part.message is not None:
            inner = part.message
            if not inner.is_multipart:
                stack.append((f"{path}.1", inner))
                continue
        prefix = f"{path}." if path else ""
        stack.extend((f"{prefix}{place}", child) for place, child in reversed([*enumerate(inner.children, 1)]))
