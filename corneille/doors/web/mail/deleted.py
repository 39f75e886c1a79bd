"""« Messages supprimés récemment »: what was deleted for good can be put back for some days."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from corneille.doors.web.mail.gate import go_to_named, open_named
from corneille.doors.web.mail.side import Side, read_side
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import signed_in
from corneille.kernel import clock
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.mail.put_back import put_back
from corneille.mail.recently_deleted import Deleted, list_deleted
from corneille.mail.settings import MailSettings
from corneille.mail.values import OverQuota
from corneille.people.position_right import PositionRight

PAGE_LINES = 200


@require_safe
@signed_in
def deleted(request: HttpRequest) -> HttpResponseBase:
    """By folder, the latest first."""
    account = open_named(request, PositionRight.WRITE)
    side = read_side(request, account)
    found = list_deleted(
        account, clock.now(), before=parse_number(request.GET.get("avant", "")), limit=PAGE_LINES + 1
    )  # fmt: skip
    shown = found[:PAGE_LINES]
    context = {
        "side": side, "page": "deleted", "groups": _group(shown, side), "days": of(MailSettings).keep_deleted_days,
        "next": shown[-1].number if len(found) > PAGE_LINES else None,
    }  # fmt: skip
    return render(request, "mail/deleted.html", context)


@require_POST
@signed_in
def put_messages_back(request: HttpRequest) -> HttpResponseBase:
    """Puts the chosen ones back, each for itself; says what could not be."""
    account = open_named(request, PositionRight.WRITE)
    numbers = [number for each in request.POST.getlist("numero")[:PAGE_LINES] if (number := parse_number(each)) is not None]
    if not numbers:
        messages.info(request, _now("Choose at least one message."))
        return go_to_named(request, "mail:deleted")
    done, gone, refused = 0, 0, None
    for number in numbers:
        try:
            put_back(account, number).result()
            done += 1
        except Gone:
            gone += 1
        except Refusal as refusal:
            refused = refusal
            break
    if done:
        messages.success(request, ngettext("%(n)s message is back.", "%(n)s messages are back.", done) % {"n": done})
    if gone:
        told = ngettext("%(n)s message can no longer be put back.", "%(n)s messages can no longer be put back.", gone)
        messages.warning(request, told % {"n": gone})
    if isinstance(refused, OverQuota):
        messages.error(request, _now("The mailbox is full: make room, then put the others back."))
    elif refused is not None:
        messages.error(request, _now("The service cannot write just now. Try again in a moment."))
    return go_to_named(request, "mail:deleted")


def _group(found: list[Deleted], side: Side) -> list[tuple[str, list[Deleted]]]:
    """The messages of each folder, folders by name; one that has gone keeps the name it had."""
    paths = {each.raw_name: each.path for each in side.folders}
    by_name = sorted(found, key=lambda each: (paths.get(each.mailbox_name, each.mailbox_name), -each.number))
    return [
        (paths.get(name, name), list(some)) for name, some in groupby(by_name, key=lambda each: each.mailbox_name)
    ]  # fmt: skip
