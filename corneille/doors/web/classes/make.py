"""A teacher makes a class, or names it anew."""

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

from corneille.classes.gate import ClassShown, list_places, open_class
from corneille.classes.make import LABEL_CHARS, ClassRefused, NewClass, make_class, rename_class
from corneille.classes.school_year import list_years
from corneille.classes.settings import ClassSettings
from corneille.doors.web.classes.words import tell_refusal
from corneille.doors.web.kit.formats import format_day
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.kernel.today import today


class NameForm(forms.Form):
    """What a class is called."""

    use_required_attribute = False

    label = forms.CharField(
        label=_("Name of the class"), max_length=LABEL_CHARS, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("As you call it: “5e B”, “2de 4, physics”."),
    )  # fmt: skip


class ClassForm(NameForm):
    """The same with what is chosen once: the school and the year."""

    uai = forms.ChoiceField(label=_("Establishment"))
    year = forms.ChoiceField(label=_("School year"), widget=forms.RadioSelect)

    field_order = ("label", "year", "uai")

    def __init__(self, *args: Any, places: list[tuple[str, str]], on: date, **named: Any) -> None:
        super().__init__(*args, **named)
        years = list_years(on, of(ClassSettings).year_ends_on)
        self.fields["uai"].choices = places  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["uai"].widget = forms.HiddenInput()
        told = _now("%(year)s, forgotten after %(day)s")
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (each.until_on.isoformat(), told % {"year": each.label, "day": format_day(each.until_on)}) for each in years
        ]
        self.initial = {"uai": places[0][0], "year": years[0].until_on.isoformat()}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def make(request: HttpRequest) -> HttpResponseBase:
    """Not there for who works in no school. Leads to the import: an empty class is of no use."""
    now, account = clock.now(), account_of(request)
    places = list_places(account, now)
    if not places:
        raise Gone
    form = ClassForm(request.POST or None, places=places, on=today(now))
    if form.is_valid():
        told = form.cleaned_data
        try:
            number = make_class(account, NewClass(told["label"], told["uai"], date.fromisoformat(told["year"])), now)
        except ClassRefused as refused:
            form.add_error("label", tell_refusal(refused))
        else:
            messages.success(request, _now("The class is made. Bring its list in, or add its pupils one by one."))
            return redirect("classes:import_list", number)
    return _show(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def rename(request: HttpRequest, class_id: int) -> HttpResponseBase:
    """Its name alone: the year is the class."""
    now, account = clock.now(), account_of(request)
    opened = open_class(account, class_id, now)
    form = NameForm(request.POST or None, initial={"label": opened.label})
    if form.is_valid():
        try:
            rename_class(account, class_id, form.cleaned_data["label"], now)
        except ClassRefused as refused:
            form.add_error("label", tell_refusal(refused))
        else:
            messages.success(request, _now("The class has its new name."))
            return redirect("classes:school_class", class_id)
    return _show(request, form, opened)


def _show(request: HttpRequest, form: NameForm, opened: ClassShown | None) -> HttpResponseBase:
    return render(request, "classes/form.html", {"form": form, "class": opened}, status=422 if form.errors else 200)
