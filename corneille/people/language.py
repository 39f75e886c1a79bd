"""The language in which an account is spoken to, on pages and in notices."""

from corneille.kernel.ids import AccountId
from corneille.people import queries


def set_language(account: AccountId, language: str) -> None:
    """Remembers `language` ("fr" or "en"); anything else is a bug of the caller."""
    assert language in {"fr", "en"}
    queries.set_language(account, language)
