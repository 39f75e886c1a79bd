"""« Lettres d’activation »: for who looks after an establishment, its people who wait, and the letters to hand over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneille.access.activate import find_letter_dates
from corneille.desk.activation_letters import make_letters
from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.step_up import fresh_proof
from corneille.kernel import clock
from corneille.kernel.journal import name_actor
from corneille.people.find import list_waiting, list_without_birth_date
from corneille.people.scope import list_managed, list_waiting_places


@require_safe
@signed_in
def letters(request: HttpRequest) -> HttpResponseBase:
    """Where somebody waits, and, for one establishment (`?uai=`, or the only one), who."""
    account, today = account_of(request), clock.now().date()
    if not list_managed(account, today):
        return show(request, NOT_FOUND)
    waiting = list_waiting_places(account, today)
    asked = request.GET.get("uai") or (waiting[0].place.uai if len(waiting) == 1 else "")
    chosen = next((each.place for each in waiting if each.place.uai == asked), None)
    people = list_waiting(chosen.uai) if chosen is not None else []
    made = find_letter_dates([person.id for person in people])
    unborn = list_without_birth_date([person.id for person in people])
    shown = [(person, made.get(person.id), person.id in unborn) for person in people]
    return render(request, "portal/letters.html", {"waiting": waiting, "chosen": chosen, "people": shown})


@require_POST
@fresh_proof
def make(request: HttpRequest) -> HttpResponseBase:
    """The letters of one establishment, or of one person of it, as a PDF."""
    account, now = account_of(request), clock.now()
    uai, wanted = request.POST.get("uai", ""), request.POST.get("identifier", "")
    if uai not in {place.uai for place in list_managed(account, now.date())}:
        return show(request, NOT_FOUND)
    people = [person for person in list_waiting(uai) if wanted in {"", person.identifier}]
    if not people:
        return show(request, NOT_FOUND)
    content, count = make_letters(people, now, actor=name_actor(account))
    if not count:
        messages.error(request, _("Without a birth date a letter opens nothing: have it put right in the directory."))
        return redirect(f"{reverse('portal:letters')}?uai={uai}")
    return answer_pdf(content, f"lettres-{uai}")


def answer_pdf(content: bytes, name: str) -> HttpResponse:
    """Letters to save and print."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response
