"""Tells the people of a type, an establishment or a function what a decision changes for them: once each, and spread.

A turn looks at a few hundred people, whatever their number, and leaves a mark in the decision, from which the next goes on,
in this process or another one. Whoever may do no less and no more than before hears nothing. Who takes up the function
later reads it in « Mes droits ».
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corneille.access.models import RightDecided
from corneille.access.right import find_first_change
from corneille.access.rights import ESTABLISHMENT, FUNCTION, TYPE, as_decided, list_rows, name_in_journal
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today
from corneille.people.account_topic import wake_account
from corneille.people.find import find_standing_of
from corneille.people.population import list_population

BATCH = 250
"""Half of the notices that leave in a turn (`kernel/outbox`): a code that somebody waits for is not behind an académie."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody for whom a decision changes something, from that day on."""

    account: AccountId
    from_on: date


def tell_concerned(now: datetime, limit: int = BATCH) -> int:
    """Goes on with the decisions whose people are not all told; gives how many were told."""
    left, count = limit, 0
    for row in RightDecided.objects.exclude(told_to=None).order_by("pk"):
        due = [each for each in list_meant(row.scope, max(row.from_on, today(now))) if each > (row.told_to or 0)]
        turn = due[:left]
        concerned = [found for each in turn if (found := _find_concerned(row, each, today(now))) is not None]
        count += tell_turn(row, concerned, turn[-1] if len(turn) < len(due) else None, now)
        left -= len(turn)
        if not left:
            break
    return count


def list_meant(scope: str, on: date) -> list[AccountId]:
    """Active people of a scope that is not one account, ascending."""
    kind, _slash, value = scope.partition("/")
    named = {each: [value] if each == kind else [] for each in (TYPE, ESTABLISHMENT, FUNCTION)}
    return list_population(named[TYPE], named[ESTABLISHMENT], named[FUNCTION], on)


def _find_concerned(row: RightDecided, account: AccountId, on: date) -> Concerned | None:
    standing = find_standing_of(account)
    if standing is None:
        return None
    rows = list_rows(account, standing.type.value, max(row.from_on, on))
    decisions = [as_decided(each) for each in rows]
    own = next((decision for decision, each in zip(decisions, rows, strict=True) if each.pk == row.pk), None)
    changes_on = find_first_change(own, decisions, on) if own is not None else None
    return Concerned(account, changes_on) if changes_on is not None else None


def tell_turn(row: RightDecided, concerned: list[Concerned], told_to: int | None, now: datetime) -> int:
    """All of a turn and its mark, or nothing; 0 also where another process has made this turn."""
    with transaction.atomic():
        if not RightDecided.objects.filter(pk=row.pk, told_to=row.told_to).update(told_to=told_to):
            return 0
        head = journal.hold() if concerned else None
        for each in concerned:
            told: dict[str, outbox.Told] = {
                "name": row.by, "why": row.reason, "scope": row.scope, "right": row.right, "is_allowed": row.is_allowed,
                "networks": row.networks, "from_on": each.from_on.isoformat(),
            }  # fmt: skip
            if row.until_on is not None:
                told["until_on"] = row.until_on.isoformat()
            outbox.add_notice(each.account, "right-announced", told, now, key=f"right-announced/{row.pk}/{each.account}")
            data = name_in_journal(row)
            journal.append("right-decided", actor=journal.SYSTEM, subject=each.account, data=data, now=now, head=head)
            if each.from_on <= today(now):
                wake_account(each.account)
    return len(concerned)
