"""STORE: what changes, what stays, what UNCHANGEDSINCE refuses."""

import pytest

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.fetch import list_flags
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import get_mailbox, view_mailbox
from corneille.mail.move import copy
from corneille.mail.values import KeywordRefused, Limits, MailAccount, MailboxGone
from tests.mail.conftest import File, NewAccount, mailbox_of

ALL = [(Uid(1), Uid(2**32 - 1))]


def flags_of(account: MailAccount, mailbox: MailboxId) -> list[str]:
    return [flags for rows in list_flags(account, mailbox, ALL) for _, _, flags in rows]


def test_flags_are_rendered_in_one_order_whatever_order_they_came_in(
    account: MailAccount, inbox: MailboxId, file: File
) -> None:
    file()
    for each in ("zebra", "\\draft", "$Label1", "\\SEEN", "\\Answered"):
        flag(account, inbox, [Uid(1)], FlagChange.ADD, frozenset({each})).result(10)
    assert flags_of(account, inbox) == ["\\Answered \\Seen \\Draft $Label1 zebra"]


def test_a_keyword_keeps_the_spelling_first_seen_in_its_mailbox(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(b"", "$Forwarded")
    file()
    told = flag(account, inbox, [Uid(2)], FlagChange.ADD, frozenset({"$FORWARDED"})).result(10)
    assert [flags for _, _, flags in told.changed] == ["$Forwarded"]
    told = flag(account, inbox, [Uid(1)], FlagChange.ADD, frozenset({"$forwarded"})).result(10)
    assert told.changed == ()
    assert [uid for uid, _, _ in told.unchanged] == [1]
    flag(account, inbox, [Uid(1)], FlagChange.REMOVE, frozenset({"$fOrWarded"})).result(10)
    assert flags_of(account, inbox) == ["", "$Forwarded"]
    assert view_mailbox(account, inbox).keywords == ("$Forwarded",)


def test_a_copy_takes_the_spelling_of_the_mailbox_it_comes_to(account: MailAccount, inbox: MailboxId, file: File) -> None:
    archive = mailbox_of(account, "Archive")
    file(b"", "TODO", mailbox=archive)
    file(b"", "todo")
    copy(account, inbox, [Uid(1)], archive).result(10)
    assert flags_of(account, archive) == ["TODO", "TODO"]


def test_unchanged_since_refuses_what_has_changed_and_does_the_rest(
    account: MailAccount, inbox: MailboxId, file: File
) -> None:
    for _ in range(3):
        file()
    since = get_mailbox(account, inbox).highest_modseq
    flag(account, inbox, [Uid(2)], FlagChange.ADD, frozenset({"\\Seen"})).result(10)
    told = flag(
        account, inbox, [Uid(1), Uid(2), Uid(3)], FlagChange.ADD, frozenset({"\\Flagged"}), unchanged_since=since
    ).result(10)
    assert told.modified == (2,)
    assert [uid for uid, _, _ in told.changed] == [1, 3]
    assert all(modseq == told.modseq > since for _, modseq, _ in told.changed)
    assert flags_of(account, inbox) == ["\\Flagged", "\\Seen", "\\Flagged"]


def test_a_store_that_changes_nothing_takes_no_modseq(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(b"", "\\Seen")
    before = get_mailbox(account, inbox).highest_modseq
    told = flag(account, inbox, [Uid(1), Uid(9)], FlagChange.ADD, frozenset({"\\Seen"})).result(10)
    assert told.changed == ()
    assert told.modseq == before == get_mailbox(account, inbox).highest_modseq


def test_one_keyword_too_many_is_refused_but_unused_ones_make_room(
    account: MailAccount, inbox: MailboxId, file: File
) -> None:
    file()
    for start in range(0, Limits.KEYWORDS_PER_MAILBOX, 50):
        some = frozenset(f"k{number}" for number in range(start, start + 50))
        flag(account, inbox, [Uid(1)], FlagChange.ADD, some).result(10)
    with pytest.raises(KeywordRefused):
        flag(account, inbox, [Uid(1)], FlagChange.ADD, frozenset({"more"})).result(10)
    flag(account, inbox, [Uid(1)], FlagChange.REPLACE, frozenset({"k1"})).result(10)
    flag(account, inbox, [Uid(1)], FlagChange.ADD, frozenset({"more"})).result(10)
    assert flags_of(account, inbox) == ["k1 more"]


def test_somebody_elses_mailbox_is_gone(new_account: NewAccount) -> None:
    mine, other = new_account(), new_account()
    with pytest.raises(MailboxGone):
        flag(mine, mailbox_of(other, "INBOX"), [Uid(1)], FlagChange.ADD, frozenset({"\\Seen"})).result(10)
    with pytest.raises(MailboxGone):
        next(list_flags(mine, mailbox_of(other, "INBOX"), ALL))
