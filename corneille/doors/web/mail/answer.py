"""What the form of a reply or of a forwarded message begins with: recipients, subject, quotation, thread."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _now
from django.utils.translation import pgettext

from corneille.doors.web.kit.formats import format_moment
from corneille.doors.web.mail.opened import Opened
from corneille.kernel import settings
from corneille.kernel.settings import Ground
from corneille.transport.compose import SUBJECT_CHARS, Correspondent, is_address
from corneille.wire.html.to_text import to_text
from corneille.wire.mime.address import Address, parse_addresses
from corneille.wire.mime.attachments import choose_bodies
from corneille.wire.mime.message_id import parse_message_ids
from corneille.wire.mime.text import decode_text

QUOTED_LINES = 2000
"""More of the original than this is not quoted; the original is in the thread."""

_REPLY = re.compile(r"\s*(?:re|rép|aw|sv)\s*(?:\[\d+\])?\s*:", re.IGNORECASE)
_FORWARD = re.compile(r"\s*(?:tr|fwd?|wg|i)\s*:", re.IGNORECASE)
_REMINDER = re.compile(r"\s*rappel\s*:", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first state of the form."""

    to: list[Correspondent]
    cc: list[Correspondent]
    subject: str
    text: str


def begin_reply(opened: Opened, own: frozenset[str], *, to_all: bool) -> Beginning:
    """An answer to a message; `own` are the person's addresses, lower case: nobody answers themselves."""
    sender = _people(opened, "reply-to") or _people(opened, "from")
    mine = bool(sender) and all(each.address.lower() in own for each in sender)
    to = (_people(opened, "to") or sender) if mine else sender
    cc: list[Correspondent] = []
    if to_all:
        known = own | {each.address.lower() for each in to}
        others = _people(opened, "cc") if mine else [*_people(opened, "to"), *_people(opened, "cc")]
        cc = [each for each in _unique(others) if each.address.lower() not in known]
    return Beginning(_unique(to), cc, _prefix(opened, "Re: ", _REPLY), "\n\n" + quote(opened))


def begin_forward(opened: Opened) -> Beginning:
    """A message sent on: its text below a heading; its attachments are offered apart."""
    title, colon = _now("Forwarded message"), pgettext("after a field's name", ": ")
    lines = [f"-------- {title} --------"]
    for label, name in ((_now("Subject"), "subject"), (_now("Date"), ""), (_now("From"), "from"), (_now("To"), "to")):
        value = _clean(opened.headers.text(name)) if name else _moment(opened)
        lines.append(f"{label}{colon}{value}")
    return Beginning([], [], _prefix(opened, "Tr: ", _FORWARD), "\n\n" + "\n".join(lines) + "\n\n" + read_text(opened))


def begin_reminder(opened: Opened) -> Beginning:
    """A letter sent again to those who have not answered it: it is quoted, and its answers are the letter's."""
    return Beginning([], [], _prefix(opened, "Rappel : ", _REMINDER), "\n\n" + quote(opened))


def quote(opened: Opened) -> str:
    """The original, each line behind « > », under « Le … , … a écrit : »."""
    people = parse_addresses(opened.headers.get("from") or b"")
    name = _clean(people[0].name or people[0].address) if people else _now("somebody")
    head = _now("On %(day)s, %(name)s wrote:") % {"day": _moment(opened), "name": name}
    lines = read_text(opened).split("\n")[:QUOTED_LINES]
    return "\n".join([head, *(f">{line}" if line.startswith(">") else f"> {line}" for line in lines)]) + "\n"


def read_text(opened: Opened) -> str:
    """The message's words, plain, without its signature."""
    bodies = choose_bodies(opened.content, opened.root)
    if bodies.plain is not None:
        text = decode_text(opened.content, bodies.plain).replace("\r\n", "\n").replace("\r", "\n")
    elif bodies.html is not None:
        text = to_text(decode_text(opened.content, bodies.html))
    else:
        text = ""
    return text.replace("\x00", "").partition("\n-- \n")[0].rstrip()


def list_references(opened: Opened) -> list[str]:
    """The thread that an answer continues (RFC 5322 §3.6.4)."""
    headers = opened.headers
    known = parse_message_ids(headers.get("references") or headers.get("in-reply-to") or b"")
    known += parse_message_ids(headers.get("message-id") or b"")
    return [each if each.startswith("<") else f"<{each}>" for each in known]


def _people(opened: Opened, name: str) -> list[Correspondent]:
    found: list[Address] = []
    for raw in opened.headers.all(name):
        found += parse_addresses(raw)
    return [Correspondent(_clean(each.name), each.address) for each in found if is_address(each.address)]


def _unique(people: Iterable[Correspondent]) -> list[Correspondent]:
    kept: dict[str, Correspondent] = {}
    for each in people:
        kept.setdefault(each.address.lower(), each)
    return list(kept.values())


def _prefix(opened: Opened, prefix: str, known: "re.Pattern[str]") -> str:
    subject = _clean(opened.headers.text("subject"))[: SUBJECT_CHARS - len(prefix)]
    return subject if known.match(subject) else prefix + subject


def _moment(opened: Opened) -> str:
    sent_at: datetime = opened.headers.date() or opened.summary.received_at
    try:
        return format_moment(sent_at, ZoneInfo(settings.of(Ground).time_zone))
    except (OverflowError, ValueError):  # a year at the edge of the calendar
        return _clean(opened.headers.text("date"))


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
