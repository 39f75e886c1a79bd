"""« Confidentialité »: the register of processing and its purges, for the data protection officer; nothing for others."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.keeping import BASES, Retention
from corneille.privacy.format_register import format_csv
from corneille.privacy.officer import open_office
from corneille.privacy.purge import PurgeShown


@dataclass(frozen=True, slots=True)
class PurgeRow:
    """One purge in the reader's language; `until`: the promise that it keeps."""

    name: str
    code: str
    processing: str
    until: str
    ran_at: datetime | None
    removed_count: int
    recent_count: int
    oldest_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One processing in the reader's language."""

    name: str
    categories: str
    purpose: str
    basis: str
    whose: str
    seen_by: str
    until: str
    purges: str


@require_safe
@signed_in
def office(request: HttpRequest) -> HttpResponseBase:
    """The page."""
    language = get_language() or "fr"
    opened = open_office(account_of(request), clock.now())
    purges = [_word_purge(each, language) for each in opened.purges]
    context = {
        "purges": purges,
        "late_count": sum(each.is_late for each in purges),
        "register": [_word_processing(each, language) for each in opened.register],
    }
    return render(request, "privacy/office.html", context)


@require_safe
@signed_in
def register(request: HttpRequest) -> HttpResponseBase:
    """The register for a spreadsheet, with a byte-order mark: without it, those here read UTF-8 as Windows-1252."""
    open_office(account_of(request), clock.now())
    response = HttpResponse("\ufeff" + format_csv(get_language() or "fr"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="registre.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _word_purge(shown: PurgeShown, language: str) -> PurgeRow:
    declared = shown.declared
    return PurgeRow(
        shown.purge.name.say(language), shown.purge.code, declared.name.say(language), declared.say_until(language),
        shown.ran_at, shown.removed_count, shown.recent_count, shown.oldest_at, shown.is_late,
    )  # fmt: skip


def _word_processing(told: Retention, language: str) -> RegisterRow:
    return RegisterRow(
        told.name.say(language), told.categories.say(language), told.purpose.say(language), BASES[told.basis].say(language),
        told.whose.say(language), told.say_seen_by(language), told.say_until(language), told.say_purges(language),
    )  # fmt: skip
