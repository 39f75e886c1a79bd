"""A draft saves itself while one writes: what the page's script sends now and then, and when the page is left.

The files of the draft stay as they are, ticked or not: a tick takes effect when one saves or sends. Files that were
chosen and not yet sent stay with the browser until then.
"""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_http_methods

from corneille.doors.web.kit.formats import format_until
from corneille.doors.web.mail.desk import Desk, address_of_draft, open_desk, read_token, save
from corneille.doors.web.mail.draft import drop_drafts, read_file
from corneille.doors.web.mail.explain import explain
from corneille.doors.web.mail.letter_form import LetterForm
from corneille.doors.web.mail.turn import take_turn
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import Ground, of
from corneille.transport.sent_letter import find_sent


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def autosave(request: HttpRequest) -> HttpResponseBase:
    """On GET who is signed in, and a token for forms: a page that outlived its session asks. On POST saves the draft."""
    if request.method != "POST":
        return JsonResponse({"writer": str(account_of(request)), "csrf": get_token(request)})
    if request.POST.get("writer") != str(account_of(request)):
        return _tell(_now("Somebody else is signed in here now: this text was not saved in their mail."), 409)
    if not read_token(request):
        return _tell(_now("This cannot be saved by itself. Use the button “Save as a draft”."), 400)
    with take_turn(read_token(request)):
        desk = open_desk(request)
        try:
            return _save(desk)
        except Refusal as refusal:
            return _tell(explain(refusal), 409)


def _save(desk: Desk) -> HttpResponseBase:
    form = LetterForm(desk.request.POST, {}, senders=desk.senders)
    form.is_valid()
    for name in ("sender", "subject", "text"):
        if name in form.errors:
            return _tell(str(form.errors[name][0]), 422)
    now = clock.now()
    saved = save(desk, form, [read_file(each) for each in desk.offered], now)
    # Looked at after it is written: another process that sends meanwhile either sees this draft or is seen here.
    if find_sent(account_of(desk.request), desk.token) is not None:
        drop_drafts(desk.account, desk.side, desk.token, None)
        return _tell(_now("This message has been sent. What you write here now is not saved."), 409)
    told = _now("Draft saved at %(clock)s") % {"clock": format_until(now, now, ZoneInfo(of(Ground).time_zone))}
    return JsonResponse({"draft": saved, "address": address_of_draft(desk, saved), "told": told})


def _tell(told: str, status: int) -> JsonResponse:
    return JsonResponse({"told": told}, status=status)
