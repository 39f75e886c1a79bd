"""« Mes listes »: those that one is on, and for a head of school those of the establishment."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.doors.web.groups.words import tell_writers
from corneille.doors.web.person import account_of, signed_in
from corneille.groups.gate import is_standing, list_opened
from corneille.groups.writer import list_owned_uais
from corneille.kernel import clock


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponseBase:
    """One's own alone; those that are over come last."""
    now = clock.now()
    account = account_of(request)
    lines = [(each, tell_writers(each.group), is_standing(each.group, now)) for each in list_opened(account, now)]
    lines.sort(key=lambda line: not line[2])
    return render(request, "groups/mine.html", {"lines": lines, "makes": bool(list_owned_uais(account, now))})
