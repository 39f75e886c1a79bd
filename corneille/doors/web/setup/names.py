"""The names of machines at which mail programs look for their settings: there, nothing else is answered."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from corneille.doors.web.settings import Web
from corneille.kernel.settings import Ground, of, portal_address
from corneille.wire.autoconfig.offer import list_looked_for

AUTODISCOVER = "/autodiscover/"
LOOKED_FOR = ("/.well-known/autoconfig/", "/mail/config-v1.1.xml", AUTODISCOVER)


class LookedFor:
    """Leads who asks for anything else under these names to the portal: cookies and passkeys belong to its name alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        lowered = request.path_info.lower()
        if lowered.startswith(AUTODISCOVER):
            request.path_info = lowered  # Outlook writes « Autodiscover/Autodiscover.xml », others in small letters
        if not lowered.startswith(LOOKED_FOR) and _name_of(request) in _list_names():
            return redirect(portal_address() + request.get_full_path())
        return self._get_response(request)


def _name_of(request: HttpRequest) -> str:
    return request.get_host().partition(":")[0].lower()


def _list_names() -> set[str]:
    ground = of(Ground)
    return set(list_looked_for(ground.domain)) - {ground.host_name, *of(Web).other_host_names}
