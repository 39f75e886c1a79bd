"""« Second facteur »: what is set, adding a passkey, an application or a sheet of codes, and what the policy asks."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corneille.access import factor as access
from corneille.access.factor_policy import bind_programs, find_duty, find_start, list_rules
from corneille.access.facts import FACTORS, FactorDuty, SecondProof
from corneille.access.passkey import PasskeyRefused, add_passkey, offer_passkey
from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal import words
from corneille.doors.web.portal.attempt import origin_of
from corneille.doors.web.qr import draw_qr
from corneille.doors.web.step_up import fresh_proof
from corneille.doors.web.steps import find_moment
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today
from corneille.people.find import Person, find_person

LABEL_LENGTH = 60


@require_GET
@signed_in
def factors(request: HttpRequest) -> HttpResponseBase:
    """The list and the offers."""
    account, now = account_of(request), clock.now()
    person = _person(account)
    shown = access.list_factors(account)
    context = {
        "factors": [(each, words.name_factor(each.kind)) for each in shown],
        "has_factor": any(each.kind in FACTORS for each in shown),
        "duty": find_duty(account, person.type, now, find_moment(request)).value,
        "start": find_start(account, person.type, today(now)),
        "binds_programs": bind_programs(),
        "rules": [(words.explain_rule(rule), rule.from_on) for rule in list_rules()],
    }
    return render(request, "portal/factors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@fresh_proof
def totp(request: HttpRequest) -> HttpResponseBase:
    """The seed as a QR code and as text; the first code proves that the application has it."""
    account, now = account_of(request), clock.now()
    person = _person(account)
    begun = access.read_begun(account, person.identifier) if request.method == "POST" else None
    told = ""
    if begun is not None:
        label = request.POST.get("label", "").strip()[:LABEL_LENGTH]
        proof = access.confirm_totp(account, begun.id, request.POST.get("code", ""), label, now)
        if proof is SecondProof.RIGHT:
            messages.success(request, _("The application is set. Keep recovery codes too, in case the phone is lost."))
            return redirect("portal:factors")
        told = words.explain_first_code(proof)
    begun = begun or access.begin_totp(account, person.identifier, now)
    seed = " ".join(begun.seed[start : start + 4] for start in range(0, len(begun.seed), 4))
    context = {"qr": draw_qr(begun.uri), "seed": seed, "told": told}
    return render(request, "portal/add_totp.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@fresh_proof
def passkey(request: HttpRequest) -> HttpResponseBase:
    """The browser makes a passkey, or asks a key that is plugged in to."""
    account, now, origin = account_of(request), clock.now(), origin_of(request)
    person, told = _person(account), ""
    if request.method == "POST":
        label = request.POST.get("label", "").strip()[:LABEL_LENGTH]
        try:
            add_passkey(origin, account, request.POST.get("answer", ""), label, now)
        except PasskeyRefused as refused:
            told = words.explain_passkey(refused)
        else:
            messages.success(request, _("The passkey is set. Keep another way too: a second key, or recovery codes."))
            return redirect("portal:factors")
    options = offer_passkey(origin, account, person.identifier, person.display_name, now)
    return render(request, "portal/add_passkey.html", {"passkey": options, "told": told})


@require_POST
@never_cache
@fresh_proof
def sheet(request: HttpRequest) -> HttpResponseBase:
    """Draws a sheet of codes and shows it, once, ready to print."""
    kind = request.POST.get("par", "")
    if kind not in access.SHEETS:
        return show(request, NOT_FOUND)
    account, now = account_of(request), clock.now()
    codes = access.make_sheet(account, kind, now)
    context = {"codes": list(enumerate(codes, 1)), "kind": kind, "label": words.name_factor(kind), "at": now,
               "person": _person(account)}  # fmt: skip
    return render(request, "portal/sheet.html", context)


@require_POST
@fresh_proof
def drop(request: HttpRequest) -> HttpResponseBase:
    """Removes one, unless it is the last where the policy asks for one."""
    asked = id_of(request)
    account, now = account_of(request), clock.now()
    start = find_start(account, _person(account).type, today(now))
    try:
        access.drop_factor(account, asked, now, is_compulsory=start is not None and start <= today(now))
    except access.FactorRefused:
        messages.error(request, _("This is your last second factor, and one is compulsory: set another first."))
    else:
        messages.success(request, _("The second factor is removed, and your recovery contacts are told."))
    return redirect("portal:factors")


@require_POST
@signed_in
def decline(request: HttpRequest) -> HttpResponseBase:
    """« No, thank you »."""
    account = account_of(request)
    if find_duty(account, _person(account).type, clock.now()) is FactorDuty.OFFERED:
        access.decline(account, clock.now())
    return redirect("portal:home")


def _person(account: AccountId) -> Person:
    person = find_person(account)
    assert person is not None
    return person
