"""Proof of takeover: whoever is in reads nothing more, at once; the owner comes in by what was theirs before."""

from datetime import timedelta

import pytest

from corneille.access.app_password import create_app_password, list_app_passwords
from corneille.access.attempt import Attempt
from corneille.access.connection import Hold
from corneille.access.containment import find_step, let_go
from corneille.access.cut_off import cut_off
from corneille.access.decide import Granted, Refused
from corneille.access.factor import list_enrolled, make_sheet
from corneille.access.facts import Containment
from corneille.access.hasher import Hasher
from corneille.access.hold import still_holds
from corneille.access.models import RecoveryContact
from corneille.access.not_me import disown, make_link, read_link
from corneille.access.one_time_code import make_code
from corneille.access.password import set_password
from corneille.access.reason import Reason
from corneille.access.recovery_contact import drop_contact, import_contact, list_contacts
from corneille.access.reset import finish_reset, prove_reset
from corneille.kernel import journal
from corneille.kernel.outbox import list_notices
from corneille.kernel.refusal import Gone
from corneille.people.find import Person

from .conftest import NOW, PASSWORD, Try

MONTH, DAY, HOUR, MINUTE = timedelta(days=30), timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NEW = "panier-orage-kayak-27"
OFFICER = "Nadia Benali"


def add_contact(person: Person, address: str, ago: timedelta) -> int:
    at = NOW - ago
    row = RecoveryContact.objects.create(account_id=person.id, address=address, added_at=at, verified_at=at + MINUTE)
    return int(row.pk)


def close(person: Person) -> None:
    cut_off(person.id, NOW, by=OFFICER, actor="cli")


def proves(ticket: str) -> bool:
    link = read_link(ticket, NOW)
    return link is not None and link.is_proof


def reason_of(attempt: Try, secret: str, door: str) -> Reason:
    decision = attempt(secret, door=door).decision
    assert isinstance(decision, Refused)
    return decision.reason


@pytest.mark.parametrize("door", ["web", "imap", "submission", "dav"])
def test_the_password_opens_nothing_more_and_says_why(zoe: Person, attempt: Try, door: str) -> None:
    assert isinstance(attempt(PASSWORD, door=door).decision, Granted)
    close(zoe)
    assert reason_of(attempt, PASSWORD, door) is Reason.TAKEN_OVER
    assert reason_of(attempt, "devinette", door) is Reason.WRONG, "nothing is told to who does not have it"


def test_programs_are_cut_off_at_once(zoe: Person, attempt: Try) -> None:
    _id, secret = create_app_password(zoe.id, "Thunderbird", frozenset({"imap"}), NOW)
    holds = [attempt(each, door="imap").hold for each in (PASSWORD, secret)]
    assert all(isinstance(each, Hold) and still_holds(each, None, NOW) for each in holds)
    close(zoe)
    assert not any(isinstance(each, Hold) and still_holds(each, None, NOW) for each in holds)
    assert list_app_passwords(zoe.id) == []
    assert reason_of(attempt, secret, "imap") is Reason.REVOKED


def test_what_was_set_lately_goes_and_what_was_removed_lately_comes_back(zoe: Person) -> None:
    old = add_contact(zoe, "zoe@example.org", MONTH)
    make_sheet(zoe.id, "printed", NOW - MONTH)
    drop_contact(zoe.id, old, NOW - HOUR)
    add_contact(zoe, "voleur@example.net", HOUR)
    make_sheet(zoe.id, "recovery-code", NOW - HOUR)
    close(zoe)
    assert [each.address for each in list_contacts(zoe.id)] == ["zoe@example.org"]
    assert list_enrolled(zoe.id) == ("printed",)


@pytest.mark.parametrize(
    ("dropped_ago", "is_at_home", "trace_ago", "is_back"),
    [
        (2 * DAY, True, None, False),  # the owner's wish, before anybody came
        (2 * DAY, True, HOUR, False),
        (2 * DAY, True, 3 * DAY, True),  # somebody may have been in already
        (HOUR, True, None, True),  # perhaps on the owner's own computer
        (2 * DAY, False, None, True),  # on a device of yesterday, which may be the thief's
    ],
)  # fmt: skip
def test_a_contact_that_its_owner_removed_before_the_takeover_stays_removed(
    zoe: Person, dropped_ago: timedelta, is_at_home: bool, trace_ago: timedelta | None, is_back: bool
) -> None:
    contact = add_contact(zoe, "ancienne@example.org", MONTH)
    drop_contact(zoe.id, contact, NOW - dropped_ago, is_at_home=is_at_home)
    if trace_ago is not None:
        create_app_password(zoe.id, "voleur", frozenset({"imap"}), NOW - trace_ago)
    close(zoe)
    assert bool(list_contacts(zoe.id)) is is_back


def test_a_contact_that_came_from_the_directory_stays_however_new(zoe: Person) -> None:
    import_contact(zoe.id, "zoe@example.org", NOW - HOUR, actor="cli")
    add_contact(zoe, "voleur@example.net", HOUR)
    close(zoe)
    (kept,) = list_contacts(zoe.id)
    assert kept.address == "zoe@example.org"
    assert proves(make_link(zoe.id, NOW, contact=kept.id).rpartition("/")[2])


def test_a_recovery_code_of_before_sets_a_new_password_and_the_repair_ends_it(zoe: Person, attempt: Try) -> None:
    codes = make_sheet(zoe.id, "recovery-code", NOW - MONTH)
    close(zoe)
    later = NOW + HOUR
    outcome = prove_reset(Attempt("reset", zoe.identifier, codes[0], "192.0.2.7", None, "", later))
    assert outcome.ticket is not None, outcome
    finish_reset(outcome.ticket, NEW, later)
    assert find_step(zoe.id) is Containment.HOLD_SENDING, "until it is repaired"
    assert let_go(zoe.id, later, by="owner")
    assert isinstance(attempt.later(hours=1)(NEW, door="imap").decision, Granted)


def test_it_is_told_and_journaled_by_name(zoe: Person) -> None:
    close(zoe)
    assert {"taken-over", "sending-held"} <= {each.code for each in list_notices(zoe.id, NOW + HOUR)}
    (line,) = [each for each in journal.list_lines(zoe.id, 20) if each.action == "cut-off"]
    assert (line.actor, line.data["name"]) == ("cli", OFFICER)


@pytest.mark.parametrize(("ago", "is_void"), [(MONTH, True), (HOUR, False)])
def test_the_link_at_a_contact_that_was_there_before_is_proof_and_no_other(
    zoe: Person, attempt: Try, ago: timedelta, is_void: bool
) -> None:
    contact = add_contact(zoe, "zoe@example.org", ago)
    attempt.later(days=-9)(PASSWORD, door="imap")
    ticket = make_link(zoe.id, NOW, contact=contact).rpartition("/")[2]
    assert proves(ticket) is is_void
    disown(ticket, NOW)
    decision = attempt(PASSWORD, door="imap").decision
    assert isinstance(decision, Refused) is is_void


def test_the_link_in_the_mailbox_which_a_thief_reads_too_voids_no_password(zoe: Person, attempt: Try) -> None:
    add_contact(zoe, "zoe@example.org", MONTH)
    attempt.later(days=-9)(PASSWORD, door="imap")
    disown(make_link(zoe.id, NOW).rpartition("/")[2], NOW)
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted), "where its owner reads"
    assert isinstance(attempt(PASSWORD, door="imap", address="203.0.113.77").decision, Refused), "and nowhere else"


def test_a_new_password_is_not_void(zoe: Person, attempt: Try) -> None:
    close(zoe)
    set_password(zoe.id, NEW, NOW + HOUR)
    assert isinstance(attempt.later(hours=2)(NEW, door="imap").decision, Granted)


def test_a_reset_proved_before_sets_no_password_after(zoe: Person) -> None:
    codes = make_sheet(zoe.id, "recovery-code", NOW - MONTH)
    outcome = prove_reset(Attempt("reset", zoe.identifier, codes[0], "192.0.2.7", None, "", NOW))
    assert outcome.ticket is not None
    close(zoe)
    with pytest.raises(Gone):
        finish_reset(outcome.ticket, NEW, NOW)


def test_a_code_that_was_sent_to_the_thief_before_proves_nothing_after(zoe: Person) -> None:
    code = make_code(zoe.id, "reset", NOW, HOUR)
    close(zoe)
    outcome = prove_reset(Attempt("reset", zoe.identifier, code, "192.0.2.7", None, "", NOW))
    assert isinstance(outcome.decision, Refused)


def test_a_link_of_before_is_good_no_more_and_one_of_after_is(zoe: Person) -> None:
    ticket = make_link(zoe.id, NOW).rpartition("/")[2]
    close(zoe)
    assert read_link(ticket, NOW) is None
    assert read_link(make_link(zoe.id, NOW).rpartition("/")[2], NOW) is not None


@pytest.mark.parametrize("old", [None, PASSWORD])
def test_a_password_that_was_being_set_meanwhile_is_not_set(
    zoe: Person, attempt: Try, monkeypatch: pytest.MonkeyPatch, old: str | None
) -> None:
    hash_it = Hasher.hash

    def close_meanwhile(self: Hasher, secret: bytes) -> str:
        close(zoe)
        return hash_it(self, secret)

    monkeypatch.setattr(Hasher, "hash", close_meanwhile)
    with pytest.raises(Gone):
        set_password(zoe.id, NEW, NOW, old=old)
    assert reason_of(attempt, PASSWORD, "web") is Reason.TAKEN_OVER


def test_who_proved_the_password_just_before_sets_no_other(zoe: Person) -> None:
    close(zoe)
    with pytest.raises(Gone):
        set_password(zoe.id, NEW, NOW, old=PASSWORD)
