"""Bringing people onto a list from a file or pasted lines: read and shown; kept only when who keeps the list says so.

Nothing is kept between the two pages but in the second one: the text comes back with its form.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corneille.doors.web.given_table import read_given
from corneille.doors.web.kit.formats import format_count, format_size
from corneille.doors.web.person import account_of, signed_in
from corneille.groups.gate import keep_group, open_group
from corneille.groups.import_people import Wrong, plan_people
from corneille.groups.import_people import import_people as bring_in
from corneille.groups.read_people import Named, NoColumn, read_people
from corneille.kernel import clock
from corneille.wire.table.read import FILE_BYTES, LINES, Unreadable, decode_table, read_table

UNREADABLE: dict[str, Promise] = {
    "empty": _("There is nothing to read: choose a file, or paste lines."),
    "spreadsheet": _("This is a spreadsheet or a PDF: save it as CSV, or copy its lines and paste them."),
    "too-big": _("The file is bigger than %(size)s: keep the people of this list alone."),
    "too-long": _("The file has more than %(count)s lines: keep the people of this list alone."),
    "malformed": _("From line %(line)s on this is not a CSV file: a quotation mark is not closed. Save it again as CSV."),
}
NO_COLUMN = _(
    "No column of addresses or identifiers was found: one title should be “Courriel” or “Identifiant”. There is: %(titles)s"
)
WRONG: dict[Wrong, Promise] = {
    Wrong.UNKNOWN: _("nobody here has this address or identifier"),
    Wrong.NUMEN: _("a NUMEN is confidential and names nobody here: write the mail address"),
    Wrong.NOT_A_PERSON: _("this is the mailbox of a position, not a person"),
    Wrong.ENDED: _("this account has ended"),
    Wrong.TWICE: _("a line before names the same person"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def import_people(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """On POST what the lines say and would change; with `action` « garder » it is done."""
    now, by = clock.now(), account_of(request)
    keep_group(by, group_id, now)
    if request.method != "POST":
        return _ask(request, group_id)
    try:
        text = read_given(request, decode_table)
        named = read_people(read_table(text))
    except Unreadable as unreadable:
        return _ask(request, group_id, _tell(unreadable))
    except NoColumn as missing:
        return _ask(request, group_id, str(NO_COLUMN) % {"titles": missing})
    if request.POST.get("action") != "garder":
        return _preview(request, group_id, text, named)
    count = len(bring_in(group_id, named, now, by=by).new)
    told = ngettext("%(count)s person came onto the list.", "%(count)s people came onto the list.", count)
    messages.success(request, told % {"count": format_count(count)})
    return redirect("groups:group", group_id)


def _tell(unreadable: Unreadable) -> str:
    limit = unreadable.data.get("limit", 0)
    data = {"size": format_size(limit), "count": format_count(limit), "line": unreadable.data.get("line", "")}
    return str(UNREADABLE[unreadable.reason]) % data


def _ask(request: HttpRequest, group_id: int, fault: str = "") -> HttpResponseBase:
    context = {
        "group": open_group(account_of(request), group_id, clock.now()).group, "fault": fault,
        "text": request.POST.get("texte", ""), "limit_bytes": FILE_BYTES, "limit_lines": LINES,
    }  # fmt: skip
    return render(request, "groups/import.html", context, status=422 if fault else 200)


def _preview(request: HttpRequest, group_id: int, text: str, named: list[Named]) -> HttpResponseBase:
    by, now = account_of(request), clock.now()
    plan = plan_people(group_id, named, now, by=by)
    context = {
        "group": open_group(by, group_id, now).group, "text": text, "plan": plan,
        "faults": [(each.named, WRONG[each.wrong]) for each in plan.faults],
    }  # fmt: skip
    return render(request, "groups/preview.html", context)
