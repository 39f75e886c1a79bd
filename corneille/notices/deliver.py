"""Delivers what the outbox holds: into the person's own mailbox, and to each verified recovery contact through the queue.

A notice is told once by each channel, also when the process dies between two. Messages have the null reverse-path and
say that a machine wrote them (RFC 3834), so that nothing answers them.
"""

import logging
from datetime import datetime

from django.db import transaction

from corneille.access.not_me import make_link
from corneille.access.recovery_contact import SEALED_CODE, find_contact_address, list_verified
from corneille.kernel import outbox, wake
from corneille.kernel.ids import AccountId
from corneille.kernel.outbox import NoticeShown
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.seal import Unsealable, unseal
from corneille.kernel.settings import Ground, of, portal_address
from corneille.notices.models import Delivered
from corneille.notices.plain import Plain, format_plain
from corneille.notices.told_by_code import AT_HOME, NOT_ME
from corneille.notices.words import Words, add_link, format_words
from corneille.people.find import Person, find_person
from corneille.transport.deliver import deliver
from corneille.transport.queue import TOPIC, enqueue
from corneille.transport.recipient import find_recipient
from corneille.transport.values import Envelope, UnknownRecipient

logger = logging.getLogger(__name__)

MAILBOX = "mailbox"


def deliver_due(now: datetime) -> int:
    """Tells everything that is due; gives how many notices were told whole. What fails for a time is tried again."""
    count = 0
    for notice in outbox.list_due(now):
        person = find_person(notice.account)
        try:
            if person is not None:
                _tell(notice, person, now)
        except Refusal as refused:  # full disk, full mailbox for a time: the next turn goes on here
            logger.warning("notice waits", extra={"notice": notice.id, "why": refused.code})
            if refused.temporary:
                continue
        outbox.mark_told(notice.id, now)
        count += 1
    return count


def _tell(notice: NoticeShown, person: Person, now: datetime) -> None:
    data = dict(notice.data)
    sealed, contact = data.pop("sealed_code", None), data.pop("contact", None)
    if isinstance(sealed, str):
        try:
            data["code"] = unseal(SEALED_CODE, sealed).decode()
        except Unsealable:  # a key that was dropped meanwhile: the person asks for another code
            return
    words = format_words(notice.code, data, person.language)
    if isinstance(contact, int):
        address = find_contact_address(notice.account, contact)
        targets = [(f"contact/{contact}", address)] if address else []
    else:
        contacts = [] if notice.code in AT_HOME else list_verified(notice.account)
        targets = [(f"contact/{each.id}", each.address) for each in contacts]
        _file(notice, person, _add_link(notice, words, person, None, now), now)
    for channel, address in targets:
        number = int(channel.partition("/")[2])
        _queue(notice, person, channel, address, _add_link(notice, words, person, number, now), now)


def _add_link(notice: NoticeShown, words: Words, person: Person, contact: int | None, now: datetime) -> Words:
    """The link « it was not me », another one for each channel: what a recovery contact is sent proves more."""
    if notice.code not in NOT_ME:
        return words
    return add_link(words, f"{portal_address()}{make_link(notice.account, now, contact=contact)}", person.language)


def _file(notice: NoticeShown, person: Person, words: Words, now: datetime) -> None:
    """Into the person's own mailbox; who has none reads it in the portal and at the contacts."""
    if _is_told(notice.id, MAILBOX) or not person.principal_address:
        return
    try:
        recipient = find_recipient(person.principal_address)
    except (UnknownRecipient, Gone):
        return
    content = format_message(notice, person, person.principal_address, words, now)
    refused = deliver("", (recipient,), content, now, is_ours=True).result()[0]
    if refused is not None and refused.temporary:
        raise refused
    _mark(notice.id, MAILBOX, now)


def _queue(notice: NoticeShown, person: Person, channel: str, address: str, words: Words, now: datetime) -> None:
    if _is_told(notice.id, channel):
        return
    content = format_message(notice, person, address, words, now)
    reference = f"N{notice.id}C{channel.partition('/')[2]}"
    with transaction.atomic():  # in the queue and marked, or neither
        enqueue(Envelope("", (address,)), content, reference=reference, writer=None, now=now)
        _mark(notice.id, channel, now)
    wake.current().send(TOPIC)  # the relay may have looked before the transaction stood


def format_message(notice: NoticeShown, person: Person, address: str, words: Words, now: datetime) -> bytes:
    """The notice as a message (RFC 5322): plain text, who it is for, where to act, and no link that acts by itself."""
    greeting = {"fr": f"Bonjour {person.display_name},", "en": f"Hello {person.display_name},"}[person.language]
    where = {"fr": "Pour agir, ouvrez le portail :", "en": "To act, open the portal:"}[person.language]
    lines = [greeting, "", words.text, "", f"{where} {portal_address()}{words.path}", "", "-- ", of(Ground).academie]
    return format_plain(Plain(address, words.subject, "\n".join(lines), now, f"notice-{notice.id}"))


def _is_told(notice: int, channel: str) -> bool:
    return Delivered.objects.filter(notice=notice, channel=channel).exists()


def _mark(notice: int, channel: str, now: datetime) -> None:
    Delivered.objects.get_or_create(notice=notice, channel=channel, defaults={"at": now})


def list_for_portal(account: AccountId, now: datetime, language: str) -> list[tuple[NoticeShown, Words]]:
    """What the person has not read yet, in words, the newest first; what is meant for a contact alone is not theirs."""
    shown = [each for each in outbox.list_notices(account, now, limit=50) if each.seen_at is None]
    return [(each, format_words(each.code, each.data, language)) for each in shown if "contact" not in each.data]
