"""Bringing a school's list into a class: a file or pasted lines, read and shown; kept only when its teacher says so.

Nothing is kept between the two pages but in the second one: the text of the list comes back with its form.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corneille.classes.gate import ClassShown, open_class
from corneille.classes.import_list import import_list as bring_in
from corneille.classes.import_list import plan_import
from corneille.classes.make import ClassRefused
from corneille.classes.read_list import ListRead, ListRefused, decode_list, read_list
from corneille.doors.web.classes.words import tell_fault, tell_list_refusal, tell_refusal
from corneille.doors.web.given_table import read_given
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.wire.table.read import FILE_BYTES, LINES, fold


@dataclass(frozen=True, slots=True)
class Given:
    """What was sent: the text, and which class of the file is meant, "" where its teacher has yet to say."""

    text: str
    read: ListRead
    chosen: str

    @property
    def is_clear(self) -> bool:
        """Whether it is known which lines are meant."""
        return len(self.read.classes) < 2 or bool(self.chosen)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def import_list(request: HttpRequest, class_id: int) -> HttpResponseBase:
    """On POST what the list says and would change; with `action` « garder » it is brought in."""
    now, account = clock.now(), account_of(request)
    opened = open_class(account, class_id, now)
    if request.method != "POST":
        return _ask(request, opened)
    try:
        given = _read(request, opened)
        if request.POST.get("action") != "garder" or not given.is_clear:
            return _preview(request, opened, given)
        plan = bring_in(account, class_id, given.read, now, removes_absent=request.POST.get("absents") == "1")
    except ListRefused as refused:
        return _ask(request, opened, tell_list_refusal(refused))
    except ClassRefused as refused:
        return _ask(request, opened, tell_refusal(refused))
    count = len(plan.pupils)
    told = ngettext("The list is in the class: %(count)s pupil.", "The list is in the class: %(count)s pupils.", count)
    messages.success(request, told % {"count": count})
    return redirect("classes:school_class", class_id)


def _read(request: HttpRequest, opened: ClassShown) -> Given:
    text = read_given(request, decode_list)
    read = read_list(text)
    chosen = request.POST.get("dans", "")
    if len(read.classes) < 2:
        return Given(text, read, "")
    wanted = chosen or opened.label
    same = next((each for each in read.classes if _squeeze(each) == _squeeze(wanted)), "")
    return Given(text, read_list(text, same) if same else read, same)


def _squeeze(label: str) -> str:
    """« 5e B », « 5EB » and « 5ème B » are one class."""
    return fold(label).replace(" ", "").replace("eme", "e")


def _ask(request: HttpRequest, opened: ClassShown, fault: str = "") -> HttpResponseBase:
    context = {
        "class": opened, "fault": fault, "text": request.POST.get("texte", ""), "limit_bytes": FILE_BYTES,
        "limit_lines": LINES,
    }  # fmt: skip
    return render(request, "classes/import.html", context, status=422 if fault else 200)


def _preview(request: HttpRequest, opened: ClassShown, given: Given) -> HttpResponseBase:
    plan = plan_import(opened, given.read) if given.is_clear else None
    faults = [(each, *tell_fault(each)) for each in given.read.faults] if given.is_clear else []
    context = {"class": opened, "given": given, "plan": plan, "faults": faults, "asks": not given.is_clear}
    return render(request, "classes/preview.html", context)

