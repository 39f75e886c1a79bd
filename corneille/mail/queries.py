"""The main database's questions about mail accounts."""

from collections.abc import Sequence
from datetime import datetime

from corneille.kernel.ids import AccountId, MailAccountId
from corneille.kernel.plain_sql import find_one
from corneille.mail.models import ImageSender, Signature
from corneille.mail.models import MailAccount as MailAccountRow
from corneille.mail.values import MailAccount


def find_mail_account(owner: AccountId) -> MailAccount | None:
    """The mail account that belongs to a person.

    Asked twice for each message received: plain SQL, a fifth of the ORM's cost.
    """
    row = find_one("SELECT id, shard FROM mail_mailaccount WHERE owner_id = %s", [owner])
    return None if row is None else MailAccount(MailAccountId(row[0]), row[1])


def list_mail_accounts_of(owners: Sequence[AccountId]) -> dict[AccountId, MailAccount]:
    """Those of some people, by whose each is; who has none is left out."""
    rows = MailAccountRow.objects.filter(owner_id__in=owners).values_list("owner_id", "id", "shard")
    return {AccountId(owner): MailAccount(MailAccountId(id_), shard) for owner, id_, shard in rows if owner is not None}


def list_mail_accounts() -> list[MailAccount]:
    """Every mail account, by number."""
    rows = MailAccountRow.objects.order_by("id").values_list("id", "shard")
    return [MailAccount(MailAccountId(id_), shard) for id_, shard in rows]


def list_quotas() -> dict[int, int]:
    """What each mail account may hold, in bytes."""
    return dict(MailAccountRow.objects.values_list("id", "quota_bytes"))


def add_image_sender(account: MailAccountId, sender: str, at: datetime) -> None:
    ImageSender.objects.get_or_create(account_id=account, sender=sender, defaults={"added_at": at})


def drop_image_sender(account: MailAccountId, sender: str) -> bool:
    return ImageSender.objects.filter(account_id=account, sender=sender).delete()[0] > 0


def list_image_senders(account: MailAccountId) -> list[tuple[str, datetime]]:
    rows = ImageSender.objects.filter(account_id=account).order_by("sender")
    return list(rows.values_list("sender", "added_at"))


def is_image_sender(account: MailAccountId, sender: str) -> bool:
    return ImageSender.objects.filter(account_id=account, sender=sender).exists()


def count_image_senders(account: MailAccountId) -> int:
    return ImageSender.objects.filter(account_id=account).count()


def list_signatures(account: MailAccountId) -> dict[str, str]:
    """Language → text."""
    return dict(Signature.objects.filter(account_id=account).values_list("language", "text"))


def set_signature(account: MailAccountId, language: str, text: str, at: datetime) -> None:
    """An empty text is none."""
    if not text:
        Signature.objects.filter(account_id=account, language=language).delete()
        return
    told = {"text": text, "written_at": at}
    Signature.objects.update_or_create(account_id=account, language=language, defaults=told)


def list_owners() -> dict[int, int]:
    """Whose each mail account is: mail account → account; those of nobody are left out."""
    return dict(MailAccountRow.objects.exclude(owner_id=None).values_list("id", "owner_id"))
