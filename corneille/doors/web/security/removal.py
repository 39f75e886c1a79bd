"""« Retirer de toutes les boîtes »: shown first, then done; and put back."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_http_methods, require_POST

from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of
from corneille.doors.web.security.act import carry_out
from corneille.doors.web.security.incident import read_page
from corneille.doors.web.step_up import fresh_proof, fresh_to_change
from corneille.kernel import clock
from corneille.kernel.refusal import Gone
from corneille.protection.removal import ask_removal, ask_undo


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_change
def remove(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    """GET says exactly what would go, from where; POST does it."""
    if request.method != "POST":
        page = read_page(request, incident_id)
        if not page.may_act:
            raise Gone(incident=incident_id)
        return render(request, "security/removal.html", {"page": page, "line": page.line})
    done = _now("The removal has begun. It takes seconds to minutes; this page says where it stands.")
    return carry_out(request, incident_id, ask_removal, done)


@require_POST
@fresh_proof
def put_back(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    """Undoes a removal: every copy back in its folder, as it was."""
    ask_undo(incident_id, id_of(request), clock.now(), by=account_of(request))
    messages.success(request, _now("The messages are being put back."))
    return redirect("security:incident", incident_id)
