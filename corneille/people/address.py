"""Addresses: who reads what is sent to one, and completion.

No cache: a look-up is one indexed query of some 30 µs, and so is right in every process at once.
"""

from dataclasses import dataclass

from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.people import queries
from corneille.people.name import fold

ROLES = ("postmaster", "abuse", "hostmaster", "security")
"""Reach somebody at every domain (RFC 2142; RFC 5321 §4.5.1 for the first)."""
RESERVED = frozenset(ROLES) | {
    "root",
    "webmaster",
    "mailer-daemon",
    "noreply",
    "no-reply",
    "admin",
    "administrator",
}
"""Local parts that no person may be given."""
LOCAL_LENGTH = 64
DOMAIN_LENGTH = 253


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of completion."""

    name: str
    address: str


def split_address(address: str) -> tuple[str, str] | None:
    """The local part without its +detail and the domain, both in lower case; None when this is no address."""
    local, at, domain = address.strip().lower().rpartition("@")
    local = local.partition("+")[0]
    if not at or not 0 < len(local) <= LOCAL_LENGTH or not 0 < len(domain) <= DOMAIN_LENGTH:
        return None
    return (local, domain.rstrip(".")) if address.isprintable() else None


def resolve_address(address: str) -> AccountId | None:
    """Whose mail a message to this address goes into; None: no such address here (there is no catch-all).

    +detail is left out, case too. A bare « postmaster » is ours (RFC 5321 §4.1.1.3). An ended account has no
    address.
    """
    if address.strip().lower() == "postmaster":
        return queries.find_role_holder("postmaster")
    parts = split_address(address)
    if parts is None:
        return None
    row = queries.find_standing_by_address(*parts, now=clock.now())
    if row is not None:
        return AccountId(row[0]) if row[2] != "ended" else None
    if parts[0] in ROLES and is_local_domain(parts[1]):
        return queries.find_role_holder(parts[0])
    return None


def is_local_domain(domain: str) -> bool:
    """Tells whether this domain is the académie's; case and a final dot do not matter."""
    return queries.is_domain(domain.lower().rstrip("."))


def list_domains() -> list[str]:
    """The académie's domains, the principal one first."""
    return queries.list_domains()


def suggest_addresses(text: str, limit: int) -> list[Suggestion]:
    """Completes a name or an address as it is typed: words by their beginning, accents ignored."""
    wanted = fold(text).strip()
    if not wanted or len(wanted) > LOCAL_LENGTH:
        return []
    found = queries.list_by_words(wanted, now=clock.now(), limit=max(0, min(limit, 50)))
    return [Suggestion(name, address) for name, address in found]
