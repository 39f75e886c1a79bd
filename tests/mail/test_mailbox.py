"""Names: RFC 9051 §6.3.4 to §6.3.9."""

import pytest

from corneille.kernel.refusal import Refusal
from corneille.mail.fetch import read_content
from corneille.mail.mailbox import (
    create_mailbox,
    delete_mailbox,
    ensure_archive,
    find_mailbox,
    get_mailbox,
    list_mailboxes,
    list_subscribed_names,
    rename_mailbox,
    subscribe,
    view_mailbox,
)
from corneille.mail.values import (
    MailAccount,
    MailboxExists,
    MailboxGone,
    MailboxKept,
    MailboxNameRefused,
    SpecialUse,
    SpecialUseTaken,
)
from tests.mail.conftest import File, NewAccount, mailbox_of


def names(account: MailAccount) -> list[str]:
    return [each.name for each in list_mailboxes(account)]


def test_a_mail_account_begins_with_its_special_mailboxes(account: MailAccount) -> None:
    uses = {each.name: each.special_use for each in list_mailboxes(account)}
    assert names(account)[0] == "INBOX"
    assert set(filter(None, uses.values())) == set(SpecialUse)
    assert all(each.is_subscribed for each in list_mailboxes(account))


def test_missing_levels_are_made_and_names_are_nfc(account: MailAccount) -> None:
    made = create_mailbox(account, "E\u0301cole/3e\u0300me/").result(10)
    assert made.name == "École/3ème"
    assert "École" in names(account)
    assert find_mailbox(account, "E\u0301cole") is not None


def test_inbox_is_found_in_any_case_also_as_a_parent(account: MailAccount) -> None:
    assert create_mailbox(account, "inBox/listes").result(10).name == "INBOX/listes"
    assert find_mailbox(account, "Inbox") == find_mailbox(account, "INBOX")
    with pytest.raises(MailboxExists):
        create_mailbox(account, "inbox").result(10)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"), ("/", "empty"), ("a//b", "empty"), ("a/ /b", "empty"), ("x" * 1001, "too-long"),
        ("/".join("abcdefghijklmnopqrstu"), "too-deep"), ("#news", "reserved"), ("a\tb", "control-character"),
        ("a\0", "control-character"), ("a\u2028b", "control-character"), ("\ud800", "control-character"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_with_its_reason(account: MailAccount, name: str, why: str) -> None:
    for future in (create_mailbox(account, name), rename_mailbox(account, "Archive", name)):
        with pytest.raises(MailboxNameRefused) as refused:
            future.result(10)
        assert refused.value.data["why"] == why
    assert find_mailbox(account, name) is None


def test_uid_validity_is_never_given_twice_under_one_name(account: MailAccount) -> None:
    seen = set()
    for _ in range(5):
        seen.add(create_mailbox(account, "Brouillon").result(10).uid_validity)
        delete_mailbox(account, "Brouillon").result(10)
    assert len(seen) == 5


def test_a_rename_takes_along_what_is_below_and_keeps_uids(account: MailAccount, file: File) -> None:
    made = create_mailbox(account, "a/b/c").result(10)
    filed = file(mailbox=made.id)
    renamed = rename_mailbox(account, "a", "x/y").result(10)
    assert renamed.name == "x/y"
    assert {"x", "x/y", "x/y/b", "x/y/b/c"} <= set(names(account))
    assert "a" not in names(account)
    moved = get_mailbox(account, made.id)
    assert (moved.name, moved.uid_validity) == ("x/y/b/c", made.uid_validity)
    assert list(view_mailbox(account, made.id).uids) == [filed.uid]


def test_renaming_inbox_moves_its_messages_and_leaves_it_empty(account: MailAccount, file: File) -> None:
    create_mailbox(account, "INBOX/enfant").result(10)
    filed = [file(), file()]
    made = rename_mailbox(account, "INBOX", "Ancien").result(10)
    assert made.message_count == 2
    inbox = get_mailbox(account, mailbox_of(account, "INBOX"))
    assert (inbox.message_count, inbox.uid_next) == (0, 3)
    assert "INBOX/enfant" in names(account)
    assert read_content(account, filed[0].id)


@pytest.mark.parametrize(
    ("name", "new_name", "refusal"),
    [
        ("nulle part", "x", MailboxGone),
        ("Archive", "Sent", MailboxExists),
        ("Archive", "inbox", MailboxExists),
        ("Archive", "Archive/x", MailboxNameRefused),
    ],
)
def test_a_rename_that_cannot_be_changes_nothing(
    account: MailAccount, name: str, new_name: str, refusal: type[Refusal]
) -> None:
    before = names(account)
    with pytest.raises(refusal):
        rename_mailbox(account, name, new_name).result(10)
    assert names(account) == before


def test_a_deleted_parent_leaves_its_children_and_can_come_back(account: MailAccount) -> None:
    create_mailbox(account, "a/b").result(10)
    delete_mailbox(account, "a").result(10)
    assert "a/b" in names(account)
    assert "a" not in names(account)
    with pytest.raises(MailboxGone):
        delete_mailbox(account, "a").result(10)
    assert rename_mailbox(account, "a", "z").result(10).name == "z"
    assert "z/b" in names(account)


@pytest.mark.parametrize("name", ["INBOX", "inbox", "Sent", "Trash", "Drafts", "Junk"])
def test_mailboxes_that_programs_rely_on_stay(account: MailAccount, name: str) -> None:
    with pytest.raises(MailboxKept):
        delete_mailbox(account, name).result(10)


def test_a_special_use_belongs_to_one_mailbox(account: MailAccount) -> None:
    with pytest.raises(SpecialUseTaken):
        create_mailbox(account, "Envoyés", SpecialUse.SENT).result(10)
    assert find_mailbox(account, "Envoyés") is None


def test_the_archive_is_given_up_taken_and_made_again(account: MailAccount) -> None:
    delete_mailbox(account, "Archive").result(10)
    taken = create_mailbox(account, "Archives/2026", SpecialUse.ARCHIVE).result(10)
    assert ensure_archive(account).result(10).id == taken.id
    with pytest.raises(SpecialUseTaken):
        create_mailbox(account, "Archive", SpecialUse.ARCHIVE).result(10)
    delete_mailbox(account, "Archives/2026").result(10)
    create_mailbox(account, "Archive").result(10)
    made = ensure_archive(account).result(10)
    assert (made.name, made.special_use, made.is_subscribed) == ("Archive 2", SpecialUse.ARCHIVE, True)


def test_a_subscription_outlives_its_mailbox(account: MailAccount) -> None:
    made = create_mailbox(account, "Liste").result(10)
    assert not made.is_subscribed
    subscribe(account, "Liste", subscribed=True).result(10)
    assert get_mailbox(account, made.id).is_subscribed
    delete_mailbox(account, "Liste").result(10)
    assert "Liste" in list_subscribed_names(account)
    subscribe(account, "Liste", subscribed=False).result(10)
    assert "Liste" not in list_subscribed_names(account)
    with pytest.raises(MailboxGone):
        subscribe(account, "Liste", subscribed=True).result(10)


def test_two_people_may_use_the_same_names(new_account: NewAccount) -> None:
    mine, other = new_account(), new_account()
    create_mailbox(mine, "Classe").result(10)
    create_mailbox(other, "Classe").result(10)
    delete_mailbox(mine, "Classe").result(10)
    assert find_mailbox(other, "Classe") is not None
