"""The letters that were reported of one campaign, for the officer who judges them."""

from dataclasses import dataclass

from corneille.protection import evidence
from corneille.protection.judge import Sign
from corneille.protection.models import Incident, Report
from corneille.protection.read_letter import read_sender
from corneille.protection.warn import warn
from corneille.transport.marks import ID
from corneille.wire.html.to_text import to_text
from corneille.wire.mime.attachments import choose_bodies
from corneille.wire.mime.header import parse_headers
from corneille.wire.mime.scan import scan
from corneille.wire.mime.text import decode_text

SHOWN = 6
EXCERPT_CHARS = 3000


@dataclass(frozen=True, slots=True)
class Letter:
    """One of them, and what is wrong with it; `is_new`: nobody has judged it."""

    title: str
    sender_address: str
    excerpt: str
    signs: tuple[Sign, ...]
    is_new: bool


def list_letters(row: Incident) -> tuple[list[Letter], int]:
    """Each once, those that nobody has judged first, of these what brought a mark of its own; how many more there are."""
    brought = set(row.traits.exclude(mark__startswith=ID).values_list("report_id", flat=True))
    by_letter: dict[str, Report] = {}
    for each in sorted(row.reports.order_by("pk"), key=lambda report: (bool(report.verdict), report.pk not in brought)):
        by_letter.setdefault(each.letter, each)
    chosen = list(by_letter.values())[:SHOWN]
    return [_read(each) for each in chosen], len(by_letter) - len(chosen)


def _read(report: Report) -> Letter:
    content = evidence.read(report.content)
    root = scan(content)
    bodies = choose_bodies(content, root)
    if bodies.plain is not None:
        text = decode_text(content, bodies.plain)
    else:
        text = to_text(decode_text(content, bodies.html)) if bodies.html is not None else ""
    headers = parse_headers(content, root)
    return Letter(
        headers.text("subject").strip(), read_sender(headers).address, text.strip()[:EXCERPT_CHARS],
        warn(None, content, root).signs, not report.verdict,
    )  # fmt: skip
