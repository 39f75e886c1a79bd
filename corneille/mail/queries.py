"""The main database's questions about mail accounts."""

from django.db import connection

from corneille.kernel.ids import AccountId, MailAccountId
from corneille.mail.models import MailAccount as MailAccountRow
from corneille.mail.values import MailAccount


def find_mail_account(owner: AccountId) -> MailAccount | None:
    """The mail account that belongs to a person.

    Asked twice for each message received: plain SQL, a fifth of the ORM's cost.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, shard FROM mail_mailaccount WHERE owner_id = %s", [owner])
        row = cursor.fetchone()
    return None if row is None else MailAccount(MailAccountId(row[0]), row[1])


def list_mail_accounts() -> list[MailAccount]:
    """Every mail account, by number."""
    rows = MailAccountRow.objects.order_by("id").values_list("id", "shard")
    return [MailAccount(MailAccountId(id_), shard) for id_, shard in rows]


def list_quotas() -> dict[int, int]:
    """What each mail account may hold, in bytes."""
    return dict(MailAccountRow.objects.values_list("id", "quota_bytes"))


def list_owners() -> dict[int, int]:
    """Whose each mail account is: mail account → account; those of nobody are left out."""
    return dict(MailAccountRow.objects.exclude(owner_id=None).values_list("id", "owner_id"))
