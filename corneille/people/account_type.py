"""The account types and states of an académie: codes that pages translate and policies name. Pure."""

from enum import StrEnum


class AccountType(StrEnum):
    """What an account is for; it decides rights and policies, never what a person may read of others."""

    TEACHER = "enseignant"
    STAFF = "administratif"
    HEAD = "direction"
    INSPECTOR = "inspection"
    ASSISTANT = "aed"
    SUPPORT = "support"
    SECURITY = "securite"
    DATA_PROTECTION = "delegue"
    FUNCTIONAL = "fonctionnel"
    PARTNER = "externe"


class AccountState(StrEnum):
    """Where an account is in its life; only an active one signs in."""

    TO_ACTIVATE = "to_activate"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"
    MOVED = "moved"  # to another académie


def is_person(account_type: AccountType) -> bool:
    """False for the mailbox of a position or of an establishment, which is never anyone's login."""
    return account_type is not AccountType.FUNCTIONAL
