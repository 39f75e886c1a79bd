"""Rights as the guard asks for them, as their person sees them, and as officers decide them."""

from datetime import date, datetime
from typing import ClassVar

from django.db import transaction
from django.db.models import Q

from corneille.access import queries
from corneille.access.models import RightDecided
from corneille.access.reason import Reason
from corneille.access.right import Decided, Right, Standing, find_decided, find_refusal, find_standing
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.people.account_topic import wake_account
from corneille.people.establishment import list_uais

ACCOUNT, ESTABLISHMENT, TYPE = "account", "uai", "type"
WEIGHTS = {ACCOUNT: 2, ESTABLISHMENT: 1, TYPE: 0}


class RightRefused(Refusal):
    """The decision cannot be taken as given; `reason`: "dates", "reason" or "name"."""

    code: ClassVar[str] = "right-refused"


def decide_right(
    scope: str, right: Right, *, is_allowed: bool, networks: str, reason: str, by: str, from_on: date,
    until_on: date | None, now: datetime,
) -> None:  # fmt: skip
    """Gives or takes a right; an account's own person is told at once. Raises RightRefused.

    scope  "account/17", "type/externe", "uai/0760095R"
    """
    if not reason.strip() or not by.strip():
        raise RightRefused(reason="reason" if by.strip() else "name")
    if until_on is not None and until_on < from_on:
        raise RightRefused(reason="dates")
    kind, _slash, value = scope.partition("/")
    account = AccountId(int(value)) if kind == ACCOUNT else None
    with transaction.atomic():
        row = RightDecided.objects.create(
            scope=scope, right=right.value, is_allowed=is_allowed, networks=networks, reason=reason[:200], by=by[:80],
            from_on=from_on, until_on=until_on, made_at=now,
        )  # fmt: skip
        told: dict[str, journal.Value] = {"kind": right.value, "reason": reason[:200], "name": by[:80], "scope": scope}
        journal.append("right-decided", actor="cli", subject=account, data=told, now=now)
        if account is not None:
            notice: dict[str, outbox.Told] = {"name": by[:80], "why": reason[:200]}
            outbox.add_notice(account, "right-decided", notice, now, key=f"right-decided/{row.pk}")
            wake_account(account)


def find_missing(
    account: AccountId, account_type: str, door: str, now: datetime, *, is_declared: bool
) -> Reason | None:
    """The right that is missing at this door, from here, today; doors that are ways out ask for none."""
    decisions = _list_decided(account, account_type)
    if not decisions or door not in set(Right):
        return None
    return find_refusal(find_decided(Right(door), decisions, now.date()), is_declared=is_declared)


def list_rights(account: AccountId, account_type: str, now: datetime) -> list[Standing]:
    """Every right as it stands today, for its person."""
    decisions = _list_decided(account, account_type)
    return [find_standing(right, decisions, now.date()) for right in Right]


def _list_decided(account: AccountId, account_type: str) -> list[Decided]:
    """Nearly always one short query, which finds nothing."""
    scopes = f"{ACCOUNT}/{account}", f"{TYPE}/{account_type}"
    if not queries.has_rights_decided(scopes):
        return []
    rows = list(RightDecided.objects.filter(Q(scope__in=scopes) | Q(scope__startswith=f"{ESTABLISHMENT}/")))
    if any(row.scope.startswith(ESTABLISHMENT) for row in rows):
        here = {f"{ESTABLISHMENT}/{uai}" for uai in list_uais(account)}
        rows = [row for row in rows if not row.scope.startswith(ESTABLISHMENT) or row.scope in here]
    return [
        Decided(row.right, row.is_allowed, row.networks, row.reason, row.by, row.from_on, row.until_on,
                WEIGHTS[row.scope.partition("/")[0]])
        for row in rows
    ]  # fmt: skip


