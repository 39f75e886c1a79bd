"""A forgotten password: a code goes to every verified recovery contact, and with it a new password may be chosen.

Asking writes the same row and takes the same time whether the identifier is anybody's; the codes are made afterwards, by
upkeep, within the bounds of `access/sent_code`: no stranger keeps a person from theirs, by asking or by typing wrong ones.
The code is a proof of identity like any other: it goes through the guard (door "reset") and leaves an attempt row. A new
password unlocks at once.
"""

from datetime import datetime, timedelta

from django.db import transaction

from corneille.access.attempt import Attempt, Outcome
from corneille.access.code_door import prove_code
from corneille.access.decide import Granted
from corneille.access.device import find_device
from corneille.access.factor import prove_factor
from corneille.access.facts import Proof, SecondProof
from corneille.access.gather import NOBODY, Case
from corneille.access.letter_code import read_letter_ticket
from corneille.access.models import ResetAsked
from corneille.access.network import format_address, format_network, is_declared
from corneille.access.one_time_code import RESET, UNLOCK, use_code
from corneille.access.passkey_sign_in import judge_passkey
from corneille.access.password import set_password
from corneille.access.secret import is_sound
from corneille.access.sent_code import Asker, send_code_asked
from corneille.access.settings import Access, current_policy
from corneille.access.ticket import make_ticket, read_ticket
from corneille.kernel import journal, outbox, wake
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.people.account_type import AccountState, is_person
from corneille.people.find import find_standing, find_standing_of

PURPOSE = RESET
TOPIC = "access/reset"
CODE_LASTS = timedelta(minutes=30)
TICKET_LASTS = timedelta(minutes=15)


def ask_reset(attempt: Attempt) -> datetime | None:
    """Notes that somebody asked; says nothing about whether the identifier is anybody's.

    Gives until when this network has asked too often, whoever was meant; a known device never has.
    """
    now, identifier = attempt.now, attempt.identifier
    standing = find_standing(identifier) if is_sound(identifier, "-") else None
    device = find_device(attempt.device, standing.account if standing else NOBODY, now)
    until = _find_slowed_until(attempt)
    if until is not None and device is None:
        return until
    ResetAsked.objects.create(
        account=standing.account if standing else None, asked_at=now, is_known_device=device is not None,
        network_address=format_address(attempt.network_address), network=format_network(attempt.network_address),
    )  # fmt: skip
    if wake.is_installed():
        wake.current().send(TOPIC)
    return None


def answer_resets(now: datetime) -> int:
    """Makes and sends the codes that were asked for; gives how many asks were answered by one."""
    count = 0
    for row in list(ResetAsked.objects.filter(is_answered=False).order_by("pk")[:500]):
        with transaction.atomic():
            if ResetAsked.objects.filter(pk=row.pk, is_answered=False).update(is_answered=True) and row.account is not None:
                asker = Asker(row.network_address, row.is_known_device, row.asked_at)
                count += _send_codes(AccountId(row.account), asker, now)
    return count


def prove_reset(attempt: Attempt) -> Outcome:
    """Takes the code that arrived at a contact (`attempt.secret`); granted, `ticket` lets one choose a password."""
    return prove_code(attempt, lambda _account: PURPOSE, _check)


def prove_reset_by_passkey(attempt: Attempt) -> Outcome:
    """Takes a passkey's answer (`attempt.secret`) in the place of a code; granted, `ticket` is the same."""
    case, decision, reference = judge_passkey(attempt)
    if not isinstance(decision, Granted) or case.account is None:
        return Outcome(decision, None, reference)
    ticket = make_ticket(PURPOSE, case.account, case.serial, attempt.now)
    return Outcome(decision, case.account, reference, ticket=ticket)


def finish_reset(ticket: str, new: str, now: datetime) -> AccountId:
    """Sets the new password and tells every contact. Raises Gone (too late, or a letter withdrawn), PasswordRefused."""
    read = _read(ticket, now)
    if read is None:
        raise Gone(ticket="reset")
    account, is_letter = read
    set_password(account, new, now, still=lambda: _read(ticket, now) is not None)
    data: dict[str, journal.Value] = {"way": "letter"} if is_letter else {}
    notice = "password-reset-by-letter" if is_letter else "password-reset"
    journal.append("password-reset", actor=name_actor(account), subject=account, data=data, now=now)
    outbox.add_notice(account, notice, {}, now, key=f"password-reset/{account}/{now.timestamp()}")
    return account


def _read(ticket: str, now: datetime) -> tuple[AccountId, bool] | None:
    """Whose it is, and whether a letter gave it; None: it is good no more."""
    account = read_ticket(PURPOSE, ticket, now, TICKET_LASTS)
    by_letter = read_letter_ticket(UNLOCK, ticket, now, TICKET_LASTS) if account is None else None
    found = account if by_letter is None else by_letter
    return None if found is None else (found, by_letter is not None)


def _check(case: Case) -> Proof:
    """A code that was sent, or one of the person's recovery codes: both are looked for, whoever is meant."""
    account, typed, now = case.account or NOBODY, case.attempt.secret, case.attempt.now
    is_sent = use_code(account, PURPOSE, typed, now, costs_try=False)
    is_right = is_sent or prove_factor(account, "recovery-code", typed, now) is SecondProof.RIGHT
    return Proof.RECOVERY if is_right else Proof.WRONG


def _find_slowed_until(attempt: Attempt) -> datetime | None:
    """Of this network, whoever was meant; asks that were refused count nowhere."""
    told, memory = of(Access), current_policy().spray_memory
    is_school = is_declared(attempt.network_address, told.declared_networks)
    after = told.declared_asks_after_count if is_school else told.asks_after_count
    rows = ResetAsked.objects.filter(network=format_network(attempt.network_address), asked_at__gt=attempt.now - memory)
    asked_at = list(rows.order_by("-asked_at").values_list("asked_at", flat=True)[:after])
    return asked_at[-1] + memory if len(asked_at) == after else None


def _send_codes(account: AccountId, asker: Asker, now: datetime) -> int:
    standing = find_standing_of(account)
    if standing is None or standing.state is not AccountState.ACTIVE or not is_person(standing.type):
        return 0
    return int(send_code_asked(account, PURPOSE, "reset-code", asker, now, CODE_LASTS))
