"""Somebody who cannot sign in asks for help: by a reference code, an identifier, an address or a NUMEN, and a few words.

Asking answers the same and costs the same whoever is meant, as a forgotten password does (`access/reset`): upkeep files the
request afterwards. What is nobody's is kept nowhere, and what is too much for one account is dropped without a word, as a
word would tell that the account is there; the page names the other way to reach support beforehand.

Nobody has proved to be anybody: whoever answers reads so, the person is told at once, and each answer goes to the contacts
that the person verified, never to who asked.
"""

from datetime import datetime, timedelta

from django.db import transaction

from corneille.access.activity import find_owner_of
from corneille.access.network import format_network
from corneille.access.reference import parse_reference
from corneille.access.secret import is_sound
from corneille.kernel import wake
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.people.account_type import is_person
from corneille.people.find import find_standing, find_standing_of
from corneille.support.decide import OPEN, Act
from corneille.support.models import HelpAsked, RequestStep, SupportRequest
from corneille.support.open_request import DAY, UNPROVED, NewRequest, add_request
from corneille.support.reply import hold
from corneille.support.route import Matter
from corneille.support.settings import Support
from corneille.support.step import RequestRefused, advance, check_text
from corneille.support.tell import tell_agents, tell_person

TOPIC = "support/unproved"
HOUR = timedelta(hours=1)
AT_ONCE = 200


def ask_unproved(who: str, text: str, now: datetime, *, network_address: str, cause: str = "") -> None:
    """Notes that somebody asks; says nothing about whether `who` is anybody. Raises RequestRefused ("text", "network")."""
    told, network = check_text(text), format_network(network_address)
    recent = HelpAsked.objects.filter(network=network, asked_at__gt=now - HOUR).count()
    if recent >= of(Support).unproved_per_network_and_hour_count:
        raise RequestRefused(reason="network")
    reference = parse_reference(who) or ""
    account = find_owner_of(reference) if reference else _find_account(who)
    HelpAsked.objects.create(
        account=account, network=network, asked_at=now, reference=reference, cause=cause,
        text=told if account is not None else " " * len(told),
    )  # fmt: skip
    if wake.is_installed():
        wake.current().send(TOPIC)


def file_unproved(now: datetime) -> int:
    """Makes requests of what was asked; gives how many were opened or added to."""
    count = 0
    for row in list(HelpAsked.objects.filter(filed_at=None).order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            emptied = {"filed_at": now, "text": "", "reference": "", "cause": ""}
            if HelpAsked.objects.filter(pk=row.pk, filed_at=None).update(**emptied) and row.account is not None:
                count += _file(AccountId(row.account), row, now)
    return count


def forget_asked(now: datetime) -> int:
    """Forgets from which networks help was asked for, once they no longer count; gives how many times."""
    return HelpAsked.objects.filter(asked_at__lt=now - HOUR).exclude(filed_at=None).delete()[0]


def _find_account(who: str) -> AccountId | None:
    standing = find_standing(who) if is_sound(who, "-") else None
    return standing.account if standing is not None else None


def _file(account: AccountId, asked: HelpAsked, now: datetime) -> bool:
    """A request of its own, or a word more on the one that waits: who was asked something answers by the same page."""
    standing = find_standing_of(account)
    if standing is None or not is_person(standing.type):
        return False
    written = RequestStep.objects.filter(request__account=account, account=None, is_agent=False, at__gt=now - DAY)
    if written.exclude(text="").count() >= of(Support).unproved_per_account_and_day_count:
        return False
    before = SupportRequest.objects.filter(account=account, origin=UNPROVED, state__in=OPEN).first()
    if before is not None:
        held = hold(account, before.pk, now)
        step = advance(held, Act.REPLY, now, by=None, is_agent=False, text=asked.text)
        tell_agents("request-added", held, step, now)
        return True
    new = NewRequest(Matter.SIGN_IN, "", reference=asked.reference, cause=asked.cause)
    row = add_request(account, new, asked.text, now, origin=UNPROVED)
    tell_person("request-unproved", row, RequestStep.objects.get(request=row), now)
    return True
