"""Second factors: passkeys (made in `access/passkey`), an authenticator application (TOTP), printed codes for those
without a phone, recovery codes."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from django.db import transaction
from django.db.models import Q, QuerySet

from corneille.access import queries
from corneille.access.facts import FACTORS, SecondProof
from corneille.access.models import Factor, FactorCode, FactorDeclined, Passkey
from corneille.access.one_time_code import parse_code
from corneille.access.reference import ALPHABET
from corneille.access.totp import check_totp
from corneille.kernel import journal, keys, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.seal import seal, unseal
from corneille.kernel.settings import Ground, of

SEED = "access/totp-seed"
CODE = "access/factor-code"
SHEETS = {"printed": 30, "recovery-code": 10}
LABEL_LENGTH = 80


class FactorRefused(Refusal):
    """It cannot be done; `reason`: "compulsory" (the last one, where the policy asks for one) or "kind"."""

    code = "factor-refused"


@dataclass(frozen=True, slots=True)
class FactorShown:
    """One factor as its owner sees it; `codes_left` of a sheet; `is_synced` of a passkey: on other devices of theirs too."""

    id: int
    kind: str
    label: str
    added_at: datetime
    last_used_at: datetime | None
    codes_left: int | None
    is_synced: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A TOTP factor that waits for its first code: the seed as text, and as an address for a QR code."""

    id: int
    seed: str
    uri: str


def list_enrolled(account: AccountId) -> tuple[str, ...]:
    """Kinds that the person has set, best first; recovery codes only beside another."""
    kinds = queries.list_kinds_enrolled(account)
    enrolled = tuple(kind for kind in FACTORS if kind in kinds)
    return (*enrolled, "recovery-code") if enrolled and "recovery-code" in kinds else enrolled


def list_factors(account: AccountId) -> list[FactorShown]:
    """Everything set, the oldest first."""
    rows = _confirmed(account).order_by("pk")
    synced = set(Passkey.objects.filter(factor__in=rows, is_synced=True).values_list("pk", flat=True))
    return [
        FactorShown(
            row.pk,
            row.kind,
            row.label,
            row.confirmed_at or row.added_at,
            row.last_used_at,
            row.codes.filter(used_at=None).count() if row.kind in SHEETS else None,
            row.pk in synced,
        )
        for row in rows
    ]


def begin_totp(account: AccountId, identifier: str, now: datetime) -> Begun:
    """Draws a seed; nothing is asked for until a first code proves that the application has it."""
    seed = pyotp.random_base32()
    Factor.objects.filter(account_id=account, kind="totp", confirmed_at=None).delete()
    row = Factor.objects.create(account_id=account, kind="totp", sealed=seal(SEED, seed.encode()), added_at=now)
    uri = pyotp.TOTP(seed).provisioning_uri(name=identifier, issuer_name=of(Ground).academie)
    return Begun(row.pk, seed, uri)


def read_begun(account: AccountId, identifier: str) -> Begun | None:
    """The one that waits for its first code."""
    row = Factor.objects.filter(account_id=account, kind="totp", confirmed_at=None, dropped_at=None).first()
    if row is None:
        return None
    seed = unseal(SEED, row.sealed).decode()
    return Begun(row.pk, seed, pyotp.TOTP(seed).provisioning_uri(name=identifier, issuer_name=of(Ground).academie))


def confirm_totp(account: AccountId, factor: int, typed: str, label: str, now: datetime) -> SecondProof:
    """Takes the first code; from RIGHT on, the factor is asked for. Raises Gone."""
    row = Factor.objects.filter(pk=factor, account_id=account, kind="totp", confirmed_at=None, dropped_at=None).first()
    if row is None:
        raise Gone(factor=factor)
    checked = check_totp(unseal(SEED, row.sealed).decode(), typed, now, None)
    if checked.proof is SecondProof.RIGHT:
        with transaction.atomic():
            Factor.objects.filter(pk=row.pk).update(confirmed_at=now, last_step=checked.step, label=label[:LABEL_LENGTH])
            note_added(account, row.pk, "totp", now)
    return checked.proof


def make_sheet(account: AccountId, kind: str, now: datetime) -> list[str]:
    """Draws a sheet of codes and gives them, in order, once; the sheet before is good no more. Raises FactorRefused."""
    if kind not in SHEETS:
        raise FactorRefused(reason="kind")
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(8)) for _ in range(SHEETS[kind])]
    with transaction.atomic():
        Factor.objects.filter(account_id=account, kind=kind, dropped_at=None).update(dropped_at=now)
        row = Factor.objects.create(account_id=account, kind=kind, added_at=now, confirmed_at=now)
        FactorCode.objects.bulk_create(
            FactorCode(factor=row, number=number, mac=_mac(account, row.pk, code)) for number, code in enumerate(codes, 1)
        )
        note_added(account, row.pk, kind, now)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def drop_factor(account: AccountId, factor: int, now: datetime, *, is_compulsory: bool) -> None:
    """Removes one; recovery codes go with the last. Raises Gone, FactorRefused where one is compulsory."""
    row = _confirmed(account).filter(pk=factor).first()
    if row is None:
        raise Gone(factor=factor)
    is_last = row.kind in FACTORS and not _confirmed(account).filter(kind__in=FACTORS).exclude(pk=factor).exists()
    if is_compulsory and is_last:
        raise FactorRefused(reason="compulsory")
    with transaction.atomic():
        Factor.objects.filter(pk=row.pk).update(dropped_at=now)
        if is_last:
            Factor.objects.filter(account_id=account, dropped_at=None).update(dropped_at=now)
        told: dict[str, journal.Value] = {"kind": row.kind}
        journal.append("factor-dropped", actor=name_actor(account), subject=account, data=told, now=now)
        outbox.add_notice(account, "factor-dropped", {"kind": row.kind}, now, key=f"factor-dropped/{factor}")


def drop_added_since(account: AccountId, since: datetime, now: datetime) -> int:
    """Removes what was set since then: whoever had taken the account may have; gives how many."""
    return Factor.objects.filter(account_id=account, dropped_at=None, added_at__gt=since).update(dropped_at=now)


def decline(account: AccountId, now: datetime) -> None:
    """« No, thank you »: it is offered again after a while."""
    FactorDeclined.objects.update_or_create(account_id=account, defaults={"declined_at": now})


def prove_factor(account: AccountId, kind: str, typed: str, now: datetime) -> SecondProof:
    """Checks a code and uses it up; a step or a code is accepted once, whoever comes at the same instant."""
    if kind == "totp":
        return _prove_totp(account, typed, now)
    return _prove_code(account, kind, typed, now)


def _prove_totp(account: AccountId, typed: str, now: datetime) -> SecondProof:
    worst = SecondProof.WRONG
    for row in _confirmed(account).filter(kind="totp"):
        checked = check_totp(unseal(SEED, row.sealed).decode(), typed, now, row.last_step)
        if checked.proof is SecondProof.RIGHT:
            unused = Q(last_step=None) | Q(last_step__lt=checked.step)
            taken = Factor.objects.filter(unused, pk=row.pk).update(last_step=checked.step, last_used_at=now)
            return SecondProof.RIGHT if taken else SecondProof.USED
        worst = checked.proof if checked.proof is not SecondProof.WRONG else worst
    return worst


def _prove_code(account: AccountId, kind: str, typed: str, now: datetime) -> SecondProof:
    text, found = parse_code(typed), None
    rows = FactorCode.objects.filter(factor__in=_confirmed(account).filter(kind=kind))
    for code, factor, mac in rows.values_list("pk", "factor_id", "mac"):
        if text is not None and hmac.compare_digest(bytes(mac), _mac(account, factor, text)):
            found = code, factor
    if found is None:
        return SecondProof.WRONG
    if not FactorCode.objects.filter(pk=found[0], used_at=None).update(used_at=now):
        return SecondProof.USED
    Factor.objects.filter(pk=found[1]).update(last_used_at=now)
    return SecondProof.RIGHT


def find_next_number(account: AccountId) -> int | None:
    """Which code of the printed sheet comes next, to be asked for by its number."""
    left = FactorCode.objects.filter(factor__in=_confirmed(account).filter(kind="printed"), used_at=None)
    return left.order_by("number").values_list("number", flat=True).first()


def _confirmed(account: AccountId) -> QuerySet[Factor]:
    return Factor.objects.filter(account_id=account, dropped_at=None).exclude(confirmed_at=None)


def note_added(account: AccountId, factor: int, kind: str, now: datetime) -> None:
    """Writes down and tells the owner that a factor was set; inside the transaction that sets it."""
    told: dict[str, journal.Value] = {"kind": kind}
    journal.append("factor-added", actor=name_actor(account), subject=account, data=told, now=now)
    outbox.add_notice(account, "factor-added", {"kind": kind}, now, key=f"factor-added/{factor}")


def _mac(account: AccountId, factor: int, text: str) -> bytes:
    return keys.current().mac(CODE, str(account).encode(), str(factor).encode(), text.encode())


