"""Somebody goes on to another service: who they are, whether it is for them, and whether the proof is good enough for it."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from oauth2_provider.exceptions import FatalClientError, OAuthToolkitError
from oauth2_provider.views.mixins import OAuthLibMixin
from oauthlib.oauth2 import AccessDeniedError, OAuth2Error
from oauthlib.openid.connect.core.exceptions import InteractionRequired, LoginRequired

from corneille.access.factor import list_enrolled
from corneille.doors.web.person import account_of, signed_in, to_sign_in
from corneille.doors.web.settings import Web
from corneille.doors.web.sso.onward import send_onward
from corneille.doors.web.sso.words import explain_missing
from corneille.doors.web.step_up import read_proofs
from corneille.kernel import clock
from corneille.kernel.settings import of, portal_address
from corneille.sso.client import ClientShown, find_client
from corneille.sso.decide import TWO_FACTORS, Proved, Step, Wanted, decide
from corneille.sso.open_to import find_offered
from corneille.sso.sso_settings import MAIL, Sso


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a service that was found sound: what it wants, and the way back to it."""

    client: ClientShown
    scopes: list[str]
    credentials: dict[str, object]
    is_silent: bool

    def refuse(self, error: OAuth2Error) -> str:
        """Where the service hears of an error."""
        error.state = self.credentials.get("state")
        return _tell(error, str(self.credentials["redirect_uri"]))


def _tell(error: OAuth2Error, back: str) -> str:
    """The service's address with the error (RFC 6749 §4.1.2.1) and who says so (RFC 9207)."""
    return f"{back}{'&' if '?' in back else '?'}{error.urlencoded}&{urlencode({'iss': portal_address()})}"


@csrf_exempt  # RFC 6749 §3.1 lets services post; nothing is done before the same is asked by GET
@require_http_methods(["GET", "HEAD", "POST"])
def authorise(request: HttpRequest) -> HttpResponseBase:
    """The authorisation endpoint (OpenID Connect Core 1.0 §3.1.2)."""
    if request.method == "POST":
        return redirect(f"{reverse('sso:authorise')}?{request.POST.urlencode()}")
    try:
        asked = _read(request)
    except FatalClientError as error:  # it may not be the service that asks: nobody is sent anywhere
        told = {"error": error.oauthlib_error.error, "description": error.oauthlib_error.description}
        return render(request, "sso/broken.html", told, status=400)
    except OAuthToolkitError as error:
        return HttpResponseRedirect(_tell(error.oauthlib_error, error.oauthlib_error.redirect_uri))
    if not request.user.is_authenticated:
        return HttpResponseRedirect(asked.refuse(LoginRequired())) if asked.is_silent else to_sign_in(request)
    try:
        return _answer(request, asked)
    except OAuthToolkitError as error:
        return HttpResponseRedirect(asked.refuse(error.oauthlib_error))


@require_POST
@signed_in
def allow(request: HttpRequest) -> HttpResponseBase:
    """« Autoriser » or « Refuser », for a program; the request is judged once more as it stands in the address."""
    try:
        asked = _read(request)
        if "autoriser" not in request.POST or not asked.client.is_program:
            return send_onward(request, asked.refuse(AccessDeniedError()), asked.client.name)
        return _answer(request, asked)
    except OAuthToolkitError as error:
        told = {"error": error.oauthlib_error.error, "description": error.oauthlib_error.description}
        return render(request, "sso/broken.html", told, status=400)


def _read(request: HttpRequest) -> Asked:
    scopes, credentials = OAuthLibMixin().validate_authorization_request(request)
    client = find_client(credentials["client_id"])
    assert client is not None, "the request was found sound"
    return Asked(client, scopes, credentials, "none" in request.GET.get("prompt", "").split())


def _answer(request: HttpRequest, asked: Asked) -> HttpResponseBase:
    account, now = account_of(request), clock.now()
    missing = find_offered(account, asked.client, now.date()).missing
    if missing is not None:
        back = asked.refuse(AccessDeniedError())
        if asked.is_silent:
            return HttpResponseRedirect(back)
        told = {"client": asked.client, "why": explain_missing(missing, asked.client.audience), "back": back}
        return render(request, "sso/refused.html", told, status=403)
    proved = Proved(*read_proofs(request))
    has_factor = bool(list_enrolled(account))
    step = decide(_read_wanted(request, asked), proved, has_factor=has_factor, now=now)
    if "login" in request.GET.get("prompt", "").split() and step is Step.GO:
        step = Step.PROVE_AGAIN
    is_program = asked.client.is_program
    if step is Step.GO and (not is_program or request.method == "POST"):
        given = {**asked.credentials, "proved": proved, "session_key": request.session.session_key}
        url, _headers, _body, _status = OAuthLibMixin().create_authorization_response(
            request, " ".join(asked.scopes), given, allow=True
        )
        return send_onward(request, f"{url}&{urlencode({'iss': portal_address()})}", asked.client.name)
    if asked.is_silent:
        return HttpResponseRedirect(asked.refuse(InteractionRequired()))
    if step is Step.GO:  # whoever sits at this machine may have begun it: RFC 8252 §8.6
        told = {"client": asked.client, "days": of(Sso).program_days_count, "reads_mail": MAIL in asked.scopes,
                "query": request.GET.urlencode()}  # fmt: skip
        return render(request, "sso/allow.html", told)
    if step is Step.NO_FACTOR:
        told = {"client": asked.client, "back": asked.refuse(AccessDeniedError())}
        return render(request, "sso/no_factor.html", told, status=403)
    return _prove(request, wants_second=step is Step.SECOND_FACTOR)


def _read_wanted(request: HttpRequest, asked: Asked) -> Wanted:
    """What the service says and what the académie's rule for it says: the stricter of both."""
    given = request.GET.get("max_age", "")
    ages = [timedelta(seconds=int(given))] if given.isdecimal() and len(given) <= len("31536000") else []
    ages += [asked.client.max_age] if asked.client.max_age is not None else []
    ages += [timedelta(seconds=of(Web).fresh_proof_s)] if asked.client.is_program else []
    wants_two = request.GET.get("acr_values", "").split()[:1] == [TWO_FACTORS]
    return Wanted(min(ages, default=None), asked.client.needs_second_factor or wants_two)


def _prove(request: HttpRequest, *, wants_second: bool) -> HttpResponseBase:
    """To the page of a fresh proof, and back here: then asked no more for what has just been given."""
    again = request.GET.copy()
    again.pop("prompt", None)
    if again.get("max_age") == "0":
        del again["max_age"]
    told = {"next": f"{reverse('sso:authorise')}?{again.urlencode()}"} | ({"deuxieme": "1"} if wants_second else {})
    return redirect(f"{reverse('portal:confirm')}?{urlencode(told)}")
