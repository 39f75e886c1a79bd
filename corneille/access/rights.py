"""Rights as the guard asks for them, as their person sees them, and as officers decide them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction
from django.db.models import Q

from corneille.access import queries
from corneille.access.models import RightDecided
from corneille.access.reason import Reason
from corneille.access.right import SOON, Concerning, Decided, Right, Standing, find_decided, find_refusal, find_standing
from corneille.kernel import journal, outbox
from corneille.kernel.day import day_after
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.today import today
from corneille.people.account_topic import wake_account
from corneille.people.assignment import list_turns
from corneille.people.establishment import list_uais
from corneille.people.find import list_functions
from corneille.people.population import find_unknown, find_unknown_function

ACCOUNT, FUNCTION, ESTABLISHMENT, TYPE = "account", "function", "uai", "type"
WEIGHTS = {ACCOUNT: 3, FUNCTION: 2, ESTABLISHMENT: 1, TYPE: 0}
"""A function is had by some of those who work at an establishment: what is decided for it is more particular."""


class RightRefused(Refusal):
    """The decision cannot be taken as given; `reason`: "dates", "reason", "name" or "scope" (nobody is meant by it)."""

    code: ClassVar[str] = "right-refused"


def decide_right(
    scope: str, right: Right, *, is_allowed: bool, networks: str, reason: str, by: str, from_on: date,
    until_on: date | None, now: datetime,
) -> None:  # fmt: skip
    """Gives or takes a right; an account's own person is told at once, many by `access/tell_right`. Raises RightRefused.

    scope  "account/17", "function/principal", "uai/0760095R", "type/externe"
    """
    if not reason.strip() or not by.strip():
        raise RightRefused(reason="reason" if by.strip() else "name")
    if until_on is not None and until_on < from_on:
        raise RightRefused(reason="dates")
    kind, _slash, value = scope.partition("/")
    _check_scope(kind, value, from_on)
    account = AccountId(int(value)) if kind == ACCOUNT else None
    with transaction.atomic():
        row = RightDecided.objects.create(
            scope=f"{kind}/{value.casefold()}" if kind == FUNCTION else scope, right=right.value, is_allowed=is_allowed,
            networks=networks, reason=reason[:200], by=by[:80], from_on=from_on, until_on=until_on, made_at=now,
            told_to=None if account is not None else 0,
        )  # fmt: skip
        journal.append("right-decided", actor="cli", subject=account, data=name_in_journal(row), now=now)
        if account is not None:
            notice: dict[str, outbox.Told] = {"name": row.by, "why": row.reason}
            outbox.add_notice(account, "right-decided", notice, now, key=f"right-decided/{row.pk}")
            wake_account(account)


def _check_scope(kind: str, value: str, from_on: date) -> None:
    """Of a name with a mistake in it nobody would be meant, and nobody would notice."""
    unknown = None
    if kind == FUNCTION:
        unknown = find_unknown_function([value], from_on)
    elif kind != ACCOUNT:
        unknown = find_unknown([value] if kind == TYPE else [], [value] if kind == ESTABLISHMENT else [])
    if unknown is not None:
        raise RightRefused(reason="scope", why="scope", scope=value, known=", ".join(unknown.known))


def name_in_journal(row: RightDecided) -> dict[str, journal.Value]:
    """What the journal says of a decision."""
    return {"kind": row.right, "reason": row.reason, "name": row.by, "scope": row.scope}


def find_missing(
    account: AccountId, account_type: str, door: str, now: datetime, *, is_declared: bool
) -> Reason | None:
    """The right that is missing at this door, from here, today; doors that are ways out ask for none."""
    decisions = [as_decided(row) for row in list_rows(account, account_type, today(now))]
    if not decisions or door not in set(Right):
        return None
    return find_refusal(find_decided(Right(door), decisions, today(now)), is_declared=is_declared)


def list_rights(account: AccountId, account_type: str, now: datetime) -> list[Standing]:
    """Every right as it stands today, for its person, and what changes: by a decision's dates, or by their assignments'."""
    on = today(now)
    rows = _list_rows_of_any_day(account, account_type)
    days = [on, *list_turns(account, day_after(on), on + SOON)] if rows else [on]
    concerning = [Concerning(day, [as_decided(row) for row in _choose_rows(rows, account, day)]) for day in days]
    return [find_standing(right, concerning, on) for right in Right]


def list_rows(account: AccountId, account_type: str, on: date) -> list[RightDecided]:
    """The decisions that concern somebody who is what they are that day, in the order in which they were made.

    Nearly always one short query, which finds nothing.
    """
    return _choose_rows(_list_rows_of_any_day(account, account_type), account, on)


def _list_rows_of_any_day(account: AccountId, account_type: str) -> list[RightDecided]:
    """Their own, their type's, and those of every function and establishment."""
    scopes = {f"{ACCOUNT}/{account}", f"{TYPE}/{account_type}"}
    if not queries.has_rights_decided(tuple(scopes)):
        return []
    of_many = Q(scope__startswith=f"{ESTABLISHMENT}/") | Q(scope__startswith=f"{FUNCTION}/")
    return list(RightDecided.objects.filter(Q(scope__in=scopes) | of_many).order_by("pk"))


def _choose_rows(rows: Sequence[RightDecided], account: AccountId, on: date) -> list[RightDecided]:
    """Those of the functions and establishments that somebody has that day, and those of no function or establishment."""
    kinds, scopes = {row.scope.partition("/")[0] for row in rows}, set[str]()
    if ESTABLISHMENT in kinds:
        scopes |= {f"{ESTABLISHMENT}/{uai}" for uai in list_uais(account, on)}
    if FUNCTION in kinds:
        scopes |= {f"{FUNCTION}/{name}" for name in list_functions(account, on)}
    return [row for row in rows if row.scope in scopes or row.scope.partition("/")[0] in {ACCOUNT, TYPE}]


def as_decided(row: RightDecided) -> Decided:
    """A decision as a value."""
    weight = WEIGHTS[row.scope.partition("/")[0]]
    return Decided(row.right, row.is_allowed, row.networks, row.reason, row.by, row.from_on, row.until_on, weight, row.scope)
