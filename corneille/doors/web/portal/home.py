"""The first page after signing in: what is new, and where to go."""

from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corneille.access.activity import list_attempts
from corneille.access.app_password import list_app_passwords
from corneille.access.factor_policy import find_start
from corneille.access.not_me import make_links
from corneille.access.reason import Restriction
from corneille.classes.gate import list_places
from corneille.doors.web.person import account_of, person_of, signed_in
from corneille.doors.web.portal.cards import read_cards
from corneille.doors.web.portal.factor_shares import DUTIES
from corneille.doors.web.portal.first_steps import count_left
from corneille.doors.web.portal.next_events import list_next
from corneille.doors.web.portal.services import list_usable
from corneille.doors.web.portal.words import is_refused
from corneille.doors.web.settings import Web
from corneille.doors.web.steps import restrictions_of
from corneille.kernel import clock, settings
from corneille.kernel.ids import AccountId
from corneille.kernel.outbox import NoticeShown
from corneille.kernel.refusal import Gone
from corneille.kernel.today import today
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.open_position import list_position_mail
from corneille.mail.values import Mailbox
from corneille.notices.deliver import list_for_portal
from corneille.notices.told_by_code import NOT_ME
from corneille.notices.words import Words
from corneille.people.decide import Duty, decide_scope
from corneille.people.scope import find_asker
from corneille.protection.incident import count_to_judge
from corneille.support.queue import count_new

RECENT_ATTEMPTS = 20
NOTICES_SHOWN = 5


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponseBase:
    """Cards for mail, sign-ins and mail programs."""
    account = account_of(request)
    person = person_of(request)
    assert person is not None
    asker = find_asker(account, today(clock.now()))
    attempts, app_password_count = list_attempts(account, RECENT_ATTEMPTS), len(list_app_passwords(account))
    context = {
        "next_events": list_next(account, clock.now()),
        "unread_count": _count_unread(account),
        "position_inboxes": _list_position_inboxes(account),
        "refused": [each for each in attempts if is_refused(each)][:1],
        "last": attempts[1] if len(attempts) > 1 else None,
        "steps_left": count_left(account, app_password_count, clock.now()),
        "app_password_count": app_password_count,
        "notices": _list_notices(account, clock.now()),
        "is_sending_held": Restriction.SENDING_HELD in restrictions_of(request),
        "offers_factor": Restriction.ENROL_FACTOR in restrictions_of(request),
        "factor_duty_is_offer": find_start(account, person.type, today(clock.now())) is None,
        "keeps_classes": bool(list_places(account, clock.now())),
        "manages": bool(decide_scope(asker, Duty.LOOK_AFTER)),
        "reads_factor_shares": any(decide_scope(asker, duty) for duty in DUTIES),
        "protects_data": bool(decide_scope(asker, Duty.PROTECT_DATA)),
        "to_judge_count": count_to_judge(account, clock.now()),
        "new_request_count": count_new(account, clock.now()),
        **read_cards(account),
        "services": list_usable(account, get_language() or "fr"),
        "catcher_url": settings.of(Web).catcher_url,
    }
    return render(request, "portal/home.html", context)


def _list_notices(account: AccountId, now: datetime) -> list[tuple[NoticeShown, Words, str]]:
    """What is not read yet, in words, each with the link « it was not me » where its message has one."""
    shown = list_for_portal(account, now, get_language() or "fr")[:NOTICES_SHOWN]
    links = make_links(account, (notice.at for notice, _told in shown if notice.code in NOT_ME), now)
    return [(notice, told, links.get(notice.at, "") if notice.code in NOT_ME else "") for notice, told in shown]


def _count_unread(account: AccountId) -> int | None:
    """Unread messages of the inbox; None for those who have no mail of their own."""
    try:
        inbox = find_mailbox(open_mail_account(account), "INBOX")
    except Gone:
        return None
    return inbox.unseen_count if inbox is not None else None


def _list_position_inboxes(account: AccountId) -> list[tuple[str, Mailbox]]:
    """Of each position whose mail this person reads today: its name, and what is unread there to them."""
    found = [(each.position.label, find_mailbox(each.mail, "INBOX")) for each in list_position_mail(account, clock.now())]
    return [(label, inbox) for label, inbox in found if inbox is not None]
