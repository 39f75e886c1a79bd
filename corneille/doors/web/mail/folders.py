"""The page where folders are made, renamed, emptied and deleted."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.gate import open_named
from corneille.doors.web.mail.side import read_side
from corneille.doors.web.person import signed_in
from corneille.people.position_right import PositionRight


@require_safe
@signed_in
def folders(request: HttpRequest) -> HttpResponseBase:
    """Every folder with what can be done to it."""
    side = read_side(request, open_named(request, PositionRight.WRITE))
    return render(request, "mail/folders.html", {"side": side, "page": "folders"})
