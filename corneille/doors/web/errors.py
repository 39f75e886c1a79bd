"""Pages for what went wrong: each says what happened, whether something was lost, and what to do next."""

import logging
from dataclasses import dataclass

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneille.kernel.refusal import Refusal

log = logging.getLogger("corneille.web")


@dataclass(frozen=True, slots=True)
class ErrorShown:
    """The words of one error page."""

    status: int
    title: Promise
    told: Promise
    advice: Promise


BAD_REQUEST = ErrorShown(
    400,
    _("This request could not be understood"),
    _("What your browser sent is incomplete or malformed. Nothing was changed."),
    _("Go back, reload the page and try again."),
)
FORBIDDEN = ErrorShown(
    403,
    _("You may not open this page"),
    _("Your account does not have the right to do this. Nothing was changed."),
    _("If you think you should, ask your establishment’s digital correspondent."),
)
POSITION_RIGHT = ErrorShown(
    403,
    _("This mailbox is open to you, but not for that"),
    _("Your function lets you read the mail of this position, or write on its behalf, and no more. Nothing was changed."),
    _("“My rights and restrictions” says what you may do there, why, and who else has it."),
)
EXPIRED_FORM = ErrorShown(
    403,
    _("This form has expired"),
    _(
        "For your safety, a form is accepted only from the page we gave you, in the same browser, while you "
        "are signed in. Nothing was changed."
    ),
    _(
        "Go back, reload the page and send the form again. "
        "If this happens each time, allow cookies for this site."
    ),
)
NOT_FOUND = ErrorShown(
    404,
    _("There is nothing at this address"),
    _("The page does not exist, has been removed, or is not yours."),
    _("Check the address, or start again from the home page."),
)
METHOD_NOT_ALLOWED = ErrorShown(
    405,
    _("This address only receives forms"),
    _("The page was opened directly, or reloaded after a form was sent. Nothing was changed."),
    _("Start again from the home page."),
)
CONFLICT = ErrorShown(
    409,
    _("This could not be done"),
    _("Something changed in the meantime, perhaps in another window or program. Nothing was changed here."),
    _("Go back and reload the page to see where things stand."),
)
TOO_BIG = ErrorShown(
    413,
    _("What you sent is too big"),
    _("The form or the file exceeds what this site accepts in one go. Nothing was recorded."),
    _("Go back, shorten the text or choose a smaller file, and try again."),
)
FAULT = ErrorShown(
    500,
    _("Something broke on our side"),
    _("The fault is ours, not yours. It has been recorded with the number below."),
    _(
        "Try again in a moment. If it happens again, give this number to support: "
        "it leads straight to the cause."
    ),
)
BUSY = ErrorShown(
    503,
    _("The service is very busy"),
    _("Your request could not be dealt with just now. Nothing was changed."),
    _("Wait a minute, then try again."),
)
OUT_OF_REACH = ErrorShown(
    503,
    _("Mail cannot be reached"),
    _("Your messages cannot be shown or changed just now. They are kept; what is sent to you meanwhile arrives later."),
    _("Try again later. Those who look after the service can see it."),
)

REFUSALS = {
    "gone": NOT_FOUND,
    "mailbox-gone": NOT_FOUND,
    "right-missing": FORBIDDEN,
    "position-right-missing": POSITION_RIGHT,
    "busy": BUSY,
    "disk-full": BUSY,
    "index-lost": OUT_OF_REACH,
}
"""The door's one table from refusals to replies; what is not in it is a conflict, or busy when temporary."""


def is_named(exception: Exception) -> bool:
    """Whether Django itself turns this exception into one of the pages below."""
    return isinstance(
        exception, Http404 | PermissionDenied | BadRequest | SuspiciousOperation | MultiPartParserError
    )


def show(request: HttpRequest, shown: ErrorShown, *, code: str = "") -> HttpResponse:
    """Renders one error page; `code` is the incident's or the refusal's, when there is one."""
    context = {"shown": shown, "code": code}
    return render(request, "portal/error.html", context, status=shown.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400, also for what exceeds Django's limits."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return show(request, TOO_BIG)
    return show(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return show(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return show(request, NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: says what to do; the exact reason goes to the log only."""
    log.warning("form refused: %s %s: %s", request.method, request.path, reason)
    return show(request, EXPIRED_FORM)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answers a refusal that no view turned into something better."""
    shown = REFUSALS.get(refusal.code, BUSY if refusal.temporary else CONFLICT)
    return show(request, shown, code=refusal.code if shown is CONFLICT else "")


def fault(request: HttpRequest, incident: str) -> HttpResponse:
    """Answers a bug. Renders nothing that reads a database: the fault may be there."""
    return render(None, "portal/fault.html", {"shown": FAULT, "code": incident}, status=500)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: what was raised outside every view. Django has logged the stack under `django.request`."""
    from corneille.doors.web.middleware import new_incident  # the middleware imports this module

    incident = new_incident()
    log.error("incident %s: %s %s", incident, request.method, request.path, exc_info=True)
    return fault(request, incident)
