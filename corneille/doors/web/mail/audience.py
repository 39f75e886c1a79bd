"""« Exactement ces 34 personnes »: whom the lists among the recipients reach, shown before the letter leaves."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.recipients import parse_known
from corneille.doors.web.person import account_of, signed_in
from corneille.groups.audience import Audience, ListRefused, find_audience
from corneille.groups.decide import Reason
from corneille.groups.words import tell_reason
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.transport.compose import Correspondent

FIELDS = ("to", "cc", "bcc")


@require_safe
@signed_in
def audience(request: HttpRequest) -> HttpResponseBase:
    """A fragment for what is being typed; without scripts the letter is shown back before it leaves."""
    people = [each for name in FIELDS for each in parse_known(request.GET.get(name, ""))]
    context: dict[str, object] = {}
    try:
        context["audience"] = find_reached(account_of(request), people)
    except ListRefused as refused:
        context["refused"] = explain_list(refused)
    return render(request, "mail/_audience.html", context)


def find_reached(writer: AccountId, people: Iterable[Correspondent]) -> Audience:
    """Whom a letter to these reaches through lists. Raises ListRefused."""
    return find_audience(writer, tuple(dict.fromkeys(each.address for each in people)), clock.now())


def explain_list(refused: ListRefused) -> str:
    """Why the writer may not write to a list, and what would be right."""
    reason = tell_reason(Reason(str(refused.data["reason"])), get_language() or "fr")
    return _now("%(address)s: %(reason)s") % {"address": refused.data["address"], "reason": reason}
