"""The documents that somebody shares, in the copy of their data: what they are, never the secret of a link."""

from dataclasses import asdict
from datetime import datetime

from corneille.documents.share import list_documents
from corneille.kernel.ids import AccountId


def export_documents(account: AccountId, now: datetime) -> list[dict[str, object]]:
    """One for each; the files themselves stand in the drafts or on the sender's own disk."""
    return [
        {name: value for name, value in asdict(each).items() if name not in {"link", "id", "is_new"}}
        for each in list_documents(account, now)
    ]
