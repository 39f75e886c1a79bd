"""Finding messages by words, accents and case forgiven, in all folders or in one."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.line import show_line
from corneille.doors.web.mail.side import open_mail, read_side
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MailboxId
from corneille.mail.search import search_words

PAGE_LINES = 50
TEXT_CHARS = 300


@require_safe
@signed_in
def search(request: HttpRequest) -> HttpResponseBase:
    """The page of results; without words, only the field."""
    account = open_mail(request)
    text = request.GET.get("q", "").replace("\x00", "").strip()[:TEXT_CHARS]
    number = parse_number(request.GET.get("dossier", ""))
    side = read_side(account)
    chosen = side.get(MailboxId(number)) if number is not None else None
    cursor = request.GET.get("page") or None
    page, lines = None, []
    if text:
        page = search_words(account, text, mailbox=chosen.id if chosen else None, cursor=cursor, limit=PAGE_LINES)
        by_id = {each.id: each for each in side.folders}
        for each in page.summaries:
            folder = by_id.get(each.mailbox)
            if folder is not None:
                line = show_line(
                    each, is_outgoing=folder.is_outgoing, is_draft=folder.is_drafts, folder=folder.name
                )
                lines.append(line)
    query = request.GET.copy()
    query.pop("page", None)
    context = {"side": side, "text": text, "chosen": chosen, "page": page, "lines": lines, "query": query.urlencode()}
    return render(request, "mail/search.html", context)
