"""What happens around every page: static files, language, permissions, and answers to what was raised."""

import logging
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from whitenoise.middleware import WhiteNoiseMiddleware

from corneille.access.session import touch_session
from corneille.doors.web import errors
from corneille.doors.web.cookies import LANGUAGE_COOKIE
from corneille.doors.web.network import network_address
from corneille.doors.web.policy import PERMISSIONS_POLICY
from corneille.kernel import clock
from corneille.kernel.refusal import Refusal

GetResponse = Callable[[HttpRequest], HttpResponseBase]

log = logging.getLogger("corneille.web")


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise has no types
    """Serves the published files, and straight from the code what has not been published yet."""

    def __init__(self, get_response: GetResponse) -> None:
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        super().__init__(get_response)


class PermissionsPolicy:
    """Tells the browser which of its powers no page here asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return response


class Language:
    """Speaks the language chosen on this browser, else the account's, else the browser's, else French."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = choose_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language  # where Django puts it too
            response = self._get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class Presence:
    """Remembers that a session was used and from where, for « Mes connexions »."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if key is not None and request.user.is_authenticated:
            touch_session(key, network_address=network_address(request), now=clock.now())
        return self._get_response(request)


class Answers:
    """Turns what a view raised into a page: a refusal by the door's table, a fault under an incident id."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response.headers["Allow"]  # Django's own answer is an empty page
            response = errors.show(request, errors.METHOD_NOT_ALLOWED)
            response.headers["Allow"] = allowed
        if not request.path.startswith(settings.STATIC_URL):
            # Pages are about one person: neither a shared cache nor « back » after signing out shows them.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return errors.refused(request, exception)
        if errors.is_named(exception):
            return None  # Django turns these into 400, 403 and 404, which have their handlers
        incident = new_incident()
        log.error("incident %s: %s %s", incident, request.method, request.path, exc_info=exception)
        return errors.fault(request, incident)


def choose_language(request: HttpRequest) -> str:
    """The code, in LANGUAGES, of the language to answer this request in."""
    known = {code for code, _ in settings.LANGUAGES}
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if chosen in known:
        return chosen
    if request.user.is_authenticated:
        return request.user.language if request.user.language in known else settings.LANGUAGE_CODE
    return translation.get_language_from_request(request)


def new_incident() -> str:
    """A name for one fault that a person can read on the telephone: `INC-7F3K92MX`."""
    return "INC-" + "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(8))
