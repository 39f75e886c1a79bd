"""The page of a list: who is on it, by which rule, who may write, until when; on a past day too."""

from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corneille.doors.web.groups.words import KEEPERS, ORIGINS, tell_rule, tell_writers
from corneille.doors.web.person import account_of, signed_in
from corneille.groups.gate import is_standing, list_inner, list_members, open_group
from corneille.groups.group import here
from corneille.groups.words import tell_reason
from corneille.kernel import clock


@require_safe
@signed_in
def group(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """`?jour=2026-09-03`: who was on it at the end of that day."""
    now = clock.now()
    opened = open_group(account_of(request), group_id, now)
    shown = opened.group
    today = here(now).date()
    day = _read_day(request.GET.get("jour", ""))
    day = None if day is None or day >= today else day
    context = {
        "opened": opened, "group": shown, "is_standing": is_standing(shown, now), "is_coming": shown.term.from_on > today,
        "reason": tell_reason(opened.decision.reason, get_language() or "fr"), "writers": tell_writers(shown),
        "keeper": KEEPERS[shown.keeper], "rule": tell_rule(shown.rule), "day": day, "today": today,
        "members": [(each, ORIGINS[each.origin]) for each in list_members(shown, now, day)],
        "inner": list_inner(shown, now), "changes": opened.keeps and day is None,
    }  # fmt: skip
    return render(request, "groups/group.html", context)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
