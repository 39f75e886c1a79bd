"""« Espace utilisé »: what takes the place in the mail account, drawn and in a table, with ways to make room."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.gate import open_named
from corneille.doors.web.mail.line import Line, show_line
from corneille.doors.web.mail.side import FolderShown, Side, read_side
from corneille.doors.web.person import signed_in
from corneille.kernel import clock
from corneille.mail.measure_room import measure_room
from corneille.mail.values import Summary

TINTS = 8
"""As many colours as the style sheet has; smaller folders share the last."""


@dataclass(frozen=True, slots=True)
class Part:
    """One folder's share of what is used: `start` and `width` in thousandths, for the drawing, and in percent."""

    folder: FolderShown
    tint: int
    start: int
    width: int
    percent: int


@require_safe
@signed_in
def room(request: HttpRequest) -> HttpResponseBase:
    """The page; each line leads to the folder or the message where room can be made."""
    account = open_named(request)
    side = read_side(request, account)
    measured = measure_room(account, clock.now())
    context = {
        "side": side, "page": "room", "parts": draw_parts(side), "is_full": side.used_percent >= 100,
        "free_bytes": max(0, side.quota.limit_bytes - side.quota.used_bytes),
        "biggest": _show(measured.biggest, side), "old": _show(measured.old, side),
    }  # fmt: skip
    return render(request, "mail/room.html", context)


def draw_parts(side: Side) -> list[Part]:
    """The folders that hold something, the largest first, one beside the other."""
    used = max(side.quota.used_bytes, 1)
    parts: list[Part] = []
    start = 0
    for each in sorted(side.folders, key=lambda folder: -folder.size_bytes):
        if each.size_bytes:
            width = 1000 * each.size_bytes // used
            parts.append(Part(each, min(len(parts), TINTS - 1), start, width, 100 * each.size_bytes // used))
            start += width
    return parts


def _show(summaries: list[Summary], side: Side) -> list[Line]:
    by_id = {each.id: each for each in side.folders}
    return [
        show_line(
            each, is_outgoing=folder.is_outgoing, is_draft=folder.is_drafts and side.position is None, folder=folder.name
        )
        for each in summaries if (folder := by_id.get(each.mailbox)) is not None
    ]  # fmt: skip
