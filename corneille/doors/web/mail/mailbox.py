"""A folder: its messages, fifty a page, newest first."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.gate import open_mail_of_folder, open_named
from corneille.doors.web.mail.line import show_lines
from corneille.doors.web.mail.side import read_side
from corneille.doors.web.mail.undo import read_undo
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MailboxId
from corneille.kernel.refusal import Gone
from corneille.mail.fetch import list_messages

PAGE_LINES = 50


@require_safe
@signed_in
def inbox(request: HttpRequest) -> HttpResponseBase:
    """The inbox, at the address that the navigation leads to; of a position, where `boite` says so."""
    inbox_shown = read_side(request, open_named(request)).find(None)
    if inbox_shown is None:
        raise Gone
    return _show(request, inbox_shown.id)


@require_safe
@signed_in
def mailbox(request: HttpRequest, mailbox_id: int) -> HttpResponseBase:
    """Any folder."""
    return _show(request, MailboxId(mailbox_id))


def _show(request: HttpRequest, mailbox_id: MailboxId) -> HttpResponseBase:
    account = open_mail_of_folder(request, mailbox_id)
    side = read_side(request, account, mailbox_id)
    current = side.get(mailbox_id)
    unseen_only = request.GET.get("non-lus") == "1"
    cursor = request.GET.get("page") or None
    page = list_messages(account, mailbox_id, cursor=cursor, limit=PAGE_LINES, unseen_only=unseen_only)
    lines = show_lines(page.summaries, is_outgoing=current.is_outgoing, is_draft=current.is_drafts and side.position is None)
    context = {
        "side": side, "current": current, "page": page, "lines": lines, "unseen_only": unseen_only,
        "first": page.position + 1, "last": page.position + len(lines), "undo": read_undo(request),
        "filter": "&non-lus=1" if unseen_only else "", "cursor": cursor or "",
    }  # fmt: skip
    return render(request, "mail/mailbox.html", context)
