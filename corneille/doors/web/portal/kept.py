"""What is kept: of oneself (« Ce que Corneille garde de vous »), and of everybody, with the purges, for the officer."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.keeping import BASES, Retention
from corneille.privacy.register import list_kept
from corneille.privacy.review import is_officer, review


@dataclass(frozen=True, slots=True)
class Row:
    """One processing in the reader's language; `count`: of their own records, None where they are not told apart."""

    name: str
    purpose: str
    basis: str
    categories: str
    seen_by: str
    until: str
    count: int | None


@require_safe
@signed_in
def kept(request: HttpRequest) -> HttpResponseBase:
    """One's own part of the register."""
    account, language = account_of(request), get_language() or "fr"
    rows = [_word(each.declared, language, each.count) for each in list_kept(account)]
    return render(request, "portal/kept.html", {"rows": rows, "is_officer": is_officer(account)})


@require_safe
@signed_in
def officer(request: HttpRequest) -> HttpResponseBase:
    """The whole register and the report of the purges; not there for anybody else."""
    language = get_language() or "fr"
    register, reports = review(account_of(request), clock.now())
    purges = [(each, each.declared.name.say(language)) for each in reports]
    rows = [_word(each, language, None) for each in register]
    return render(request, "portal/officer.html", {"rows": rows, "purges": purges})


def _word(told: Retention, language: str, count: int | None) -> Row:
    texts = (told.name, told.purpose, BASES[told.basis], told.categories)
    name, purpose, basis, categories = (text.say(language) for text in texts)
    return Row(name, purpose, basis, categories, told.say_seen_by(language), told.say_until(language), count)
