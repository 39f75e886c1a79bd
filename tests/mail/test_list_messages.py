"""A page of a mailbox: newest first, both ways, whatever happens in between."""

import pytest

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.fetch import get_message, list_messages
from corneille.mail.flag import FlagChange, flag
from corneille.mail.move import move
from corneille.mail.values import MailAccount, MailboxGone
from tests.mail.conftest import File, NewAccount, mailbox_of
from tests.mail.letter import letter, minutes


def subjects(account: MailAccount, mailbox: MailboxId, cursor: str | None = None) -> list[str]:
    return [each.subject for each in list_messages(account, mailbox, cursor=cursor, limit=3).summaries]


@pytest.fixture
def eight(account: MailAccount, file: File) -> MailAccount:
    for number in range(8):
        file(letter(str(number)), received_at=minutes(number // 2))  # two of each minute
    return account


def test_pages_follow_one_another_forward_and_back(eight: MailAccount, inbox: MailboxId) -> None:
    first = list_messages(eight, inbox, limit=3)
    second = list_messages(eight, inbox, limit=3, cursor=first.next)
    third = list_messages(eight, inbox, limit=3, cursor=second.next)
    told = [[each.subject for each in page.summaries] for page in (first, second, third)]
    assert told == [["7", "6", "5"], ["4", "3", "2"], ["1", "0"]]
    assert [page.position for page in (first, second, third)] == [0, 3, 6]
    assert (first.previous, third.next) == (None, None)
    assert first.total_count == 8
    back = list_messages(eight, inbox, limit=3, cursor=third.previous)
    assert (back.summaries, back.position) == (second.summaries, 3)
    again = list_messages(eight, inbox, limit=3, cursor=back.previous)
    assert (again.summaries, again.position, again.previous) == (first.summaries, 0, None)


def test_a_cursor_holds_though_its_message_has_gone(eight: MailAccount, inbox: MailboxId, file: File) -> None:
    first = list_messages(eight, inbox, limit=3)
    move(eight, inbox, [first.summaries[-1].uid], mailbox_of(eight, "Trash")).result(10)
    file(letter("neuf"), received_at=minutes(60))
    assert subjects(eight, inbox, first.next) == ["4", "3", "2"]


def test_the_unseen_are_a_list_of_their_own(eight: MailAccount, inbox: MailboxId) -> None:
    flag(eight, inbox, [Uid(uid) for uid in (2, 4, 8)], FlagChange.ADD, frozenset({"\\Seen"})).result(10)
    page = list_messages(eight, inbox, unseen_only=True)
    assert [each.subject for each in page.summaries] == ["6", "5", "4", "2", "0"]
    assert page.total_count == 5


@pytest.mark.parametrize(
    "cursor", ["", "x", "n", "n1.2", "n1.2.x", "n9999999999999999999999.1.1", "b-1.-1.-1", "é" * 80, "n1_0.1.1"]
)
def test_a_cursor_that_is_none_shows_a_page(eight: MailAccount, inbox: MailboxId, cursor: str) -> None:
    list_messages(eight, inbox, cursor=cursor)


def test_an_empty_mailbox_is_an_empty_page(account: MailAccount) -> None:
    page = list_messages(account, mailbox_of(account, "Archive"))
    assert (page.summaries, page.total_count, page.next, page.previous) == ((), 0, None, None)


def test_a_line_says_who_what_and_whether_something_is_attached(account: MailAccount, file: File) -> None:
    plain = get_message(account, file(letter("Été", "Bonjour", to="Paul Durand <p@x>, c@x")).id)
    assert (plain.sender_name, plain.sender_address) == ("Jeanne Petit", "jeanne@ac.test")
    assert (plain.recipients, plain.subject, plain.preview) == ("Paul Durand, c@x", "Été", "Bonjour")
    assert not plain.has_attachment
    attached = (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: application/pdf\r\n'
        b"Content-Disposition: attachment; filename=a.pdf\r\n\r\nx\r\n--b--\r\n"
    )
    assert get_message(account, file(attached).id).has_attachment


def test_somebody_elses_mailbox_is_gone(new_account: NewAccount, inbox: MailboxId) -> None:
    with pytest.raises(MailboxGone):
        list_messages(new_account(), inbox)
