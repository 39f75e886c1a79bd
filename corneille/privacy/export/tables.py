"""What a copy holds besides mail and agendas: tables of values, ready for JSON."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from corneille.access.charter import list_acceptances
from corneille.access.export import LIMIT, export_access
from corneille.access.recovery_contact import list_contacts
from corneille.access.rights import list_rights
from corneille.calendar.feed import list_feeds
from corneille.calendar.open_calendar import list_calendars
from corneille.calendar.share import list_shares
from corneille.kernel.ids import AccountId
from corneille.kernel.outbox import list_notices
from corneille.kernel.refusal import Gone
from corneille.mail.image_consent import list_image_senders
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.signature import list_signatures
from corneille.notices.card import list_all_cards
from corneille.notices.words import format_words
from corneille.people.assignment import list_assignments
from corneille.people.find import find_guessable, find_language, find_person
from corneille.privacy.register import list_kept
from corneille.protection.incident import list_own
from corneille.sso.sign_on import list_sign_ons
from corneille.support.export import export_requests

Row = dict[str, object]
Table = Callable[[AccountId, datetime], object]


def _list_signatures(account: AccountId) -> Row:
    try:
        return dict(list_signatures(open_mail_account(account)))
    except Gone:
        return {}


def tell_account(account: AccountId, now: datetime) -> Row:
    """Who the person is here, where they work, what they may, where they are reached."""
    person = find_person(account)
    if person is None:
        raise Gone(account=account)
    return {
        "person": {**asdict(person), "birth_on": find_guessable(account).birth_on},
        "assignments": [asdict(each) for each in list_assignments(account, now.date())],
        "recovery_contacts": [asdict(each) for each in list_contacts(account)],
        "rights": [asdict(each) for each in list_rights(account, person.type, now)],
        "charter": [{"version": version, "accepted_at": at} for version, at in list_acceptances(account)],
        "images_shown_from": _list_image_senders(account),
        "signatures": _list_signatures(account),
    }


def tell_access(account: AccountId, now: datetime) -> Row:
    """Sign-ins, sessions, devices, programs, the journal of the account, services visited."""
    visits = list_sign_ons(account, LIMIT)
    services = [{"service": each.slug, "name": each.name, "at": each.at} for each in visits]
    return {**export_access(account, now), "services": services}


def tell_notices(account: AccountId, now: datetime) -> Row:
    """What Corneille told the person, and what other services did, in their language."""
    language = find_language(account)
    told = []
    for each in list_notices(account, now, LIMIT):
        if "contact" not in each.data:  # meant for one recovery contact: it may hold a code on its way
            words = format_words(each.code, each.data, language)
            told.append({"at": each.at, "read_at": each.seen_at, "subject": words.subject, "text": words.text})
    return {"notices": told, "services": [asdict(each) for each in list_all_cards(account, language)]}


def tell_sharing(account: AccountId, now: datetime) -> list[Row]:
    """With whom the person's own agendas are shared, and their private addresses."""
    return [
        {
            "calendar": each.name,
            "shares": [asdict(share) for share in list_shares(each, now)],
            "private_addresses": [asdict(feed) for feed in list_feeds(each, now)],
        }
        for each in list_calendars(account, now)
        if each.kind == "own"
    ]


def tell_reports(account: AccountId, _now: datetime) -> Row:
    """Deceiving messages that the person reported, and those that came to them."""
    reported, received = list_own(account, find_language(account))
    return {"reported": [asdict(each) for each in reported], "received": [asdict(each) for each in received]}


def tell_requests(account: AccountId, _now: datetime) -> list[Row]:
    """What the person asked support, with the exchanges and the notes among agents."""
    return [asdict(each) for each in export_requests(account)]


def tell_kept(account: AccountId, _now: datetime) -> list[Row]:
    """The register of processing as it concerns the person."""
    language = find_language(account)
    return [
        {
            "processing": each.declared.name.say(language), "purpose": each.declared.purpose.say(language),
            "until": each.declared.say_until(language), "records": each.count,
        }
        for each in list_kept(account)
    ]  # fmt: skip


def _list_image_senders(account: AccountId) -> list[Row]:
    try:
        return [asdict(each) for each in list_image_senders(open_mail_account(account))]
    except Gone:
        return []  # who has no mail
