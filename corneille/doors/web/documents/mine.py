"""« Mes documents partagés »: what one shares by links, until when, how often it was opened; and ending a link."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_POST, require_safe

from corneille.documents.settings import DocumentSettings
from corneille.documents.share import count_used, end_document, list_documents
from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.settings import of


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponseBase:
    """One's own alone."""
    account = account_of(request)
    settings = of(DocumentSettings)
    context = {
        "documents": list_documents(account, clock.now()), "used_bytes": count_used(account), "settings": settings,
    }  # fmt: skip
    return render(request, "documents/mine.html", context)


@require_POST
@signed_in
def end(request: HttpRequest) -> HttpResponseBase:
    """The link opens nothing any more."""
    end_document(account_of(request), id_of(request), clock.now())
    messages.success(request, _now("The link is ended and the file is deleted."))
    return redirect("documents:mine")
