"""« Ce que Corneille garde de vous »: the register of processing as it concerns one person, with what there is now."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal.export import read_export
from corneille.kernel import clock
from corneille.privacy.register import KeptOf, list_kept


@dataclass(frozen=True, slots=True)
class Row:
    """One processing in the reader's language; `count` is None where records are not told apart by person."""

    name: str
    purpose: str
    categories: str
    seen_by: str
    until: str
    count: int | None


@require_safe
@signed_in
def kept(request: HttpRequest) -> HttpResponseBase:
    """The page."""
    language = get_language() or "fr"
    rows = [_word(each, language) for each in list_kept(account_of(request))]
    return render(request, "portal/kept.html", {"rows": rows, **read_export(account_of(request), clock.now())})


def _word(kept: KeptOf, language: str) -> Row:
    told = kept.declared
    name, purpose, categories = (text.say(language) for text in (told.name, told.purpose, told.categories))
    return Row(name, purpose, categories, told.say_seen_by(language), told.say_until(language), kept.count)
