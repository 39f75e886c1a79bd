"""« Signaler un hameçonnage »: one click, from a message or from the list; thanks at once, and it can be undone."""

from collections.abc import Callable

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
from corneille.mail.open_position import PositionRightMissing
from corneille.mail.values import MailAccount
from corneille.people.position_right import PositionRight
from corneille.protection.report import Junked, TooManyReports, put_into_junk, report_message


@require_POST
@signed_in
def report(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """The message that is open."""
    mail, may_move = _open(open_mail_of_message, request, message_id)
    home = get_message(mail, MessageId(message_id)).mailbox
    return _report(request, mail, home, [MessageId(message_id)], may_move=may_move)


@require_POST
@signed_in
def report_chosen(request: HttpRequest, mailbox_id: int) -> HttpResponseBase:
    """Those chosen in a list."""
    numbers = [parse_number(text) for text in request.POST.getlist("uid")[:SELECTED]]
    uids = sorted({Uid(number) for number in numbers if number is not None})
    mail, may_move = _open(open_mail_of_folder, request, mailbox_id)
    mailbox = get_mailbox(mail, MailboxId(mailbox_id)).id
    slices = fetch(mail, mailbox, [(uid, uid) for uid in uids])
    chosen = [row.id for some in slices for row in some]
    if not chosen:
        messages.warning(request, _now("No message was selected."))
        return redirect("mail:mailbox", mailbox)
    return _report(request, mail, mailbox, chosen, may_move=may_move)


def _open(
    gate: Callable[[HttpRequest, int, PositionRight], MailAccount], request: HttpRequest, number: int
) -> tuple[MailAccount, bool]:
    """The mail, and whether its reader may move what is there: to report, it is enough to read."""
    try:
        return gate(request, number, PositionRight.WRITE), True
    except PositionRightMissing:
        return gate(request, number, PositionRight.READ), False


def _report(
    request: HttpRequest, mail: MailAccount, home: MailboxId, chosen: list[MessageId], *, may_move: bool
) -> HttpResponseBase:
    account, now = account_of(request), clock.now()
    junked: list[Junked] = []
    count, beyond_count = 0, 0
    for message in chosen:
        try:
            try:
                moved = report_message(account, mail, message, now, may_move=may_move)
                count += 1
            except TooManyReports:
                beyond_count += 1
                moved = put_into_junk(mail, message) if may_move else None
        except Gone:  # it went meanwhile, in another window
            continue
        junked += [moved] if moved is not None else []
    if beyond_count:
        messages.warning(request, _tell_beyond(beyond_count, may_move=may_move))
    if count:
        told, uids = _thank(count, may_move=may_move), tuple(uid for each in junked for uid in each.uids)
        if uids:
            keep_undo(request, Undo(junked[0].junk, home, uids, told))
        else:
            messages.success(request, told)
    return redirect("mail:mailbox", home)


def _thank(count: int, *, may_move: bool) -> str:
    if may_move:
        told = ngettext(
            "Thank you: the message is reported and lies in Junk. You will be told what it was.",
            "Thank you: the %(count)d messages are reported and lie in Junk. You will be told what they were.",
            count,
        )
    else:
        told = ngettext(
            "Thank you: the message is reported, and you will be told what it was. It stays here, for others file this "
            "mail.",
            "Thank you: the %(count)d messages are reported, and you will be told what they were. They stay here, for "
            "others file this mail.",
            count,
        )
    return told % {"count": count}


def _tell_beyond(count: int, *, may_move: bool) -> str:
    if may_move:
        told = ngettext(
            "You have reported very many messages today: %(count)d went to Junk without a report. The officers know of it.",
            "You have reported very many messages today: %(count)d went to Junk without a report. The officers know of it.",
            count,
        )
    else:
        told = ngettext(
            "You have reported very many messages today: %(count)d is not reported. The officers know of it.",
            "You have reported very many messages today: %(count)d are not reported. The officers know of it.",
            count,
        )
    return told % {"count": count}
