"""A forgotten password: a code goes to every verified recovery contact, and with it a new password may be chosen.

Asking writes the same row and takes the same time whether the identifier is anybody's; the codes are made afterwards, by
upkeep. The code is a proof of identity like any other: it goes through the guard (door "reset") and leaves an attempt
row. A new password unlocks at once.
"""

from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from corneille.access.attempt import Attempt, Judged, Outcome, format_row
from corneille.access.attempt_log import log
from corneille.access.decide import Granted, NeedsFactor, decide
from corneille.access.facts import Facts, Proof
from corneille.access.gather import NOBODY, Case, gather
from corneille.access.models import ResetAsked, WrongSecret
from corneille.access.one_time_code import make_code, use_code
from corneille.access.password import set_password
from corneille.access.recovery_contact import SEALED_CODE, list_contacts
from corneille.access.reference import make_reference
from corneille.access.secret import is_sound
from corneille.access.settings import current_policy
from corneille.access.ticket import make_ticket, read_ticket
from corneille.access.wrong_secret import hash_unknown
from corneille.kernel import journal, outbox, wake
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.kernel.seal import seal
from corneille.people.account_type import AccountState, is_person
from corneille.people.find import find_person, find_standing

DOOR = "reset"
PURPOSE = "reset"
TOPIC = "access/reset"
CODE_LASTS = timedelta(minutes=30)
TICKET_LASTS = timedelta(minutes=15)
ASK_AGAIN = timedelta(minutes=1)
"""Between two codes for one account: nobody floods a person's other mailbox."""


def ask_reset(identifier: str, now: datetime) -> None:
    """Notes that somebody asked; says nothing about whether the identifier is anybody's."""
    standing = find_standing(identifier) if is_sound(identifier, "-") else None
    ResetAsked.objects.create(account=standing.account if standing else None, asked_at=now)
    if wake.is_installed():
        wake.current().send(TOPIC)


def answer_resets(now: datetime) -> int:
    """Makes and sends the codes that were asked for; gives how many accounts were answered."""
    count = 0
    for row in list(ResetAsked.objects.order_by("pk")[:500]):
        with transaction.atomic():
            if ResetAsked.objects.filter(pk=row.pk).delete()[0] and row.account is not None:
                count += _send_codes(AccountId(row.account), now)
    return count


def prove_reset(attempt: Attempt) -> Outcome:
    """Takes the code that arrived at a contact (`attempt.secret`); granted, `ticket` lets one choose a password."""
    case = Case(attempt, current_policy(), Facts(DOOR, Proof.PENDING))
    with ExitStack() as held:
        if not is_sound(attempt.identifier, attempt.secret):
            case.facts = replace(case.facts, is_input_sound=False)
        else:
            gather(case, held)
            if isinstance(decide(case.facts, case.policy, attempt.now), NeedsFactor):
                _check_code(case)
        decision = decide(case.facts, case.policy, attempt.now)
        reference = make_reference()
        unknown = hash_unknown(attempt.identifier) if case.standing is None and case.facts.is_input_sound else ""
        method = Proof.RECOVERY.value if case.facts.proof is Proof.RECOVERY else ""
        log.write(format_row(attempt, Judged(decision, reference, method, case.account, unknown)), case.wrong)
    if not isinstance(decision, Granted) or case.account is None:
        return Outcome(decision, None, reference)
    ticket = make_ticket(PURPOSE, case.account, case.serial, attempt.now)
    return Outcome(decision, case.account, reference, ticket=ticket)


def finish_reset(ticket: str, new: str, now: datetime) -> AccountId:
    """Sets the new password and tells every contact. Raises Gone (too late), PasswordRefused."""
    account = read_ticket(PURPOSE, ticket, now, TICKET_LASTS)
    if account is None:
        raise Gone(ticket="reset")
    set_password(account, new, now)
    journal.append("password-reset", actor=name_actor(account), subject=account, data={}, now=now)
    outbox.add_notice(account, "password-reset", {}, now, key=f"password-reset/{account}/{now.timestamp()}")
    return account


def _check_code(case: Case) -> None:
    assert case.pair is not None
    attempt = case.attempt
    if use_code(case.account or NOBODY, PURPOSE, attempt.secret, attempt.now):
        case.facts = replace(case.facts, proof=Proof.RECOVERY)
        return
    case.facts = replace(case.facts, proof=Proof.WRONG)
    case.wrong = WrongSecret(
        subject=case.pair.subject, source=case.pair.source, digest=case.digest, serial=case.serial, at=attempt.now
    )


def _send_codes(account: AccountId, now: datetime) -> int:
    person = find_person(account)
    if person is None or person.state is not AccountState.ACTIVE or not is_person(person.type):
        return 0
    contacts = [each for each in list_contacts(account) if each.is_verified]
    minute = int(now.timestamp() // ASK_AGAIN.total_seconds())
    if not contacts or not outbox.is_new(f"reset-code/{account}/{minute}/{contacts[0].id}"):
        return 0
    code = make_code(account, PURPOSE, now, CODE_LASTS)
    for contact in contacts:
        told: dict[str, outbox.Told] = {"contact": contact.id, "sealed_code": seal(SEALED_CODE, code.encode())}
        outbox.add_notice(account, "reset-code", told, now, key=f"reset-code/{account}/{minute}/{contact.id}")
    return 1
