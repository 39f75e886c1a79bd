"""Finds people by what they type or by their id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.account_type import AccountState, AccountType
from corneille.people.address import split_address
from corneille.people.name import fold
from corneille.people.numen import list_hashes, parse_numen

TYPED_LENGTH = 320
"""More characters than the longest address (RFC 5321 §4.5.3.1) are nobody's identifier."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account as other rooms see it; `addresses`: the principal one first; `establishments`: names."""

    id: AccountId
    identifier: str
    type: AccountType
    given_name: str
    family_name: str
    display_name: str
    language: str
    state: AccountState
    principal_address: str
    addresses: tuple[str, ...]
    establishments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The little that a sign-in has to know of an account."""

    account: AccountId
    type: AccountType
    state: AccountState


@dataclass(frozen=True, slots=True)
class Guessable:
    """What a stranger may know of a person, and what a password must not contain."""

    names: tuple[str, ...]
    birth_on: date | None
    uais: tuple[str, ...]


def find_account(text: str) -> Person | None:
    """Finds who an identifier, an address or a NUMEN means; case, accents and +detail forgiven."""
    standing = find_standing(text)
    return find_person(standing.account) if standing else None


def find_standing(text: str) -> Standing | None:
    """The same for a sign-in: one short query whatever was typed, known or not.

    Addresses of roles (postmaster@ …) are nobody's login.
    """
    typed = text.strip()
    if not typed or len(typed) > TYPED_LENGTH or not typed.isprintable():
        return None
    numen = parse_numen(typed)
    if numen is not None:
        row = queries.find_standing_by_numen(list_hashes(numen))
    elif "@" in typed:
        parts = split_address(fold("".join(typed.split())))
        row = queries.find_standing_by_address(*parts, now=clock.now()) if parts else None
    else:
        row = queries.find_standing_by_identifier(fold("".join(typed.split())))
    return Standing(AccountId(row[0]), AccountType(row[1]), AccountState(row[2])) if row else None


def find_person(account: AccountId) -> Person | None:
    """The person with this id, whatever the account's state."""
    row = queries.find_account(account)
    if row is None:
        return None
    addresses = tuple(queries.list_addresses(account, now=clock.now()))
    return Person(
        id=AccountId(row.pk),
        identifier=row.identifier,
        type=AccountType(row.type),
        given_name=row.given_name,
        family_name=row.family_name,
        display_name=row.display_name,
        language=row.language,
        state=AccountState(row.state),
        principal_address=addresses[0] if addresses else "",
        addresses=addresses,
        establishments=tuple(place.name for place in queries.list_establishments(account, on=clock.now().date())),
    )


def find_standing_of(account: AccountId) -> Standing | None:
    """Type and state of an account, by its id: one short query, where `find_person` asks three."""
    row = queries.find_type_and_state(account)
    return Standing(account, AccountType(row[0]), AccountState(row[1])) if row else None


def list_functions(account: AccountId, on: date) -> frozenset[str]:
    """What the account is assigned as on that day, in lower case: "principal", "professeur" …"""
    return frozenset(name.casefold() for name in queries.list_functions(account, on=on))


def find_name(account: AccountId) -> str:
    """How a person is called; empty where there is none."""
    found = queries.find_names(account)
    return f"{found[0]} {found[1]}".strip() if found else ""


def find_language(account: AccountId) -> str:
    """The language that a person has chosen; French where there is none."""
    found = queries.find_names(account)
    return found[2] if found else "fr"


def find_state(account: AccountId) -> AccountState | None:
    """The state of an account's life; None: there is no such account."""
    standing = find_standing_of(account)
    return standing.state if standing else None


def list_people(*, after: AccountId | None = None, limit: int = 200) -> list[Person]:
    """A page of everybody, in order of id: those after `after`."""
    ids = queries.list_account_ids(after=after or AccountId(0), limit=limit)
    return [person for each in ids if (person := find_person(each)) is not None]


def list_waiting(uai: str) -> list[Person]:
    """Everybody of an establishment whose account waits for activation, by name."""
    ids = queries.list_waiting(uai.strip().upper(), on=clock.now().date())
    return [person for each in ids if (person := find_person(each)) is not None]


def find_birth_date(account: AccountId) -> date | None:
    """One query, whether the account is somebody's or nobody's."""
    return queries.find_birth_date(account)


def list_without_birth_date(accounts: Sequence[AccountId]) -> set[AccountId]:
    """Those of whom the directory has told no birth date."""
    return queries.list_without_birth_date(accounts)


def find_guessable(account: AccountId) -> Guessable:
    """What must not stand in this person's password. (No NUMEN is known in clear: its shape is refused.)"""
    row = queries.find_account(account)
    if row is None:
        return Guessable((), None, ())
    places = queries.list_establishments(account, on=None)
    return Guessable((row.given_name, row.family_name, row.identifier), row.birth_on, tuple(place.uai for place in places))
