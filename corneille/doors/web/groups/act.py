"""What who keeps a list does on its page: adds, takes out, ends. Who may not finds nothing there."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_POST

from corneille.doors.web.groups.words import tell_refusal
from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, signed_in
from corneille.groups.add import end_group
from corneille.groups.audience import find_list
from corneille.groups.entry import add_inner, add_member, take_inner_out
from corneille.groups.entry import take_out as take_person_out
from corneille.groups.gate import keep_group
from corneille.groups.group import GroupRefused
from corneille.kernel import clock
from corneille.kernel.day import parse_day
from corneille.kernel.ids import AccountId
from corneille.people.find import find_account, find_name


@require_POST
@signed_in
def add(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """A person by identifier or address, or a list of the same keeper by its address."""
    now, by = clock.now(), account_of(request)
    keep_group(by, group_id, now)
    typed = request.POST.get("qui", "").rpartition("<")[2].rstrip("> ")  # completed as « Prénom Nom <adresse> »
    inner = find_list(typed)
    person = find_account(typed)
    try:
        if inner is not None:
            add_inner(group_id, inner, now, by=by)
            messages.success(request, _now("The list is on it: its people are too."))
        elif person is None:
            raise GroupRefused(reason="nobody")
        else:
            add_member(group_id, person.id, now, by=by)
            messages.success(request, _now("%(name)s is on the list.") % {"name": person.display_name})
    except GroupRefused as refused:
        messages.error(request, tell_refusal(refused))
    return redirect("groups:group", group_id)


@require_POST
@signed_in
def take_out(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """A person, or with `liste` a list."""
    now, by = clock.now(), account_of(request)
    number = id_of(request)
    try:
        if request.POST.get("liste") == "1":
            take_inner_out(group_id, number, now, by=by)
            messages.success(request, _now("The list is no longer on it."))
        else:
            take_person_out(group_id, AccountId(number), now, by=by)
            messages.success(request, _now("%(name)s is no longer on the list.") % {"name": find_name(AccountId(number))})
    except GroupRefused as refused:
        messages.error(request, tell_refusal(refused))
    return redirect("groups:group", group_id)


@require_POST
@signed_in
def end(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """Its last day."""
    now, by = clock.now(), account_of(request)
    keep_group(by, group_id, now)
    try:
        end_group(group_id, parse_day(request.POST.get("until_on", "")), now, by=by)
    except ValueError:
        messages.error(request, _now("Choose the last day: nothing was changed."))
    except GroupRefused as refused:
        messages.error(request, tell_refusal(refused))
    else:
        messages.success(request, _now("The list has its last day; its past stays here."))
    return redirect("groups:group", group_id)
