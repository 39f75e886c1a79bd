"""The fields « À », « Cc » and « Cci »: what people type, read into correspondents, and written back."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _now

from corneille.transport.compose import Correspondent, is_address

FIELD_CHARS = 20_000
RECIPIENTS = 500

_SPLIT = re.compile(r"""((?:"[^"]*"|<[^<>]*>|[^",;<>\n\r]|["<>])*)(?:[,;\n\r]+|\Z)""")
_NAMED = re.compile(r"""\s*(?:"(?P<quoted>[^"]*)"|(?P<name>[^<>"]*?))\s*<\s*(?P<address>[^<>]*?)\s*>\s*""")


class RecipientFault(Exception):
    """What was typed is no address; `typed` is the piece to show."""

    def __init__(self, told: str, typed: str) -> None:
        super().__init__(told)
        self.told = told
        self.typed = typed


def parse_recipients(text: str) -> list[Correspondent]:
    """Reads « Prénom Nom <adresse>, adresse; adresse »; the same address twice counts once. Raises RecipientFault."""
    if len(text) > FIELD_CHARS:
        raise RecipientFault(_now("There are too many addresses in this field."), text[:40])
    found: dict[str, Correspondent] = {}
    for piece in _SPLIT.findall(text):
        if piece.strip():
            person = _parse(piece)
            found.setdefault(person.address.lower(), person)
    if len(found) > RECIPIENTS:
        raise RecipientFault(_now("There are too many addresses in this field."), "")
    return list(found.values())


def parse_known(text: str) -> list[Correspondent]:
    """Those that can be read of what is still being typed; never raises."""
    found: dict[str, Correspondent] = {}
    for piece in _SPLIT.findall(text[:FIELD_CHARS]):
        try:
            person = _parse(piece)
        except RecipientFault:
            continue
        found.setdefault(person.address.lower(), person)
    return list(found.values())[:RECIPIENTS]


def format_recipients(people: Sequence[Correspondent]) -> str:
    """The field's text for these people."""
    return ", ".join(format_recipient(each) for each in people)


def format_recipient(person: Correspondent) -> str:
    """« Prénom Nom <adresse> », quoted where the name holds a sign that divides."""
    name = re.sub(r'[\x00-\x1f\x7f"<>]', " ", person.name).strip()
    if not name or name.lower() == person.address.lower():
        return person.address
    return f'"{name}" <{person.address}>' if re.search(r"[,;()@:]", name) else f"{name} <{person.address}>"


def _parse(piece: str) -> Correspondent:
    named = _NAMED.fullmatch(piece)
    name = (named["quoted"] or named["name"] or "").strip() if named else ""
    address = named["address"] if named else piece.strip()
    if re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", name) or not is_address(address):
        shown = piece.strip()[:80]
        raise RecipientFault(_now("“%(typed)s” is not a mail address.") % {"typed": shown}, shown)
    return Correspondent(name, address)
