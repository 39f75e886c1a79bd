"""The page where folders are made, renamed, emptied and deleted."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.side import open_mail, read_side
from corneille.doors.web.person import signed_in


@require_safe
@signed_in
def folders(request: HttpRequest) -> HttpResponseBase:
    """Every folder with what can be done to it."""
    return render(request, "mail/folders.html", {"side": read_side(open_mail(request)), "page": "folders"})
