"""« Journal de mon compte »: what was changed and who else looked; and the export of all that concerns one's ways in."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.access.export import LIMIT, export_access
from corneille.access.register import LineShown, list_register
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal import register_words
from corneille.doors.web.step_up import fresh_proof
from corneille.kernel import clock
from corneille.sso.sign_on import list_sign_ons

CSV_FIELDS = ("at", "door", "network", "country", "city", "program", "decision", "reason", "reference")


@dataclass(frozen=True, slots=True)
class Row:
    """One line in plain words."""

    at: datetime
    what: str
    detail: str
    who: str
    is_other: bool


@require_safe
@signed_in
def register(request: HttpRequest) -> HttpResponseBase:
    """The journal's lines about the person, or only those of others (`?autres`)."""
    of_others_only = "autres" in request.GET
    rows = show_lines(list_register(account_of(request), of_others_only=of_others_only))
    return render(request, "portal/register.html", {"rows": rows, "of_others_only": of_others_only})


def show_lines(lines: Iterable[LineShown]) -> list[Row]:
    """Lines of the journal in plain words."""
    return [
        Row(
            line.at,
            register_words.name_action(line.action),
            register_words.explain_data(line.data),
            register_words.name_actor(line.actor, line.name),
            line.actor in register_words.OTHERS,
        )
        for line in lines
    ]


@require_safe
@fresh_proof
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """Everything as JSON, or the attempts as a table that a spreadsheet opens."""
    account = account_of(request)
    told = export_access(account, clock.now())
    visits = list_sign_ons(account, LIMIT)
    told["services"] = [{"service": each.slug, "name": each.name, "at": each.at} for each in visits]
    if form == "json":
        text = json.dumps(told, ensure_ascii=False, indent=1, default=_format)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
    elif form == "csv":
        response = HttpResponse(_format_csv(told["attempts"]), content_type="text/csv; charset=utf-8")
    else:
        raise Http404
    response.headers["Content-Disposition"] = f'attachment; filename="mes-connexions.{form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _format(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat(timespec="seconds")


def _format_csv(rows: list[dict[str, object]]) -> str:
    """With a byte-order mark: without it, spreadsheets here read UTF-8 as Windows-1252."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(CSV_FIELDS)
    for row in rows:
        values = [row[name] for name in CSV_FIELDS]
        writer.writerow([_format(each) if isinstance(each, datetime) else _disarm(str(each)) for each in values])
    return "\ufeff" + stream.getvalue()


def _disarm(text: str) -> str:
    """A program may call itself `=CMD(…)`: a spreadsheet must show it, never run it."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
