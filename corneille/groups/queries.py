"""The lists' SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from corneille.groups.decide import Former, Rule, Written
from corneille.groups.models import Entry, FormerRule, Group
from corneille.kernel.ids import AccountId


def find_group(number: int) -> Group | None:
    return Group.objects.filter(pk=number).first()


def list_at(addresses: Sequence[tuple[str, str]]) -> list[Group]:
    """The lists that have one of these addresses (local part, domain)."""
    wanted = set(addresses)
    rows = Group.objects.filter(local__in=[local for local, _domain in addresses])
    return [row for row in rows if (row.local, row.domain) in wanted]


def list_groups(numbers: Sequence[int]) -> list[Group]:
    return list(Group.objects.filter(pk__in=numbers).order_by("title", "pk"))


def list_of(uai: str) -> list[Group]:
    return list(Group.objects.filter(uai=uai).order_by("title", "pk"))


def list_all() -> list[Group]:
    return list(Group.objects.order_by("local", "domain"))


def list_near(account: AccountId, uais: Collection[str]) -> set[int]:
    """The lists that may hold this account by themselves: of its establishments, of no one establishment, or by hand."""
    wide = Q(rule_uai="") & ~Q(rule_department="", rule_function="", rule_subject="")
    near = Group.objects.filter(wide | Q(rule_uai__in=uais)).values_list("pk", flat=True)
    by_hand = Entry.objects.filter(account=account, is_out=False).values_list("group_id", flat=True)
    return {*near, *by_hand}


def list_inner(at: datetime) -> dict[int, list[int]]:
    """Which lists are on which at an instant: all of them, since they are few."""
    rows = Entry.objects.filter(_standing(at)).exclude(inner=None).order_by("pk").values_list("group_id", "inner_id")
    found: dict[int, list[int]] = {}
    for group, inner in rows:
        if inner is not None:
            found.setdefault(group, []).append(inner)
    return found


def list_written(numbers: Sequence[int], accounts: Sequence[AccountId] | None) -> dict[int, list[Written]]:
    """The persons written on these lists by hand or taken out, ever; `accounts` None: everybody."""
    rows = Entry.objects.filter(group__in=numbers).exclude(account=None).order_by("pk")
    rows = rows if accounts is None else rows.filter(account__in=accounts)
    found: dict[int, list[Written]] = {}
    for group, account, is_out, from_at, until_at in rows.values_list(
        "group_id", "account_id", "is_out", "from_at", "until_at"
    ):
        assert account is not None
        found.setdefault(group, []).append(Written(AccountId(account), is_out, from_at, until_at))
    return found


def list_former_rules(numbers: Sequence[int]) -> dict[int, list[Former]]:
    """The rules that these lists had before the present ones."""
    found: dict[int, list[Former]] = {}
    for row in FormerRule.objects.filter(group__in=numbers):
        former = Former(Rule(row.uai, row.department, row.function, row.subject), row.until_at)
        found.setdefault(row.group_id, []).append(former)
    return found


def add_former_rule(group: int, rule: Rule, now: datetime) -> None:
    FormerRule.objects.create(
        group_id=group, uai=rule.uai, department=rule.department, function=rule.function, subject=rule.subject, until_at=now
    )


def add_entry(group: int, *, account: AccountId | None, inner: int | None, is_out: bool, now: datetime) -> None:
    Entry.objects.create(group_id=group, account_id=account, inner_id=inner, is_out=is_out, from_at=now)


def add_people(group: int, accounts: Sequence[AccountId], now: datetime) -> None:
    Entry.objects.bulk_create(Entry(group_id=group, account_id=each, from_at=now) for each in accounts)


def end_outs(group: int, accounts: Sequence[AccountId], now: datetime) -> None:
    """Of these people, those who were taken out by hand are so no more."""
    Entry.objects.filter(_standing(now), group=group, account__in=accounts, is_out=True).update(until_at=now)


def end_entries(group: int, *, account: AccountId | None, inner: int | None, is_out: bool, now: datetime) -> int:
    """Ends what stands; gives how many entries that were."""
    rows = Entry.objects.filter(_standing(now), group=group, account=account, inner=inner, is_out=is_out)
    return rows.update(until_at=now)


def _standing(at: datetime) -> Q:
    return Q(from_at__lte=at) & (Q(until_at=None) | Q(until_at__gt=at))
