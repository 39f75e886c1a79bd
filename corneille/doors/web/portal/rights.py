"""« Mes droits et restrictions »: what one may use, from where, why, who decided, until when, and what changes soon."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from corneille.access.factor_policy import find_start
from corneille.access.password_life import find_life
from corneille.access.right import SOON, Change, Right, Standing
from corneille.access.rights import list_rights
from corneille.doors.web.account_words import NAMES as NAMES_OF_TYPES
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal.position import HeldShown, list_shown
from corneille.doors.web.portal.services import list_services
from corneille.doors.web.portal.turning import Coming, list_turning
from corneille.kernel import clock
from corneille.kernel.today import today
from corneille.notices.right_words import NAMES, name_scope
from corneille.people.assignment import list_assignments
from corneille.people.find import find_person

ICONS = {Right.PORTAL: "globe", Right.READING: "laptop", Right.SENDING: "send", Right.CALENDAR: "calendar"}


@dataclass(frozen=True, slots=True)
class Row:
    """One right in words; `whom`: for whom it was decided so."""

    name: str
    icon: str
    standing: Standing
    whom: str


@require_safe
@signed_in
def rights(request: HttpRequest) -> HttpResponseBase:
    """Rights, then where they come from, then what comes."""
    account, now = account_of(request), clock.now()
    person = find_person(account)
    assert person is not None
    rows = [_show(each) for each in list_rights(account, person.type.value, now)]
    coming = [each for row in rows for each in _say_changes(row)]
    life, start = find_life(account, now), find_start(account, person.type, today(now))
    if life is not None and life.expires_at is not None and life.expires_at > now:
        coming.append(Coming(today(life.expires_at), str(_("The password is to be changed")), "/mot-de-passe"))
    if start is not None and start > today(now):
        coming.append(Coming(start, str(_("A second factor becomes compulsory")), "/second-facteur"))
    positions = list_shown(request)
    coming += [_end(each) for each in positions if each.last_on is not None and each.last_on <= today(now) + SOON]
    coming += list_turning(account, now)
    services = list_services(account, get_language() or "fr")
    context = {
        "functions": sorted({each.function for each in list_assignments(account, today(now)) if each.function}),
        "services": services, "rows": rows, "coming": sorted(coming, key=lambda each: each.on), "person": person,
        "type": NAMES_OF_TYPES[person.type], "positions": positions,
    }  # fmt: skip
    return render(request, "portal/rights.html", context)


def _show(standing: Standing) -> Row:
    whom = name_scope(standing.decided.scope) if standing.decided is not None else ""
    return Row(str(NAMES[standing.right]), ICONS[standing.right], standing, whom)


def _say_changes(row: Row) -> Iterator[Coming]:
    """What becomes of a right on each day on which it changes."""
    was_allowed = row.standing.is_allowed
    for each in row.standing.changes:
        yield Coming(each.on, _name_change(each, was_allowed=was_allowed) % {"right": row.name}, "")
        was_allowed = each.is_allowed


def _name_change(change: Change, *, was_allowed: bool) -> str:
    if not change.is_allowed:
        return _now("No longer allowed: %(right)s")
    if change.networks:
        return _now("Allowed from the académie’s networks alone: %(right)s")
    return _now("Allowed from everywhere again: %(right)s") if was_allowed else _now("Allowed again: %(right)s")


def _end(held: HeldShown) -> Coming:
    assert held.last_on is not None
    told = _now("Last day of your access to the mail of %(label)s") % {"label": held.position.label}
    return Coming(held.last_on, told, reverse("portal:position", args=[held.position.account]))
