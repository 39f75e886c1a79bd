"""The page of one incident: who got it where, what was done, what to say, and its end."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.security.act import AdviceForm, VerdictForm
from corneille.kernel import clock
from corneille.protection.incident import Page, open_incident


@require_safe
@signed_in
def incident(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    """The same page for officers, who find the acts on it, and for those who look after an establishment."""
    page = read_page(request, incident_id)
    context = {
        "page": page,
        "line": page.line,
        "verdict_form": VerdictForm(initial={"verdict": page.line.verdict}),
        "advice_form": AdviceForm(initial={"french": page.french_advice, "english": page.english_advice}),
        "is_running": any(each.is_running for each in page.removals),
    }
    return render(request, "security/incident.html", context)


def read_page(request: HttpRequest, incident_id: int) -> Page:
    """Raises Gone when it is not there, or none of the reader's."""
    return open_incident(account_of(request), incident_id, clock.now(), get_language() or "fr")
