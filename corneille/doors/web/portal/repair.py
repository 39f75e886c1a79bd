"""« Réparer mon compte »: what was seen and stopped, what opens the account, what waits; then free, without a delay."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corneille.access.app_password import list_app_passwords
from corneille.access.containment import OWNER, ContainedShown, let_go, list_contained
from corneille.access.device import list_devices
from corneille.access.not_me import make_link
from corneille.access.password_life import find_life
from corneille.access.reason import Restriction
from corneille.access.register import list_register
from corneille.access.unusual_sign_in import list_unusual, say_it_was_me
from corneille.documents.share import DocumentShown, list_documents
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal.register import Row, show_lines
from corneille.doors.web.step_up import fresh_proof
from corneille.doors.web.steps import restrictions_of
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.notices.sign_words import describe_signs
from corneille.notices.support_contact import describe_support
from corneille.notices.words import explain_reason, name_decider
from corneille.transport.held import drop_held, list_held, list_sent_lately

SENT_SHOWN = 20
DAY = timedelta(days=1)
OPENS = frozenset({
    "app-password-created", "program-permitted", "factor-added", "factor-dropped", "recovery-contact-added",
    "recovery-contact-verified", "recovery-contact-dropped", "password-changed", "password-reset", "cut-off",
    "calendar-shared", "calendar-feed-made", "document-shared",
})  # fmt: skip
"""What opens the account, or closes a way of its owner's, and may have been a thief's act."""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def repair(request: HttpRequest) -> HttpResponseBase:
    """The page; a POST says that it is finished, which holds once the password is newer than the containment."""
    account, now = account_of(request), clock.now()
    shown = [(each, _explain(each)) for each in list_contained(account)]
    officers = [(each, why) for each, why in shown if each.ended_at is None and each.is_officers]
    current = [(each, why) for each, why in shown if each.ended_at is None and not each.is_officers]
    life = find_life(account, now)
    is_new = life is not None and all(each.is_outlived_by(life) for each, _why in current)
    is_weak = life is not None and not is_new and all(life.set_at > each.started_at for each, _why in current)
    if request.method == "POST" and (current or officers):
        if not current:
            told = _("An officer decided this, and an officer alone takes it back. To answer: %(support)s")
            messages.error(request, told % {"support": describe_support()})
        elif is_new:
            let_go(account, now, by=OWNER)
            messages.success(request, _("Your account is repaired: what waited is leaving."))
        else:
            messages.error(request, _("First the new password: whoever has the old one would go on."))
        return redirect("portal:repair")
    sent = list_sent_lately(account, now)
    context = {
        "current": current,
        "officers": officers,
        "unusual": [(each, describe_signs(each.told)) for each in list_unusual(account, now)],
        "not_me_link": make_link(account, now),
        "past": [(each, why) for each, why in shown if each.ended_at is not None],
        "is_password_new": is_new,
        "is_password_weak": is_weak,
        "is_password_void": (life is not None and life.is_void) or Restriction.REPAIR_FIRST in restrictions_of(request),
        "app_password_count": len(list_app_passwords(account)),
        "changed": _list_changed(account, [each for each, _why in current]),
        "documents": _list_documents(account, [each for each, _why in current]),
        "device_count": len(list_devices(account, now, current=None)),
        "held": list_held(account),
        "sent": sent[:SENT_SHOWN],
        "sent_count": len(sent),
    }
    return render(request, "portal/repair.html", context)


def _explain(each: ContainedShown) -> str:
    """Why, then who decided."""
    return f"{explain_reason(each.reason, each.evidence)} · {name_decider(each.by)}"


def _list_changed(account: AccountId, current: Sequence[ContainedShown]) -> list[Row]:
    """What was done to the ways into the account since the day before the first of what was seen."""
    since = _find_since(current)
    lines = list_register(account, of_others_only=False)
    return show_lines(each for each in lines if each.at >= since and each.action in OPENS)


def _list_documents(account: AccountId, current: Sequence[ContainedShown]) -> list[DocumentShown]:
    """What was shared meanwhile and still opens."""
    since = _find_since(current)
    return [each for each in list_documents(account, clock.now()) if each.shared_at >= since and not each.is_over]


def _find_since(current: Sequence[ContainedShown]) -> datetime:
    return min((each.started_at for each in current), default=clock.now()) - DAY


@require_POST
@signed_in
def drop(request: HttpRequest) -> HttpResponseBase:
    """Throws one held message away."""
    drop_held(account_of(request), request.POST.get("reference", "")[:40])
    messages.success(request, _("The message is thrown away: nobody received it."))
    return redirect("portal:repair")


@require_POST
@fresh_proof
def was_me(request: HttpRequest) -> HttpResponseBase:
    """« C'était moi » of one sign-in; who only holds a session has to prove it first."""
    try:
        say_it_was_me(account_of(request), request.POST.get("reference", "")[:14], clock.now())
        messages.success(request, _("Noted: this place and this program are usual for you from now on."))
    except Gone:
        messages.info(request, _("You have said so already."))
    return redirect("portal:repair")
