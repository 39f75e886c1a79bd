"""Makes a list, changes it, gives it its last day."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from corneille.groups import queries
from corneille.groups.decide import Keeper, Rule, Term, Writers
from corneille.groups.gate import keep_group, name_by
from corneille.groups.group import GroupRefused, read_rule
from corneille.groups.models import Group
from corneille.groups.writer import list_owned_uais
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people.address import list_domains
from corneille.people.establishment import is_establishment, list_establishments
from corneille.people.reserve_local import LocalTaken, reserve_local

TITLE_CHARS = 120
WORD_CHARS = 80
LOCAL = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:[.-][a-z0-9]+)*")
SHORT = re.compile(r"(?=.{1,40}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A list that is to be made.

    local   what stands before the @; of a head of school it is made: see `add_group_of_head`
    uai     the establishment that it is of; "" for none
    domain  one of ours; "" for the principal one
    """

    local: str
    title: str
    uai: str
    keeper: Keeper
    writers: Writers
    rule: Rule
    term: Term
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What may be changed of a list: all but its address, its establishment and its first day."""

    title: str
    writers: Writers
    rule: Rule
    until_on: date | None


def add_group(new: NewGroup, now: datetime) -> int:
    """Makes a list for the operator and gives its number. Raises GroupRefused."""
    return _add(new, now, by=None)


def add_group_of_head(short: str, new: NewGroup, now: datetime, *, by: AccountId) -> int:
    """Makes a list that a head of school keeps: « maths » becomes maths.0141234x@, which no other school can take.

    raises  Gone (the establishment is not theirs), GroupRefused
    """
    if new.uai not in list_owned_uais(by, now):
        raise Gone(uai=new.uai)
    if SHORT.fullmatch(short) is None:
        raise GroupRefused(reason="local")
    own = replace(new, local=f"{short}.{new.uai.lower()}", keeper=Keeper.HEAD, domain="")
    _check_head(own.uai, own.writers, own.rule)
    return _add(own, now, by=by)


def change_group(number: int, change: Change, now: datetime, *, by: AccountId | None) -> None:
    """Changes a list; who is on it by hand stays, and its past too. `by` None: the operator. Raises Gone, GroupRefused."""
    row = keep_group(by, number, now)
    if by is not None:
        _check_head(row.uai, change.writers, change.rule)
    _check(change.title, row.uai, change.writers, change.rule, Term(row.from_on, change.until_on))
    with transaction.atomic():
        if read_rule(row) != change.rule:
            queries.add_former_rule(number, read_rule(row), now)
        row.title, row.writers, row.until_on = change.title.strip(), change.writers, change.until_on
        _set_rule(row, change.rule)
        row.save()
        journal.append("list-changed", actor=name_by(by), subject=None, data={"label": row.title, "list": number}, now=now)


def end_group(number: int, until_on: date, now: datetime, *, by: AccountId | None) -> None:
    """Gives a list its last day; its address is never given again. Raises Gone, GroupRefused (a day before its first)."""
    row = keep_group(by, number, now)
    if until_on < row.from_on:
        raise GroupRefused(reason="term")
    with transaction.atomic():
        Group.objects.filter(pk=number).update(until_on=until_on)
        told: dict[str, journal.Value] = {"label": row.title, "list": number, "until": until_on.isoformat()}
        journal.append("list-ended", actor=name_by(by), subject=None, data=told, now=now)


def _add(new: NewGroup, now: datetime, *, by: AccountId | None) -> int:
    domains = list_domains()
    domain = new.domain.strip().lower() or next(iter(domains), "")
    if domain not in domains:
        raise GroupRefused(reason="domain")
    if LOCAL.fullmatch(new.local) is None:
        raise GroupRefused(reason="local")
    _check(new.title, new.uai, new.writers, new.rule, new.term)
    if new.keeper is Keeper.HEAD and not new.uai:
        raise GroupRefused(reason="keeper")
    with transaction.atomic():
        try:
            reserve_local(new.local)
        except LocalTaken:
            raise GroupRefused(reason="taken") from None
        row = Group(
            local=new.local, domain=domain, title=new.title.strip(), uai=new.uai, keeper=new.keeper, writers=new.writers,
            from_on=new.term.from_on, until_on=new.term.until_on,
        )  # fmt: skip
        _set_rule(row, new.rule)
        row.save()
        journal.append("list-made", actor=name_by(by), subject=None, data={"label": row.title, "list": row.pk}, now=now)
    return row.pk


def _check(title: str, uai: str, writers: Writers, rule: Rule, term: Term) -> None:
    if not 0 < len(title.strip()) <= TITLE_CHARS or not title.isprintable():
        raise GroupRefused(reason="title")
    for each in (uai, rule.uai):
        if each and not is_establishment(each):
            raise GroupRefused(reason="establishment")
    if rule.department and rule.department not in {each.department for each in list_establishments()}:
        raise GroupRefused(reason="department")
    if max(len(rule.function), len(rule.subject)) > WORD_CHARS or not (rule.function + rule.subject).isprintable():
        raise GroupRefused(reason="function")
    if term.until_on is not None and term.until_on < term.from_on:
        raise GroupRefused(reason="term")
    if writers in {Writers.OWNERS, Writers.ESTABLISHMENT} and not uai:
        raise GroupRefused(reason="owners")


def _check_head(uai: str, writers: Writers, rule: Rule) -> None:
    """A head's list is of people of the establishment, and closed to the outside."""
    if writers is Writers.WORLD:
        raise GroupRefused(reason="open")
    if not rule.is_empty and rule.uai != uai:
        raise GroupRefused(reason="there")


def _set_rule(row: Group, rule: Rule) -> None:
    row.rule_uai, row.rule_department = rule.uai, rule.department
    row.rule_function, row.rule_subject = rule.function.strip(), rule.subject.strip()
