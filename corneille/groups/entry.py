"""Writes a person or a list on a list by hand, and takes them out; each with its instant: past days can be shown."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from corneille.groups import queries
from corneille.groups.gate import keep_group, name_by
from corneille.groups.group import GroupRefused
from corneille.groups.membership import find_members
from corneille.groups.models import Group
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.models import JournalHead
from corneille.people.find import find_standing_of


def add_member(number: int, account: AccountId, now: datetime, *, by: AccountId | None) -> None:
    """Puts a person on a list. Raises Gone, GroupRefused (on it already, or nobody)."""
    row = keep_group(by, number, now)
    standing = find_standing_of(account)
    if standing is None or standing.state == "ended":
        raise GroupRefused(reason="nobody")
    if account in find_members(number, now):
        raise GroupRefused(reason="member")
    put_members(row.pk, [account], now, by=by)


@transaction.atomic
def put_members(number: int, accounts: Sequence[AccountId], now: datetime, *, by: AccountId | None) -> None:
    """The same for people who are known not to be on it. The list is read once, however many they are. Raises Gone."""
    row = keep_group(by, number, now)
    queries.end_outs(number, accounts, now)
    members = find_members(number, now)
    queries.add_people(number, [each for each in accounts if each not in members], now)
    head = journal.hold()
    for account in accounts:
        _tell("list-member-added", row, account, now, by, head)


def take_out(number: int, account: AccountId, now: datetime, *, by: AccountId | None) -> None:
    """Takes a person out of a list, whatever put them there. Raises Gone, GroupRefused (not on it)."""
    row = keep_group(by, number, now)
    if account not in find_members(number, now):
        raise GroupRefused(reason="absent")
    with transaction.atomic():
        queries.end_entries(number, account=account, inner=None, is_out=False, now=now)
        if account in find_members(number, now):
            queries.add_entry(number, account=account, inner=None, is_out=True, now=now)
        _tell("list-member-taken-out", row, account, now, by)


def add_inner(number: int, inner: int, now: datetime, *, by: AccountId | None) -> None:
    """Puts a list on a list. Who does it keeps both: else one would open the other’s door. Raises Gone, GroupRefused."""
    row = keep_group(by, number, now)
    keep_group(by, inner, now)
    if number == inner:
        raise GroupRefused(reason="itself")
    if inner in queries.list_inner(now).get(number, ()):
        raise GroupRefused(reason="inner")
    with transaction.atomic():
        queries.add_entry(number, account=None, inner=inner, is_out=False, now=now)
        _tell("list-inner-added", row, None, now, by)


def take_inner_out(number: int, inner: int, now: datetime, *, by: AccountId | None) -> None:
    """Takes a list out of a list. Raises Gone, GroupRefused (not on it)."""
    row = keep_group(by, number, now)
    with transaction.atomic():
        if not queries.end_entries(number, account=None, inner=inner, is_out=False, now=now):
            raise GroupRefused(reason="absent")
        _tell("list-inner-taken-out", row, None, now, by)


def _tell(
    action: str, row: Group, account: AccountId | None, now: datetime, by: AccountId | None, head: JournalHead | None = None
) -> None:
    data: dict[str, journal.Value] = {"label": row.title, "list": row.pk}
    journal.append(action, actor=name_by(by), subject=account, data=data, now=now, head=head)
