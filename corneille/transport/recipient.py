"""Who a recipient's address leads to, asked at RCPT, so that no bounce is ever owed for an unknown one."""

from dataclasses import dataclass
from datetime import datetime

from corneille.groups.audience import find_audience
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.mail.append import Place
from corneille.mail.changes import get_quota
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.values import MailAccount, StorageFault
from corneille.mail.warn_full import tell_refused
from corneille.people.address import is_local_domain, resolve_address
from corneille.transport.values import MailboxFull, RelayDenied, UnknownRecipient


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address and whose mail it reaches."""

    address: str
    account: MailAccount

    @property
    def place(self) -> Place:
        return Place(self.account)


def is_local(address: str) -> bool:
    """Tells whether we are the last server for this address; a bare « postmaster » is ours (RFC 5321
    §4.5.1)."""
    _, at, domain = address.rpartition("@")
    return not at or is_local_domain(domain)


def find_recipient(address: str) -> Recipient:
    """The mail account behind a local address. Raises RelayDenied (not ours), UnknownRecipient."""
    account = resolve_address(address)
    if account is None:
        raise UnknownRecipient(address=address) if is_local(address) else RelayDenied(address=address)
    try:
        return Recipient(address, open_mail_account(account))
    except Gone:
        raise UnknownRecipient(address=address) from None


def check_recipient(address: str, now: datetime, *, size_bytes: int = 0) -> None:
    """Says at RCPT whether a message of that size could be filed. Raises RelayDenied, UnknownRecipient,
    MailboxFull, ListRefused."""
    _check(None, address, now, size_bytes)


def check_recipient_of_writer(writer: AccountId, address: str, now: datetime) -> None:
    """The same for one of our people who writes: the outside is allowed. Raises UnknownRecipient,
    MailboxFull, ListRefused."""
    if is_local(address):
        _check(writer, address, now, size_bytes=0)


def _check(writer: AccountId | None, address: str, now: datetime, size_bytes: int) -> None:
    try:
        quota = get_quota(find_recipient(address).account)
    except UnknownRecipient:  # nobody's: only then a list is looked for
        if find_audience(writer, [address], now).lists:
            return
        raise
    except Gone:  # known, and its mail is not there: an index has lost it, and nothing may bounce for that
        raise StorageFault(address=address) from None
    if quota.used_bytes + max(size_bytes, 1) > quota.limit_bytes:
        note_full(address, now)
        raise MailboxFull(address=address)


def note_full(address: str, now: datetime) -> None:
    """Tells the owner of a full mail account, once a day, that mail for them has to wait."""
    owner = resolve_address(address)
    if owner is not None:
        tell_refused(owner, now)
