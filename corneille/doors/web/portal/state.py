"""« État du service »: what does not work now, what is planned, what has ended; as a page and as a feed (Atom, RFC 4287)."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import get_language, override
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
PROBE_COUNTS_FOR = timedelta(hours=1)
"""An older one says nothing of now: whoever runs the service may have put it off."""


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """The page; whoever may announce something finds the way there."""
    now = clock.now()
    shown = list_disruptions(now, get_language() or "fr")
    context = {phase: [each for each in shown if each.phase == phase] for phase in ("now", "coming", "past")}
    is_operator = may_speak(request)
    probe = find_last()
    is_doubtful = probe is not None and not probe.is_ok and probe.at > now - PROBE_COUNTS_FOR
    more = {"may_announce": is_operator, "probe": probe if is_operator else None, "is_doubtful": is_doubtful}
    return render(request, "portal/state.html", {**context, **more})


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The same for a feed reader, in the language of the page that names it (`?langue=en`)."""
    language = "en" if request.GET.get("langue") == "en" else "fr"
    page = portal_address() + reverse("portal:state")
    with override(language):
        title = f"{of(Ground).academie} · " + _now("State of the service")
    made = Atom1Feed(
        title, page, "", language=language,
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
