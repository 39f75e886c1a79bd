"""Finding messages by words and operators, accents and case forgiven, in all folders or in one."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.advanced import FIELDS, Advanced, explain_query, read_advanced, write_query
from corneille.doors.web.mail.gate import FIELD, open_named
from corneille.doors.web.mail.line import Line, show_line
from corneille.doors.web.mail.side import Side, read_side
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MailboxId, MessageId
from corneille.mail.name_attached import name_attached
from corneille.mail.query import QueryRefused, parse_query
from corneille.mail.search import search_words
from corneille.mail.values import Page

PAGE_LINES = 50
TEXT_CHARS = 300


@require_safe
@signed_in
def search(request: HttpRequest) -> HttpResponseBase:
    """The page of results; without words, only the fields. What the advanced form says becomes operators first."""
    if any(request.GET.get(name) for name in FIELDS):
        query = {"q": write_query(request.GET), "dossier": request.GET.get("dossier", "")}
        if request.GET.get(FIELD):
            query[FIELD] = request.GET[FIELD]
        return redirect(f"{reverse('mail:search')}?{urlencode(query)}")
    account = open_named(request)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:TEXT_CHARS]
    number = parse_number(request.GET.get("dossier", ""))
    side = read_side(request, account)
    chosen = side.get(MailboxId(number)) if number is not None else None
    cursor = request.GET.get("page") or None
    page, lines, fault, advanced = None, list[Line](), "", Advanced()
    try:
        advanced = read_advanced(parse_query(text))
        if text:
            page = search_words(account, text, mailbox=chosen.id if chosen else None, cursor=cursor, limit=PAGE_LINES)
            attached = name_attached(account, text, [each.id for each in page.summaries if each.has_attachment])
            lines = _show_lines(page, side, attached)
    except QueryRefused as refusal:
        fault = explain_query(refusal)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "side": side, "text": text, "chosen": chosen, "page": page, "lines": lines, "query": kept.urlencode(),
        "fault": fault, "advanced": advanced, "is_open": not text or bool(fault),
    }  # fmt: skip
    return render(request, "mail/search.html", context)


def _show_lines(page: Page, side: Side, attached: dict[MessageId, list[str]]) -> list[Line]:
    by_id = {each.id: each for each in side.folders}
    found = [(each, by_id.get(each.mailbox)) for each in page.summaries]
    return [
        show_line(
            each, is_outgoing=folder.is_outgoing, is_draft=folder.is_drafts and side.position is None, folder=folder.name,
            found_in=tuple(attached.get(each.id, ())),
        )
        for each, folder in found if folder is not None
    ]  # fmt: skip
