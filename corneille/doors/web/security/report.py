"""« Signaler un hameçonnage »: one click, from a message or from the list; thanks at once, and it can be undone."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from corneille.doors.web.mail.act import SELECTED
from corneille.doors.web.mail.gate import open_mail_of_folder, open_mail_of_message
from corneille.doors.web.mail.undo import Undo, keep_undo
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.ids import MailboxId, MessageId, Uid
from corneille.kernel.refusal import Gone
from corneille.mail.fetch import fetch, get_message
from corneille.mail.mailbox import get_mailbox
from corneille.mail.values import MailAccount
from corneille.people.position_right import PositionRight
from corneille.protection.report import Junked, TooManyReports, put_into_junk, report_message


@require_POST
@signed_in
def report(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """The message that is open."""
    mail = open_mail_of_message(request, message_id, PositionRight.WRITE)
    home = get_message(mail, MessageId(message_id)).mailbox
    return _report(request, mail, home, [MessageId(message_id)])


@require_POST
@signed_in
def report_chosen(request: HttpRequest, mailbox_id: int) -> HttpResponseBase:
    """Those chosen in a list."""
    numbers = [parse_number(text) for text in request.POST.getlist("uid")[:SELECTED]]
    uids = sorted({Uid(number) for number in numbers if number is not None})
    mail = open_mail_of_folder(request, mailbox_id, PositionRight.WRITE)
    mailbox = get_mailbox(mail, MailboxId(mailbox_id)).id
    slices = fetch(mail, mailbox, [(uid, uid) for uid in uids])
    chosen = [row.id for some in slices for row in some]
    if not chosen:
        messages.warning(request, _now("No message was selected."))
        return redirect("mail:mailbox", mailbox)
    return _report(request, mail, mailbox, chosen)


def _report(request: HttpRequest, mail: MailAccount, home: MailboxId, chosen: list[MessageId]) -> HttpResponseBase:
    account, now = account_of(request), clock.now()
    junked: list[Junked] = []
    for message in chosen:
        try:
            junked.append(report_message(account, mail, message, now))
        except TooManyReports:
            told_limit = _now("You have reported very many messages today: the others go to Junk without a report.")
            messages.info(request, told_limit)
            junked.append(put_into_junk(mail, message))
        except Gone:  # it went meanwhile, in another window
            continue
    uids = tuple(uid for each in junked for uid in each.uids)
    if junked:
        told = ngettext(
            "Thank you: the message is reported and lies in Junk. You will be told what it was.",
            "Thank you: the %(count)d messages are reported and lie in Junk. You will be told what they were.",
            len(junked),
        ) % {"count": len(junked)}
        if uids:
            keep_undo(request, Undo(junked[0].junk, home, uids, told))
        else:
            messages.success(request, told)
    return redirect("mail:mailbox", home)
