"""One rule of the second factor: whom it concerns, where, for what, in which risk, and from which day. Pure.

Written `CONDITION+CONDITION…=DAY`; all conditions must hold. A condition is an account type, `all`, or one of
`function:NAME`, `network:outside` (not one of the declared networks), `application:mail` (or `portal`), and
`risk:unusual` (the account is attacked, or something unusual was seen on it).
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

EVERYBODY = "all"
FIXED = {"network": ("outside",), "application": ("mail", "portal"), "risk": ("unusual",)}
"""The kinds of condition about a moment, with what they may name."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where somebody is, what they open, and whether there is reason to take care; the calmest by default.

    is_program  a mail program with the account's password: sign-ins on the web are no grace of its
    """

    is_declared_network: bool = True
    application: str = "portal"
    is_unusual: bool = False
    is_program: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the readable page; conditions as (kind, name): kind "type", "function", "network" …"""

    conditions: tuple[tuple[str, str], ...]
    from_on: date

    def may_concern(self, account_type: str, functions: Set[str]) -> bool:
        """Whether it can hold for this person at some moment."""
        held = {"type": {account_type, EVERYBODY}, "function": functions}
        return all(name in held[kind] for kind, name in self.conditions if kind in held)

    def holds(self, account_type: str, functions: Set[str], moment: Moment) -> bool:
        """Whether it holds for this person at this moment."""
        now = {
            "network": set() if moment.is_declared_network else {"outside"},
            "application": {moment.application},
            "risk": {"unusual"} if moment.is_unusual else set(),
        }
        return self.may_concern(account_type, functions) and all(
            name in now[kind] for kind, name in self.conditions if kind in now
        )

    @property
    def binds_programs(self) -> bool:
        """Whether it can hold for a mail program; what is unusual is asked about there by the place alone."""
        return not {("application", "portal"), ("risk", "unusual")} & set(self.conditions)

    @property
    def functions(self) -> frozenset[str]:
        return frozenset(name for kind, name in self.conditions if kind == "function")


def parse_rule(text: str, account_types: Set[str]) -> Rule:
    """Reads one. Raises ValueError, which says what is wrong and what would be right."""
    given, equal, day = text.rpartition("=")
    if not equal or not given:
        raise ValueError(f"{text!r}: wants CONDITION=YYYY-MM-DD, such as securite=2027-01-04")
    try:
        from_on = date.fromisoformat(day)
    except ValueError:
        raise ValueError(f"{text!r}: {day!r} is not a day: wants YYYY-MM-DD, such as securite=2027-01-04") from None
    return Rule(tuple(_parse_condition(each.strip(), account_types) for each in given.split("+")), from_on)


def _parse_condition(text: str, account_types: Set[str]) -> tuple[str, str]:
    kind, colon, name = text.partition(":")
    if not colon:
        if text not in {*account_types, EVERYBODY}:
            known = ", ".join(sorted(account_types))
            raise ValueError(f"{text!r} is no account type: wants all, one of {known}, or kind:name")
        return "type", text
    if kind == "function" and name:
        return "function", name.casefold()
    if name not in FIXED.get(kind, ()):
        known = ", ".join(f"{each}:{one}" for each, names in FIXED.items() for one in names)
        raise ValueError(f"{text!r} is no condition: wants function:NAME or one of {known}")
    return kind, name
