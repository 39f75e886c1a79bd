"""People's SQL. The hot look-ups (a sign-in, a RCPT) are plain SQL: Django's ORM costs five times as much."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Value

from corneille.kernel.day import day_after
from corneille.kernel.ids import AccountId
from corneille.kernel.plain_sql import find_all, find_one, find_rows, from_day, from_instant
from corneille.people.models import (
    Account,
    Address,
    Assignment,
    Domain,
    Establishment,
    GivenIdentifier,
    Position,
    ReservedLocal,
    RoleHolder,
)

StandingRow = tuple[int, str, str]
"""Account id, type, state."""
PostRow = tuple[int, str, str, str, str, date, date | None]
"""Account, UAI, department, function, subject, first day, last day."""


def find_standing_by_identifier(identifier: str) -> StandingRow | None:
    return find_one("SELECT id, type, state FROM people_account WHERE identifier = %s", [identifier])


def find_standing_by_numen(hashes: list[str]) -> StandingRow | None:
    marks = ", ".join(["%s"] * len(hashes))
    return find_one(f"SELECT id, type, state FROM people_account WHERE numen_hash IN ({marks})", hashes)  # noqa: S608


def find_standing_by_address(local: str, domain: str, *, now: datetime) -> StandingRow | None:
    return find_one(
        "SELECT account.id, account.type, account.state FROM people_address address"
        " JOIN people_domain domain ON domain.id = address.domain_id"
        " JOIN people_account account ON account.id = address.account_id"
        " WHERE domain.name = %s AND address.local = %s"
        " AND address.from_at <= %s AND (address.until_at IS NULL OR address.until_at > %s)",
        [domain, local, from_instant(now), from_instant(now)],
    )


def find_role_holder(role: str) -> AccountId | None:
    found = RoleHolder.objects.filter(role=role).values_list("account_id", flat=True).first()
    return None if found is None else AccountId(found)


def is_domain(name: str) -> bool:
    return find_one("SELECT 1 FROM people_domain WHERE name = %s", [name]) is not None


def list_domains() -> list[str]:
    return list(Domain.objects.order_by("-principal", "id").values_list("name", flat=True))


def find_account(account: AccountId) -> Account | None:
    return next(iter(find_rows(Account, "WHERE id = %s", [account])), None)


def find_birth_date(account: AccountId) -> date | None:
    return Account.objects.filter(pk=account).values_list("birth_on", flat=True).first()


def list_without_birth_date(accounts: Sequence[AccountId]) -> set[AccountId]:
    rows = Account.objects.filter(pk__in=accounts, birth_on=None).values_list("pk", flat=True)
    return {AccountId(each) for each in rows}


def find_type_and_state(account: AccountId) -> tuple[str, str] | None:
    return find_one("SELECT type, state FROM people_account WHERE id = %s", [account])


def list_account_ids(*, after: AccountId, limit: int) -> list[AccountId]:
    ids = Account.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit]
    return [AccountId(each) for each in ids]


def list_addresses(account: AccountId, *, now: datetime) -> list[str]:
    """Those that work now, the principal one first, then by domain."""
    rows = find_all(
        "SELECT address.local, domain.name FROM people_address address"
        " JOIN people_domain domain ON domain.id = address.domain_id"
        " WHERE address.account_id = %s"
        " AND address.from_at <= %s AND (address.until_at IS NULL OR address.until_at > %s)"
        " ORDER BY address.principal DESC, domain.principal DESC, address.domain_id, address.id",
        [account, from_instant(now), from_instant(now)],
    )
    return [f"{local}@{domain}" for local, domain in rows]


def list_establishments(account: AccountId, *, on: date | None) -> list[Establishment]:
    """Where the account is assigned on that day, or ever was or will be when no day is given."""
    asked = (
        "SELECT DISTINCT place.id, place.uai, place.name, place.kind, place.department, place.city"
        " FROM people_establishment place JOIN people_assignment assignment ON assignment.establishment_id = place.id"
        " WHERE assignment.account_id = %s"
    )
    values: list[object] = [account]
    if on is not None:
        asked += " AND assignment.from_on <= %s AND (assignment.until_on IS NULL OR assignment.until_on >= %s)"
        values += [from_day(on)] * 2
    return [Establishment(*row) for row in find_all(f"{asked} ORDER BY place.name", values)]


def count_waiting(uais: Sequence[str], *, on: date) -> dict[str, int]:
    """How many accounts to activate are assigned there on that day, for each establishment that has one."""
    rows = _assigned(on).filter(account__state="to_activate")
    counted = rows.values_list("establishment__uai").annotate(Count("account", distinct=True)).order_by()
    wanted = set(uais)
    return {uai: count for uai, count in counted if uai in wanted}


def list_known_uais(uais: Sequence[str]) -> set[str]:
    return set(Establishment.objects.filter(uai__in=uais).values_list("uai", flat=True))


def list_population(types: Sequence[str], uais: Sequence[str], functions: Sequence[str], *, on: date) -> list[AccountId]:
    """Active accounts of these types; where establishments or functions are given, assigned so on that day."""
    rows = Account.objects.filter(state="active", type__in=types)
    if uais or functions:
        assigned = _assigned(on)
        if uais:
            assigned = assigned.filter(establishment__uai__in=uais)
        if functions:  # compared here: SQLite folds the case of ASCII letters alone
            told = assigned.values_list("account_id", "function")
            return _among(rows, {account for account, name in told if name.casefold() in set(functions)})
        rows = rows.filter(pk__in=assigned.values("account_id"))
    return [AccountId(each) for each in rows.order_by("pk").values_list("pk", flat=True)]


def _assigned(on: date) -> QuerySet[Assignment]:
    """Assignments in force on a day, the last one included."""
    return Assignment.objects.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


def _among(rows: QuerySet[Account], accounts: set[int]) -> list[AccountId]:
    return [AccountId(each) for each in rows.order_by("pk").values_list("pk", flat=True) if each in accounts]


def list_establishments_of(departments: set[str] | None) -> list[Establishment]:
    """Those of these departments, or all."""
    rows = Establishment.objects.order_by("name", "uai")
    return list(rows if departments is None else rows.filter(department__in=departments))


def list_functions(account: AccountId, *, on: date) -> list[str]:
    return list(_assigned(on).filter(account_id=account).values_list("function", flat=True))


def list_all_functions(*, on: date) -> list[str]:
    """Those of any assignment that has not ended before that day, as they are written."""
    rows = Assignment.objects.filter(Q(until_on=None) | Q(until_on__gte=on)).exclude(function="")
    return list(rows.order_by("function").values_list("function", flat=True).distinct())


def list_assignments(account: AccountId, *, on: date) -> list[tuple[str, str, str]]:
    """UAI, name of the establishment, function."""
    rows = _assigned(on).filter(account_id=account).order_by("establishment__name", "pk")
    return list(rows.values_list("establishment__uai", "establishment__name", "function"))


def list_turns(account: AccountId) -> set[date]:
    """The first day of each assignment, and the day after the last one."""
    rows = Assignment.objects.filter(account_id=account).values_list("from_on", "until_on")
    return {day for begins, ends in rows for day in (begins, ends and day_after(ends)) if day is not None}


def find_names(account: AccountId) -> tuple[str, str, str] | None:
    """Given name, family name, language."""
    return Account.objects.filter(pk=account).values_list("given_name", "family_name", "language").first()


def list_spots(account: AccountId, *, on: date) -> list[tuple[str, str, str, str]]:
    """UAI, kind and department of the establishment, and the function there, of each assignment of the day."""
    return find_all(
        "SELECT establishment.uai, establishment.kind, establishment.department, assignment.function"
        " FROM people_assignment assignment JOIN people_establishment establishment"
        " ON establishment.id = assignment.establishment_id"
        " WHERE assignment.account_id = %s AND assignment.from_on <= %s"
        " AND (assignment.until_on IS NULL OR assignment.until_on >= %s) ORDER BY assignment.id",
        [account, from_day(on), from_day(on)],
    )


def list_whereabouts(accounts: Sequence[AccountId], *, on: date) -> list[tuple[int, str, str, str, str, str]]:
    """Account, given name, family name, UAI, name of the establishment, department; of those who work somewhere that day.

    A position is where it belongs, under its name.
    """
    place = ("establishment__uai", "establishment__name", "establishment__department")
    people = _assigned(on).filter(account__in=accounts).distinct()
    told = people.order_by("establishment__name", "account__family_name", "account__given_name").values_list(
        "account_id", "account__given_name", "account__family_name", *place
    )
    positions = _standing(on).filter(account__in=accounts).order_by("establishment__name", "name")
    return [*told, *positions.annotate(family=Value("")).values_list("account_id", "name", "family", *place)]


def works_at(uais: Collection[str], path: str, *, on: date) -> Q:
    """Whether the account at this path of a row works at one of these on that day, or is a position there."""
    assigned = _assigned(on).filter(establishment__uai__in=uais).values("account_id")
    positions = _standing(on).filter(establishment__uai__in=uais).values("account_id")
    return Q(**{f"{path}__in": assigned}) | Q(**{f"{path}__in": positions})


def _standing(on: date) -> QuerySet[Position]:
    """Positions in force on a day, the last one included."""
    return Position.objects.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


def list_waiting(uai: str, *, on: date) -> list[AccountId]:
    """Accounts to activate that are assigned there on that day."""
    assigned = Q(assignments__establishment__uai=uai, assignments__from_on__lte=on)
    assigned &= Q(assignments__until_on=None) | Q(assignments__until_on__gte=on)
    rows = Account.objects.filter(assigned, state="to_activate").distinct().order_by("family_name", "given_name", "pk")
    return [AccountId(each) for each in rows.values_list("pk", flat=True)]


def list_by_words(wanted: str, *, now: datetime, limit: int) -> list[tuple[str, str]]:
    """Names and principal addresses of those whose name has words that begin so, by family name."""
    words = re.findall(r"[a-z0-9]+", wanted.partition("@")[0])
    if not words:
        return []
    by_name = Q()
    for word in words:
        by_name &= Q(account__search_key__contains=f" {word}")
    rows = (
        Address.objects.filter(by_name | Q(local__startswith=wanted.partition("@")[0]))
        .filter(Q(until_at=None) | Q(until_at__gt=now), principal=True, from_at__lte=now)
        .exclude(account__state="ended")
        .order_by("account__family_name", "account__given_name", "id")
        .select_related("account", "domain")[:limit]
    )
    return [(row.account.display_name, f"{row.local}@{row.domain.name}") for row in rows]


def has_person_named(search_keys: Sequence[str]) -> bool:
    return Account.objects.filter(search_key__in=search_keys, state="active").exclude(type="fonctionnel").exists()


def list_given_identifiers(base: str) -> list[str]:
    return list(GivenIdentifier.objects.filter(identifier__startswith=base).values_list("identifier", flat=True))


def list_given_locals(base: str) -> list[str]:
    """Local parts that begin so, in whatever domain, current or ended, of persons or of something else."""
    given = Address.objects.filter(local__startswith=base).values_list("local", flat=True).distinct()
    return [*given, *ReservedLocal.objects.filter(local__startswith=base).values_list("local", flat=True)]


def is_local_given(local: str) -> bool:
    given = Address.objects.filter(local=local).exists() or GivenIdentifier.objects.filter(identifier=local).exists()
    return given or ReservedLocal.objects.filter(local=local).exists()


def add_reserved_local(local: str) -> None:
    ReservedLocal.objects.create(local=local)


def list_posts(place: tuple[str, str], accounts: Sequence[AccountId] | None, *, on: date) -> list[PostRow]:
    """Of persons, in force on that day; `place`: UAI and department, each "" for any; `accounts` None: everybody's."""
    uai, department = place
    rows = _assigned(on).exclude(account__type="fonctionnel")
    rows = rows.filter(establishment__uai=uai) if uai else rows
    rows = rows.filter(establishment__department=department) if department else rows
    rows = rows if accounts is None else rows.filter(account__in=accounts)
    return list(
        rows.order_by("pk").values_list(
            "account_id", "establishment__uai", "establishment__department", "function", "subject", "from_on", "until_on"
        )
    )


def list_written(what: str, uai: str, *, on: date) -> list[str]:
    """What stands in `what` ("function", "subject") of assignments there that day, each once, as written."""
    rows = _assigned(on).filter(establishment__uai=uai).exclude(**{what: ""})
    return list(rows.order_by(what).values_list(what, flat=True).distinct())


def list_addressees(accounts: Sequence[AccountId], *, now: datetime) -> list[tuple[int, str, str, str, str, str]]:
    """Account, given name, family name, local part and domain of the principal address, language, of those who have mail
    now."""
    rows = (
        Address.objects.filter(Q(until_at=None) | Q(until_at__gt=now), principal=True, from_at__lte=now)
        .filter(account__in=accounts)
        .exclude(account__state="ended")
        .order_by("account__family_name", "account__given_name", "account_id")
    )
    return list(
        rows.values_list(
            "account_id", "account__given_name", "account__family_name", "local", "domain__name", "account__language"
        )
    )


def set_session_stamp(account: AccountId, stamp: str) -> None:
    Account.objects.filter(pk=account).update(session_stamp=stamp)


def set_language(account: AccountId, language: str) -> None:
    Account.objects.filter(pk=account).update(language=language)


def set_state(account: AccountId, state: str) -> bool:
    return Account.objects.filter(pk=account).update(state=state) == 1
