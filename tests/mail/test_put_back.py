"""What was removed for good is put back, by its owner or by an operator, as long as its octets are there."""

from datetime import timedelta

import pytest

from corneille.kernel import clock
from corneille.kernel.ids import AccountId, MailboxId
from corneille.kernel.journal import list_lines
from corneille.kernel.refusal import Gone
from corneille.mail.append import append
from corneille.mail.compact import compact
from corneille.mail.fetch import fetch, read_content
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import create_mailbox, delete_mailbox, find_mailbox
from corneille.mail.move import expunge, move
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.put_back import put_back, put_back_for
from corneille.mail.recently_deleted import forget_deleted, list_deleted
from corneille.mail.remove import remove as take_away
from corneille.mail.values import DELETED, Filed, MailAccount, NewMessage, OverQuota, Row
from corneille.mail.verify import Finding, verify
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.run.ground import Ground
from tests.mail.conftest import File, NewAccount, mailbox_of
from tests.mail.letter import NOON, letter


def remove(account: MailAccount, filed: Filed) -> None:
    flag(account, filed.mailbox, [filed.uid], FlagChange.ADD, frozenset({DELETED})).result(10)
    expunge(account, filed.mailbox, [filed.uid]).result(10)


def rows(account: MailAccount, mailbox: MailboxId) -> list[Row]:
    return [row for some in fetch(account, mailbox, [(1, 2**32 - 1)]) for row in some]  # type: ignore[list-item]


def test_a_message_comes_back_octet_for_octet_with_flags_and_date(
    account: MailAccount, inbox: MailboxId, file: File
) -> None:
    remove(account, file(letter("à garder"), "\\Flagged", "$Forwarded"))
    (gone,) = list_deleted(account, clock.now())
    assert (gone.subject, gone.mailbox_name) == ("à garder", "INBOX")
    filed = put_back(account, gone.number).result(10)
    (row,) = rows(account, inbox)
    assert (filed.mailbox, row.flags, row.received_at) == (inbox, "\\Flagged $Forwarded", NOON)
    assert filed.uid > 1, "UIDs are never given again"
    assert read_content(account, row.id) == letter("à garder")
    assert list_deleted(account, clock.now()) == []
    with pytest.raises(Gone):
        put_back(account, gone.number).result(10)
    assert not [each for each in verify() if isinstance(each, Finding)]


def test_what_left_the_bin_goes_to_the_inbox_and_what_lost_its_folder_too(
    account: MailAccount, inbox: MailboxId, file: File
) -> None:
    trash, folder = mailbox_of(account, "Trash"), create_mailbox(account, "Projet").result(10).id
    file(letter("du dossier"), mailbox=folder)
    first = file(letter("de la corbeille"))
    move(account, inbox, [first.uid], trash).result(10)
    (row,) = rows(account, trash)
    flag(account, trash, [row.uid], FlagChange.ADD, frozenset({DELETED})).result(10)
    expunge(account, trash).result(10)
    delete_mailbox(account, "Projet").result(10)
    for each in list_deleted(account, clock.now()):
        put_back(account, each.number).result(10)
    assert len(rows(account, inbox)) == 2


def test_a_folder_made_again_under_its_name_takes_its_messages_back(account: MailAccount, file: File) -> None:
    remove(account, file(letter(), mailbox=create_mailbox(account, "Projet").result(10).id))
    delete_mailbox(account, "Projet").result(10)
    again = create_mailbox(account, "Projet").result(10).id
    put_back(account, list_deleted(account, clock.now())[0].number).result(10)
    assert len(rows(account, again)) == 1


def test_what_was_replaced_or_removed_for_good_is_not_listed(account: MailAccount, inbox: MailboxId, file: File) -> None:
    draft = file(letter("brouillon"))
    new = append(account, inbox, [NewMessage(letter("suite"), NOON)], instead_of=(inbox, draft.uid)).result(10)[0]
    assert take_away(account, inbox, [new.uid], for_good=True).result(10) == (new.uid,)
    assert list_deleted(account, clock.now()) == []


def test_nobody_puts_back_what_is_somebody_elses(account: MailAccount, new_account: NewAccount, file: File) -> None:
    remove(account, file())
    (gone,) = list_deleted(account, clock.now())
    with pytest.raises(Gone):
        put_back(new_account(), gone.number).result(10)


def test_a_full_mail_account_refuses_and_loses_nothing(new_account: NewAccount) -> None:
    account = new_account(2000)
    inbox = mailbox_of(account, "INBOX")
    for _ in range(2):
        filed = append(account, inbox, [NewMessage(letter() + b"x" * 1200, NOON)]).result(10)[0]
        if not list_deleted(account, clock.now()):
            remove(account, filed)
    (gone,) = list_deleted(account, clock.now())
    with pytest.raises(OverQuota):
        put_back(account, gone.number).result(10)
    assert list_deleted(account, clock.now()) == [gone]


def test_after_its_days_it_is_forgotten(account: MailAccount, file: File) -> None:
    remove(account, file())
    now = clock.now()
    assert forget_deleted(now + timedelta(days=29)) == 0
    assert list_deleted(account, now + timedelta(days=29))
    assert list_deleted(account, now + timedelta(days=31)) == []
    assert forget_deleted(now + timedelta(days=31)) == 1


def test_what_compaction_took_is_listed_no_more(account: MailAccount, file: File) -> None:
    remove(account, file(letter("effacé")))
    kept = file(letter("gardé"))
    list(compact(least_share=0))
    for each in list_deleted(account, clock.now()):
        put_back(account, each.number).result(10)
    assert read_content(account, kept.id) == letter("gardé")


def test_an_operator_leaves_a_line_that_the_owner_reads(ground: Ground) -> None:
    now = clock.now()
    add_domain("ac-demo.test", principal=True, now=now)
    person = add_person(NewPerson(AccountType.TEACHER, "Paul", "Martin", now))
    account = create_mail_account(AccountId(person.id), quota_bytes=10**7)
    inbox = find_mailbox(account, "INBOX")
    assert inbox is not None
    remove(account, append(account, inbox.id, [NewMessage(letter(), NOON)]).result(10)[0])
    number = list_deleted(account, now)[0].number
    outcomes = put_back_for(person.id, [number, 999], now, actor="Nadia Benali", reason="ticket 118")
    assert [type(each) for each in outcomes] == [Filed, Gone]
    (line,) = [each for each in list_lines(person.id, 10) if each.action == "mail-put-back"]
    assert (line.actor, line.data) == ("Nadia Benali", {"count": 1, "reason": "ticket 118"})
