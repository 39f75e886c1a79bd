"""« Je n'arrive pas à me connecter »: a reference code, or a few questions, then the cause and one button per way out."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corneille.access.reason import WayOut
from corneille.access.reference import parse_reference
from corneille.desk.cause import Cause, find_row
from corneille.desk.diagnose import diagnose, send_cause
from corneille.desk.obstacle import Obstacle, list_obstacles
from corneille.doors.web.cookies import DEVICE_COOKIE
from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.help import symptom, words
from corneille.doors.web.help.ruling import show_ruling
from corneille.kernel import clock
from corneille.kernel.ids import AccountId


@dataclass(frozen=True, slots=True)
class Shown:
    """One cause in words, with its buttons, and whether support is one of its ways out."""

    title: str
    why: str
    todo: str
    ways: list[words.Button]
    wants_support: bool


@require_safe
def begin(request: HttpRequest) -> HttpResponseBase:
    """The reference field and the questions; for who is signed in, what stands in their way now."""
    typed = request.GET.get("reference", "")
    if typed:
        code = parse_reference(typed)
        if code is not None:
            return redirect("help:symptoms", code)
    account = AccountId(request.user.pk) if request.user.is_authenticated else None
    obstacles = list_obstacles(account, clock.now()) if account is not None else []
    context = {
        "typed": typed[:40],
        "is_no_reference": bool(typed),
        "places": symptom.list_places(),
        "obstacles": [_show_obstacle(each) for each in obstacles],
        "is_signed_in": account is not None,
    }
    return render(request, "help/begin.html", context)


@require_safe
def symptoms(request: HttpRequest, where: str) -> HttpResponseBase:
    """What one sees, at one place; or, when it is a reference code, what that stands for."""
    if parse_reference(where) is not None:
        return _explain(request, where)
    place = symptom.find_place(where)
    if place is None:
        return show(request, NOT_FOUND)
    return render(request, "help/symptoms.html", {"place": place, "symptoms": symptom.list_symptoms(where)})


@require_safe
def cause(request: HttpRequest, code: str) -> HttpResponseBase:
    """One cause, as anybody may read about it."""
    if code not in set(Cause):
        return show(request, NOT_FOUND)
    return render(request, "help/cause.html", {"cause": _show_cause(Cause(code)), "cause_code": code})


@require_POST
def send(request: HttpRequest) -> HttpResponseBase:
    """Has the exact cause sent to the owner's recovery contacts; the answer is the same whatever the code."""
    reference = request.POST.get("reference", "")
    send_cause(reference, clock.now())
    messages.success(
        request, _("If this reference is that of an account with recovery contacts, the exact cause is on its way to them.")
    )
    code = parse_reference(reference)
    return redirect("help:symptoms", code) if code is not None else redirect("help:begin")


def _explain(request: HttpRequest, reference: str) -> HttpResponseBase:
    viewer = AccountId(request.user.pk) if request.user.is_authenticated else None
    found = diagnose(reference, viewer=viewer, device=request.COOKIES.get(DEVICE_COOKIE), now=clock.now())
    if found is None:
        context = {"typed": reference[:40], "is_unknown": True, "places": symptom.list_places()}
        return render(request, "help/begin.html", context, status=404)
    context = {
        "cause": _show_cause(found.cause, found.door, found.reference),
        "cause_code": found.cause.value,
        "reference": found.reference,
        "is_exact": found.is_exact,
        "attempt": found.attempt,
        "door": words.name_door(found.attempt.door) if found.attempt else "",
        "ruling": show_ruling(found.ruling),
    }
    return render(request, "help/reference.html", context)


def _show_obstacle(each: Obstacle) -> dict[str, object]:
    where = words.name_door(each.door) if each.door else ""
    return {"cause": _show_cause(each.cause, each.door), "door": where, "ruling": show_ruling(each.ruling)}


def _show_cause(each: Cause, door: str = "", reference: str = "") -> Shown:
    """`door`: where it kept somebody out; the page of rights is no way out for who cannot come in to it.

    Who asks support takes along the reference and what the page was about.
    """
    title, why, todo = words.explain(each)
    ways = [way for way in find_row(each).ways if not (way is WayOut.RIGHTS and door == "web")]
    known = urlencode({"cause": each.value, "reference": reference})
    buttons = {way: words.button(way) for way in ways}
    if WayOut.SUPPORT in buttons:
        buttons[WayOut.SUPPORT] = replace(buttons[WayOut.SUPPORT], url=f"{buttons[WayOut.SUPPORT].url}?{known}")
    return Shown(title, why, todo, list(buttons.values()), wants_support=WayOut.SUPPORT in ways)
