"""Where services' programs exchange a code for tokens and read claims: django-oauth-toolkit's views, in one transaction."""

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST
from oauth2_provider.views.base import TokenView
from oauth2_provider.views.oidc import UserInfoView

from corneille.kernel import clock
from corneille.sso.mail_program import end_replayed

_token = TokenView.as_view()
_userinfo = UserInfoView.as_view()

OK = 200


@csrf_exempt  # no cookie opens this: the service proves itself by its secret, a program by what it has drawn (PKCE)
@require_POST
def token(request: HttpRequest) -> HttpResponseBase:
    """A code is good once: two that bring the same at one instant are one after the other, and the second finds nothing.

    So is a refresh token; what follows from one that comes back outlives the refusal.
    """
    with transaction.atomic():
        answer: HttpResponseBase = _token(request)
        if answer.status_code != OK:
            transaction.set_rollback(True)
    if answer.status_code != OK:
        end_replayed(request.POST.get("refresh_token", ""), clock.now())
    return answer


@csrf_exempt  # the same: an access token
@require_http_methods(["GET", "HEAD", "POST"])
def userinfo(request: HttpRequest) -> HttpResponseBase:
    """What the scopes of the access token name, as it is now."""
    answer: HttpResponseBase = _userinfo(request)
    return answer
