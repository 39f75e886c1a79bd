"""Whose mail a page opens: one's own, or that of a position that one has today. Every page of the webmail enters here.

Folders and messages have numbers that are nobody else's, so addresses say no more than that; a page without such a
number names the position by `boite`.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of
from corneille.kernel import clock
from corneille.kernel.ids import AccountId, MailboxId
from corneille.kernel.refusal import Gone
from corneille.mail.mailbox import get_mailbox
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.open_position import PositionMail, list_position_mail, note_opening, open_position
from corneille.mail.values import MailAccount, MailboxGone
from corneille.people.position_right import PositionRight

DOOR = "web"
FIELD = "boite"


def open_mail(request: HttpRequest) -> MailAccount:
    """The mail of the person who asks. Raises Gone when they have none."""
    return open_mail_account(account_of(request))


def open_named(request: HttpRequest, right: PositionRight = PositionRight.READ) -> MailAccount:
    """Their own, or that of the position that the address or the form names. Raises Gone, PositionRightMissing."""
    asked = (request.POST if request.method == "POST" else request.GET).get(FIELD, "")
    number = parse_number(asked)
    if number is None:
        return open_mail(request)
    return _enter(request, open_position(account_of(request), AccountId(number), clock.now()), right)


def go_to_named(request: HttpRequest, name: str) -> HttpResponseBase:
    """The page of this name, of the mail that the form was of."""
    number = parse_number(request.POST.get(FIELD, ""))
    response = redirect(name)
    if number is not None:
        response.headers["Location"] += f"?{FIELD}={number}"
    return response


def open_mail_of_message(
    request: HttpRequest, message_id: int, right: PositionRight = PositionRight.READ
) -> MailAccount:
    """The mail that a message is of. Raises Gone, also for somebody else's; PositionRightMissing."""
    own = open_mail(request)
    if message_id >> 32 == own.id:
        return own
    for each in list_position_mail(account_of(request), clock.now()):
        if message_id >> 32 == each.mail.id:
            return _enter(request, each, right)
    raise Gone(message=message_id)


def open_mail_of_folder(
    request: HttpRequest, mailbox_id: int, right: PositionRight = PositionRight.READ
) -> MailAccount:
    """The mail that a folder is of. Raises MailboxGone, also for somebody else's; PositionRightMissing."""
    own, mailbox = open_mail(request), MailboxId(mailbox_id)
    if _has(own, mailbox):
        return own
    for each in list_position_mail(account_of(request), clock.now()):
        if _has(each.mail, mailbox):
            return _enter(request, each, right)
    raise MailboxGone(mailbox=mailbox)


def _has(account: MailAccount, mailbox: MailboxId) -> bool:
    try:
        get_mailbox(account, mailbox)
    except MailboxGone:
        return False
    return True


def _enter(request: HttpRequest, opened: PositionMail, right: PositionRight) -> MailAccount:
    opened.check(right)
    note_opening(opened, account_of(request), DOOR, clock.now())
    return opened.mail
