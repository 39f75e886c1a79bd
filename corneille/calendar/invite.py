"""Invites colleagues to an event: who is invited stands in it, and each is told by mail (iMIP, RFC 6047)."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from secrets import token_hex

from corneille.calendar.host import find_host, fold_addresses, may_speak_for
from corneille.calendar.level import Level
from corneille.calendar.list_objects import find_by_uid
from corneille.calendar.open_calendar import CalendarOpen
from corneille.calendar.put_object import Expected, put_object
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.people.account_type import is_person
from corneille.people.find import Person, find_account, find_person
from corneille.transport.compose import SUBJECT_CHARS, Correspondent, make_address
from corneille.transport.submit import submit
from corneille.transport.values import Envelope
from corneille.wire.ical.guests import Guest, Guests, Method, State, ask_anew, format_message, put_guests, read_guests
from corneille.wire.ical.occurrence import take_occurrence

GUESTS = 100
"""The most for one event from a page: a whole school meets by its agenda, not by invitations."""


class InvitationRefused(Refusal):
    """Nobody is invited so; data["reason"]: "unknown" or "self" (data["typed"]), "too-many", "not-yours" (somebody else
    invites to it), "elsewhere" (it stays in an agenda of who invites to it), "not-invited"."""

    code = "invitation-refused"


@dataclass(frozen=True, slots=True)
class Words:
    """What a message says to people; programs read the event beside it."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What of an event is changed: one occurrence of a series, or (None) all of it.

    is_moved  it takes place at another time: who comes has to say so again
    """

    recurrence: date | datetime | None = None
    is_moved: bool = False


WHOLE = Touched()


@dataclass(frozen=True, slots=True)
class Changed:
    """Who is to be told of it, each of what; and those to whom it is to be cancelled."""

    told: tuple[tuple[bytes, tuple[str, ...]], ...]
    left_out: tuple[str, ...]


def find_guests(account: AccountId, typed: Sequence[str], former: Sequence[Guest] = ()) -> tuple[Guest, ...]:
    """The colleagues whom these identifiers and addresses mean, each once. Raises InvitationRefused.

    former  who is invited already, by another program perhaps and from anywhere: they may stay
    """
    known, found = {each.address: each for each in former}, dict[str, Guest]()
    for each in typed:
        if each.lower() in known:
            found.setdefault(each.lower(), known[each.lower()])
            continue
        person = find_account(each)
        if person is None or not is_person(person.type) or not person.addresses:
            raise InvitationRefused(reason="unknown", typed=each)
        if person.id == account:
            raise InvitationRefused(reason="self", typed=each)
        written = each.strip().lower()
        address = written if written in fold_addresses(person) else person.principal_address.lower()
        found.setdefault(address, Guest(address, person.display_name))
    if len(found) > GUESTS:
        raise InvitationRefused(reason="too-many", limit=GUESTS)
    return tuple(found.values())


def list_guests(calendar: CalendarOpen, uid: str, recurrence: date | datetime | None = None) -> Guests:
    """Who is invited to an event, or to one occurrence of it, and what they say. Raises Gone, RightMissing."""
    return read_guests(find_by_uid(calendar, uid).content, recurrence)


def may_invite(calendar: CalendarOpen, guests: Guests) -> bool:
    """Whether it is this person's to say who is invited: nobody invites to it yet, they do, or who they act for does."""
    return find_host(calendar, guests) is not None


def set_guests(
    calendar: CalendarOpen, uid: str, people: Sequence[Guest], now: datetime, touched: Touched
) -> Changed:
    """From now on exactly these are invited, to one occurrence or all; who stays keeps their answer, unless it was moved.

    raises  Gone, RightMissing, Stale, ObjectRefused, InvitationRefused
    """
    calendar.need(Level.WRITE)
    kept = find_by_uid(calendar, uid)
    former = read_guests(kept.content, touched.recurrence)
    host = find_host(calendar, former)
    if host is None:
        raise InvitationRefused(reason="not-yours")
    content = put_guests(kept.content, find_organiser(host), people, touched.recurrence)
    pending = list_pending(content) if touched.recurrence is not None else frozenset()
    if touched.is_moved:
        content = ask_anew(content, touched.recurrence)
    put_object(calendar, kept.name, content, now, Expected(frozenset({kept.etag})))
    invited = [each.address for each in people]
    told = _split(content, invited, pending, touched.recurrence)
    return Changed(told, tuple(sorted({each.address for each in former.people} - set(invited))))


def list_pending(content: bytes) -> frozenset[str]:
    """Who has not answered the series yet."""
    return frozenset(each.address for each in read_guests(content).people if each.state is State.SILENT)


def _split(
    content: bytes, invited: Sequence[str], pending: Collection[str], recurrence: date | datetime | None
) -> tuple[tuple[bytes, tuple[str, ...]], ...]:
    """Of one occurrence alone hears who has the series; who has not answered that yet is asked for all of it as it is."""
    if recurrence is None:
        return ((content, tuple(invited)),)
    return (
        (content, tuple(each for each in invited if each in pending)),
        (take_occurrence(content, recurrence), tuple(each for each in invited if each not in pending)),
    )


def change_guests(standing: Sequence[Guest], shown: Sequence[Guest], typed: Sequence[Guest]) -> tuple[Guest, ...]:
    """Those who stand, with the difference between who was shown and who was typed in their place."""
    dropped = {each.address for each in shown} - {each.address for each in typed}
    people = {each.address: each for each in (*typed, *standing) if each.address not in dropped}
    return tuple(people.values())


def find_organiser(account: AccountId) -> Guest:
    """The person as an event names them. Raises Gone."""
    person = _find_writer(account)
    return Guest(person.principal_address, person.display_name)


def send_event(account: AccountId, to: Sequence[str], content: bytes, method: Method, words: Words, now: datetime) -> None:
    """Sends an event to its guests, or what a guest says to the organiser.

    raises  InvitationRefused ("not-yours": its organiser has not given the right to act for them), Gone; what `submit`
            refuses
    """
    if not to:
        return
    organiser = read_guests(content).organiser
    if method is not Method.REPLY and not may_speak_for(account, organiser, now):
        raise InvitationRefused(reason="not-yours")
    person = _find_writer(account)
    sent_by = "" if organiser in fold_addresses(person) else person.principal_address
    message = EmailMessage(policy=SMTP)
    message["From"] = make_address(Correspondent(person.display_name, person.principal_address), "from")
    message["To"] = [make_address(Correspondent("", each), "to") for each in to]
    message["Subject"] = _clean(words.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{token_hex(16)}@{person.principal_address.rpartition('@')[2]}>"
    message.set_content(words.text)
    event = content if method is Method.REPLY else format_message(content, method, now, sent_by)
    message.add_alternative(event, maintype="text", subtype="calendar", params={"method": method.value, "charset": "utf-8"})
    envelope = Envelope(person.principal_address, tuple(to), is_utf8=any(not each.isascii() for each in to))
    submit(account, envelope, message.as_bytes(), now).result()


def _clean(subject: str) -> str:
    """On one line, as a header must be, whatever a program wrote in the title."""
    spaced = "".join(" " if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} else each for each in subject)
    return " ".join(spaced.split())[:SUBJECT_CHARS]


def _find_writer(account: AccountId) -> Person:
    person = find_person(account)
    if person is None or not person.addresses:
        raise Gone(account=account)
    return person
