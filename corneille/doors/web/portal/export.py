"""« Une copie de mes données »: asked for, followed live, fetched, deleted; it is made in the background."""

from datetime import datetime

from django.contrib import messages
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.step_up import fresh_proof
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.privacy.export.settings import ExportSettings
from corneille.privacy.export.state import ExportUnderWay, ask_export, drop_export, find_export, open_export

PIECE_BYTES = 256 * 1024
PROBLEMS: dict[str, tuple[Promise, Promise]] = {
    "disk-full": (
        _("The server has no room for it now."),
        _("Ask again tomorrow. If it is still so, tell support, who can make room."),
    ),
    "too-large": (
        _("It grew beyond the size that is allowed here."),
        _("Empty the bin and delete large messages, then ask again; or ask support for a copy on a disk."),
    ),
    "storage": (
        _("The disk of the server answered with a fault."),
        _("Ask again in an hour. If it fails again, tell support: your mail is to be checked."),
    ),
    "interrupted": (
        _("The service stopped several times while it was being made."),
        _("Ask again tomorrow. If it fails again, tell support."),
    ),
}
"""Why a copy failed, and what to do."""


class Download(FileResponse):
    """In pieces that are worth their way through the server: Django's are of 4 KiB."""

    block_size = PIECE_BYTES


@require_safe
@signed_in
def progress(request: HttpRequest) -> HttpResponseBase:
    """The part of the page that is asked for again by itself; when there is nothing to wait for, the page comes anew."""
    if not request.headers.get("HX-Request"):
        return redirect("portal:kept")
    shown = read_export(account_of(request), clock.now())
    response = render(request, "portal/_export_progress.html", shown)
    if not shown["is_export_under_way"]:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@fresh_proof
def ask(request: HttpRequest) -> HttpResponseBase:
    """Has one made."""
    try:
        ask_export(account_of(request), clock.now())
    except ExportUnderWay:
        messages.info(request, _now("A copy is being made already."))
    else:
        messages.success(request, _now("Your copy is asked for."))
    return redirect("portal:kept")


@require_POST
@signed_in
def drop(request: HttpRequest) -> HttpResponseBase:
    """Deletes it, or gives up making it."""
    drop_export(account_of(request), clock.now())
    messages.success(request, _now("The copy is deleted."))
    return redirect("portal:kept")


@require_GET
@fresh_proof
def fetch(request: HttpRequest) -> HttpResponseBase:
    """The file, for its owner alone."""
    copy = open_export(account_of(request), clock.now())
    name = f"corneille-{copy.made_at:%Y-%m-%d}.zip"
    response = Download(copy.stream, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "no-store"
    return response


def read_export(account: AccountId, now: datetime) -> dict[str, object]:
    """What the templates show."""
    shown = find_export(account, now)
    problem, advice = PROBLEMS.get(shown.problem if shown else "", ("", ""))
    return {
        "export": shown,
        "is_export_under_way": shown is not None and shown.state == "asked",
        "problem": problem,
        "advice": advice,
        "kept_days_count": of(ExportSettings).kept_days_count,
    }
