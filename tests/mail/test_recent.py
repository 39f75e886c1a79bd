"""Claims of new messages."""

from corneille.kernel.ids import MailboxId
from corneille.mail.mailbox import get_mailbox
from corneille.mail.recent import claim_recent, count_recent, keep_claims
from corneille.mail.values import MailAccount
from tests.mail.conftest import File


def test_a_message_is_claimed_once(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(b"A: 1\r\n\r\n")
    file(b"A: 2\r\n\r\n")
    told = get_mailbox(account, inbox)
    assert count_recent(account, told) == 2
    assert claim_recent(account, inbox, told.first_recent, told.uid_next) == 1
    assert claim_recent(account, inbox, told.first_recent, told.uid_next) == 3
    assert count_recent(account, told) == 0


def test_what_is_kept_never_goes_back_and_is_no_change(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(b"A: 1\r\n\r\n")
    before = get_mailbox(account, inbox)
    keep_claims(account, inbox, before.uid_next).result()
    keep_claims(account, inbox, before.first_recent).result()
    after = get_mailbox(account, inbox)
    assert (before.first_recent, after.first_recent, after.highest_modseq) == (1, 2, before.highest_modseq)
