"""Adds people, establishments, assignments and domains."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.people import queries
from corneille.people.account_type import AccountState, AccountType
from corneille.people.address import DOMAIN_LENGTH, RESERVED, ROLES
from corneille.people.find import Person, find_person
from corneille.people.models import (
    Account,
    Address,
    Assignment,
    Domain,
    Establishment,
    GivenIdentifier,
    RoleHolder,
)
from corneille.people.name import (
    choose_homonym,
    fold,
    format_identifier,
    format_local_part,
    format_search_key,
)
from corneille.people.numen import hash_numen, list_hashes, parse_numen
from corneille.people.uai import find_department, parse_uai

NAME_LENGTH = 100
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
"""Letters, digits and hyphens (RFC 1123 §2.1); an international domain is given in its xn-- form."""
TRIES = 8
"""PostgreSQL only: two who add the same name at one instant meet at UNIQUE, and the second counts again."""


class PersonRefused(Refusal):
    """The person cannot be added as given; `field` and `reason` say what is wrong."""

    code = "person-refused"


class DomainRefused(Refusal):
    """The domain is not a name, or is here already."""

    code = "domain-refused"


class EstablishmentRefused(Refusal):
    """The UAI code is wrong or is here already."""

    code = "establishment-refused"


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Who is to be added.

    numen       in clear, only here; kept as a keyed hash
    local_part  only for positions and partners, who are not called prenom.nom (ce.0140001a)
    """

    type: AccountType
    given_name: str
    family_name: str
    now: datetime
    birth_on: date | None = None
    numen: str | None = field(default=None, repr=False)
    language: str = "fr"
    state: AccountState = AccountState.ACTIVE
    local_part: str | None = None


@dataclass(frozen=True, slots=True)
class NewEstablishment:
    """Where people work; `kind` is école, collège, lycée, dsden or rectorat without accents."""

    uai: str
    name: str
    kind: str
    city: str


def add_person(new: NewPerson) -> Person:
    """Adds an account with its identifier and its addresses, one in each domain under the same local part.

    raises  PersonRefused: then nothing is written
    """
    _check_person(new)
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                account = _add_account(new)
        except IntegrityError:
            continue
        person = find_person(account)
        assert person is not None
        return person
    raise PersonRefused(field="identifier", reason="taken")


def add_domain(name: str, *, principal: bool = False, now: datetime) -> None:
    """Adds a mail domain, and in it an alias for everybody who is here. Raises DomainRefused."""
    lower = name.strip().lower().rstrip(".")
    if not DOMAIN.fullmatch(lower) or len(lower) > DOMAIN_LENGTH:
        raise DomainRefused(domain=name[:80], reason="shape")
    with transaction.atomic():
        if queries.is_domain(lower):
            raise DomainRefused(domain=lower, reason="taken")
        if principal and Domain.objects.filter(principal=True).exists():
            raise DomainRefused(domain=lower, reason="principal-taken")
        domain = Domain.objects.create(name=lower, principal=principal)
        current = Address.objects.filter(principal=True, until_at=None).values_list("local", "account_id")
        Address.objects.bulk_create(
            [Address(local=local, domain=domain, account_id=account, from_at=now) for local, account in current],
            batch_size=500,
        )


def add_establishment(new: NewEstablishment) -> None:
    """Adds an establishment. Raises EstablishmentRefused."""
    uai = parse_uai(new.uai)
    if uai is None:
        raise EstablishmentRefused(uai=new.uai[:20], reason="check-letter")
    if Establishment.objects.filter(uai=uai).exists():
        raise EstablishmentRefused(uai=uai, reason="taken")
    Establishment.objects.create(uai=uai, name=new.name, kind=new.kind, city=new.city, department=find_department(uai))


def add_assignment(
    account: AccountId, uai: str, function: str, from_on: date, until_on: date | None = None, *, subject: str = ""
) -> None:
    """Says that the account works at the establishment, and what it teaches. Raises Gone when either is not here."""
    establishment = Establishment.objects.filter(uai=parse_uai(uai) or "").first()
    if establishment is None or not Account.objects.filter(pk=account).exists():
        raise Gone(account=account, uai=uai[:20])
    Assignment.objects.create(
        account_id=account, establishment=establishment, function=function, subject=subject, from_on=from_on,
        until_on=until_on,
    )  # fmt: skip


def set_role_holder(account: AccountId, roles: tuple[str, ...] = ROLES) -> None:
    """Chooses who reads these roles' addresses in every domain. Raises Gone."""
    if not Account.objects.filter(pk=account).exists():
        raise Gone(account=account)
    for role in roles:
        RoleHolder.objects.update_or_create(role=role, defaults={"account_id": account})


def _check_person(new: NewPerson) -> None:
    for name, value in (("given_name", new.given_name), ("family_name", new.family_name)):
        if len(value) > NAME_LENGTH:
            raise PersonRefused(field=name, reason="too-long")
        if not value.isprintable():
            raise PersonRefused(field=name, reason="characters")
    if not new.family_name.strip():
        raise PersonRefused(field="family_name", reason="empty")
    if not format_identifier(new.given_name, new.family_name) and new.local_part is None:
        raise PersonRefused(field="family_name", reason="no-latin-letter")
    if new.numen is not None and parse_numen(new.numen) is None:
        raise PersonRefused(field="numen", reason="shape")
    if new.language not in {"fr", "en"}:
        raise PersonRefused(field="language", reason="unknown")
    if new.local_part is not None and fold(new.local_part) != "".join(
        each for each in new.local_part if each.isascii() and (each.isalnum() or each in ".-")
    ):
        raise PersonRefused(field="local_part", reason="characters")
    if new.local_part is not None and (len(new.local_part) > 40 or new.local_part.strip(".-") != new.local_part):
        raise PersonRefused(field="local_part", reason="shape")


def _add_account(new: NewPerson) -> AccountId:
    numen = parse_numen(new.numen) if new.numen is not None else None
    if numen is not None and Account.objects.filter(numen_hash__in=list_hashes(numen)).exists():
        raise PersonRefused(field="numen", reason="taken")
    identifier, local = _choose_names(new)
    GivenIdentifier.objects.create(identifier=identifier)
    account = Account.objects.create(
        identifier=identifier,
        type=new.type,
        given_name=new.given_name.strip(),
        family_name=new.family_name.strip(),
        search_key=format_search_key(new.given_name, new.family_name),
        birth_on=new.birth_on,
        numen_hash=hash_numen(numen) if numen is not None else None,
        language=new.language,
        state=new.state,
        session_stamp=secrets.token_hex(16),
        created_at=new.now,
    )
    for domain in Domain.objects.all():
        Address.objects.create(local=local, domain=domain, account=account, principal=domain.principal, from_at=new.now)
    return AccountId(account.pk)


def _choose_names(new: NewPerson) -> tuple[str, str]:
    if new.local_part is not None:
        local = new.local_part
        taken = queries.list_given_locals(local)
        if local in taken or local in RESERVED or local in queries.list_given_identifiers(local):
            raise PersonRefused(field="local_part", reason="taken")
        return local, local
    base = format_identifier(new.given_name, new.family_name)
    identifier = choose_homonym(base, queries.list_given_identifiers(base))
    base = format_local_part(new.given_name, new.family_name)
    reserved = [base] if base in RESERVED else []
    return identifier, choose_homonym(base, [*queries.list_given_locals(base), *reserved])
