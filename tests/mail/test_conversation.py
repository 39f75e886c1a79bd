"""What programs read in a conversation, whether the search index has been there or not."""

import pytest

from corneille.mail.conversation import read_conversation
from corneille.mail.mailbox import list_mailboxes
from corneille.mail.values import MailAccount, SpecialUse
from tests.mail.conftest import File
from tests.mail.indexed import wait_until_indexed
from tests.mail.letter import letter, minutes

PICTURES = (
    b"From: lea@ent.example\r\nSubject: Re: Sortie\r\nMessage-ID: <2@ent.example>\r\nIn-Reply-To: <Un@ac.test>\r\n"
    b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    b'--b\r\nContent-Type: text/html\r\n\r\n<p>Voici <img src="cid:logo">\r\n'
    b"--b\r\nContent-Type: image/png; name=logo.png\r\nContent-ID: <logo>\r\n"
    b"Content-Disposition: inline; filename=logo.png\r\n\r\nx\r\n--b--\r\n"
    b"--a\r\nContent-Type: image/jpeg; name=photo.jpg\r\nContent-Disposition: inline; filename=photo.jpg\r\n\r\nx\r\n"
    b"--a\r\nContent-Type: application/pdf\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''devoir.pdf\r\n\r\nx\r\n--a--\r\n"
)


@pytest.mark.parametrize("is_indexed", [False, True])
def test_what_answers_a_message_is_told_with_its_files(account: MailAccount, file: File, *, is_indexed: bool) -> None:
    file(letter("Sortie", message_id="<Un@ac.test>"), received_at=minutes(0))
    file(PICTURES, received_at=minutes(1))
    file(
        letter("Re: Sortie", message_id="<3@x>", references="<Un@ac.test>", auto_submitted="auto-replied"),
        received_at=minutes(2),
    )
    if is_indexed:
        wait_until_indexed()
    first, second, third = read_conversation(account, "Un@ac.test")
    assert (first.message_id, first.refers_to) == ("un@ac.test", frozenset())
    assert (second.refers_to, second.is_automatic, second.attachments_count) == (frozenset({"un@ac.test"}), False, 2)
    assert (third.refers_to, third.is_automatic, third.attachments_count) == (frozenset({"un@ac.test"}), True, 0)


def test_what_is_thrown_away_is_not_in_it(account: MailAccount, file: File) -> None:
    trash = next(each for each in list_mailboxes(account) if each.special_use is SpecialUse.TRASH)
    file(letter("Sortie", message_id="<un@ac.test>"))
    file(letter("Re: Sortie", in_reply_to="<un@ac.test>"), mailbox=trash.id)
    assert len(read_conversation(account, "un@ac.test")) == 1


def test_of_an_unknown_message_nothing_is_told(account: MailAccount) -> None:
    assert read_conversation(account, "un@ac.test") == []
