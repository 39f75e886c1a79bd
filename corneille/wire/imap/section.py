"""What `BODY[…]` names (RFC 9051 §6.4.5)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionAsked:
    """A part's path and what of it: "" (all), HEADER, HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT or MIME."""

    path: tuple[int, ...] = ()
    text: str = ""
    fields: tuple[str, ...] = ()
