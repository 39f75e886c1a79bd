"""« État du service »: what does not work now, what is planned, what has ended; as a page and as a feed (Atom, RFC 4287)."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from corneille.desk.disruption import DisruptionShown, list_disruptions
from corneille.desk.probe import find_last
from corneille.doors.web.spokesperson import may_speak
from corneille.kernel import clock
from corneille.kernel.settings import Ground, of, portal_address

AFFECTED: dict[str, Promise] = {
    "sign-in": _("Signing in"),
    "mail": _("Mail in the browser"),
    "programs": _("Mail programs and phones"),
    "sending": _("Sending"),
    "reception": _("Arriving mail"),
    "calendar": _("Calendars"),
    "services": _("The other services"),
}


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """The page; whoever may announce something finds the way there."""
    shown = list_disruptions(clock.now(), get_language() or "fr")
    context = {phase: [each for each in shown if each.phase == phase] for phase in ("now", "coming", "past")}
    is_operator = may_speak(request)
    probe = find_last() if is_operator else None
    return render(request, "portal/state.html", {**context, "may_announce": is_operator, "probe": probe})


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The same for a feed reader, in the language of the page that names it (`?langue=en`)."""
    language = "en" if request.GET.get("langue") == "en" else "fr"
    page = portal_address() + reverse("portal:state")
    made = Atom1Feed(
        f"{of(Ground).academie} · " + _now("State of the service"), page, "", language=language,
        feed_url=portal_address() + request.get_full_path(),
    )  # fmt: skip
    for each in list_disruptions(clock.now(), language):
        made.add_item(
            each.title, f"{page}#d{each.id}", "\n\n".join(said.text for said in each.said), unique_id=f"{page}#d{each.id}",
            pubdate=each.said[-1].at, updateddate=each.said[0].at,
        )  # fmt: skip
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(response, "utf-8")
    return response


def name_affected(shown: DisruptionShown) -> str:
    """What it concerns, in words, inside a sentence."""
    names = [str(AFFECTED[each]) for each in shown.affected]
    return ", ".join(name[:1].lower() + name[1:] for name in names)
