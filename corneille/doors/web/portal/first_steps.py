"""« Premiers pas »: what is set and what is left, at any time."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corneille.access.app_password import list_app_passwords
from corneille.access.charter import is_charter_due
from corneille.access.factor import list_enrolled
from corneille.access.recovery_contact import list_verified
from corneille.calendar.is_used import is_used
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.signature import list_signatures

Step = tuple[bool, str, str, str]
"""Whether it is done, its name, why, and where."""


@require_safe
@signed_in
def first_steps(request: HttpRequest) -> HttpResponseBase:
    """One line each: done, or where to do it."""
    account = account_of(request)
    steps = _list_steps(account, len(list_app_passwords(account)), clock.now())
    return render(request, "portal/first_steps.html", {"steps": steps, "left": _count(steps)})


def count_left(account: AccountId, app_password_count: int, now: datetime) -> int:
    """How many steps are left."""
    return _count(_list_steps(account, app_password_count, now))


def _count(steps: Iterable[Step]) -> int:
    return sum(not is_done for is_done, *_rest in steps)


def _list_steps(account: AccountId, app_password_count: int, now: datetime) -> tuple[Step, ...]:
    signature = _find_signature(account)
    return (
        (not is_charter_due(account, now), _("Accept the charter"), _("The rules of the house, on one page."), "/charte"),
        (bool(list_verified(account)), _("Give a recovery contact"),
         _("If you forget your password, a code comes there at any hour."), "/coordonnees-de-secours"),
        (bool(list_enrolled(account)), _("Set a second factor"),
         _("With a phone or with codes on paper: three minutes."), "/second-facteur"),
        (bool(app_password_count), _("Set up a mail program"),
         _("Thunderbird, Outlook, your phone: the exact settings."), "/configurer"),
        *(() if signature is None else (signature,)),
        (is_used(account), _("Open your agenda"),
         _("Your appointments, those of your teams, and the school holidays of your zone."), "/agenda/agendas"),
    )  # fmt: skip


def _find_signature(account: AccountId) -> Step | None:
    """None: without mail of one's own there is nothing to sign."""
    try:
        is_written = bool(list_signatures(open_mail_account(account)))
    except Gone:
        return None
    return (is_written, _("Write your signature"),
            _("Who you are and how you are reached, once for all your letters, in French and in English."),
            "/courrier/signature")  # fmt: skip
