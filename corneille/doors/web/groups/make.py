"""A head of school makes a list of the establishment, or changes one."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corneille.doors.web.day_field import DayField
from corneille.doors.web.groups.words import WRITERS, tell_refusal
from corneille.doors.web.person import account_of, signed_in
from corneille.groups.add import TITLE_CHARS, Change, NewGroup, add_group_of_head, change_group
from corneille.groups.decide import Keeper, Rule, Term, Writers
from corneille.groups.gate import open_group
from corneille.groups.group import GroupRefused, GroupShown, here
from corneille.groups.writer import list_owned_uais
from corneille.kernel import clock
from corneille.kernel.refusal import Gone
from corneille.people.assignment import list_functions_at, list_subjects_at
from corneille.people.establishment import find_establishment_name

_CODE = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
FAULTY = {"local": "short", "taken": "short", "title": "title", "term": "until_on"}


class GroupForm(forms.Form):
    """What may be changed of a list; the choices are those of its establishment today."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_CHARS, widget=forms.TextInput({"autocomplete": "off"}))
    way = forms.ChoiceField(
        label=_("Who is on it?"), widget=forms.RadioSelect,
        choices=[("rule", _("Those of the directory, and those whom you add")), ("hand", _("Only those whom you add"))],
    )  # fmt: skip
    function = forms.ChoiceField(label=_("By the directory: which function?"), required=False)
    subject = forms.ChoiceField(label=_("By the directory: which subject?"), required=False)
    writers = forms.ChoiceField(
        label=_("Who may write to it?"), widget=forms.RadioSelect,
        choices=[(each.value, told) for each, told in WRITERS.items() if each is not Writers.WORLD],
        help_text=_("You always may."),
    )  # fmt: skip
    until_on = DayField(
        label=_("Last day"), required=False,
        help_text=_("Empty: until you end it. For a team of this school year, its last day."),
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: Any, uais: list[str], today: date, rule: Rule = Rule(), **named: Any) -> None:  # noqa: B008
        super().__init__(*args, **named)
        self._offer("function", [rule.function, *(each for uai in uais for each in list_functions_at(uai, today))])
        self._offer("subject", [rule.subject, *(each for uai in uais for each in list_subjects_at(uai, today))])

    def _offer(self, name: str, found: list[str]) -> None:
        choices = [(each, each) for each in sorted(set(found) - {""})]
        self.fields[name].choices = [("", _("Any")), *choices]  # type: ignore[attr-defined]

    def read_rule(self, uai: str) -> Rule:
        """The rule that the form says, of people of this establishment."""
        told = self.cleaned_data
        return Rule(uai, "", told["function"], told["subject"]) if told["way"] == "rule" else Rule()

    def refuse(self, refused: GroupRefused) -> None:
        """Says why not, where it belongs."""
        self.add_error(FAULTY.get(str(refused.data["reason"])), tell_refusal(refused))


class NewGroupForm(GroupForm):
    """The same with what is chosen once: its address, its establishment, its first day."""

    short = forms.CharField(
        label=_("A word for its address"), max_length=40, widget=forms.TextInput(_CODE),
        help_text=_("Such as “maths”: the code of the establishment is put after it. It can never be changed."),
    )  # fmt: skip
    uai = forms.ChoiceField(label=_("Establishment"))
    from_on = DayField(label=_("First day"))

    field_order = ("uai", "title", "short", "way", "function", "subject", "writers", "from_on", "until_on")

    def __init__(self, *args: Any, uais: list[str], today: date, **named: Any) -> None:
        super().__init__(*args, uais=uais, today=today, **named)
        self.fields["uai"].choices = [(each, find_establishment_name(each)) for each in uais]  # type: ignore[attr-defined]
        if len(uais) == 1:
            self.fields["uai"].widget = forms.HiddenInput()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def make(request: HttpRequest) -> HttpResponseBase:
    """Not there for who directs no establishment."""
    now, by = clock.now(), account_of(request)
    uais, today = list_owned_uais(by, now), here(now).date()
    if not uais:
        raise Gone
    first = {"uai": uais[0], "from_on": today, "way": "rule", "writers": Writers.MEMBERS.value}
    form = NewGroupForm(request.POST or None, uais=uais, today=today, initial=first)
    if form.is_valid():
        told = form.cleaned_data
        new = NewGroup(
            "", told["title"], told["uai"], Keeper.HEAD, Writers(told["writers"]), form.read_rule(told["uai"]),
            Term(told["from_on"], told["until_on"]),
        )  # fmt: skip
        try:
            number = add_group_of_head(told["short"], new, now, by=by)
        except GroupRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _now("The list is made: here are its people."))
            return redirect("groups:group", number)
    return _show(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """Its title, its rule, who may write, its last day."""
    now, by = clock.now(), account_of(request)
    opened = open_group(by, group_id, now)
    if not opened.keeps:
        raise Gone(group=group_id)
    group = opened.group
    first = {
        "title": group.title, "way": "hand" if group.rule.is_empty else "rule", "function": group.rule.function,
        "subject": group.rule.subject, "writers": group.writers.value, "until_on": group.term.until_on,
    }  # fmt: skip
    uais, today = [group.uai], here(now).date()
    form = GroupForm(request.POST or None, uais=uais, today=today, rule=group.rule, initial=first)
    if form.is_valid():
        told = form.cleaned_data
        changed = Change(told["title"], Writers(told["writers"]), form.read_rule(group.uai), told["until_on"])
        try:
            change_group(group_id, changed, now, by=by)
        except GroupRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _now("The list is changed: here are its people."))
            return redirect("groups:group", group_id)
    return _show(request, form, group)


def _show(request: HttpRequest, form: GroupForm, group: GroupShown | None) -> HttpResponseBase:
    return render(request, "groups/form.html", {"form": form, "group": group}, status=422 if form.errors else 200)
