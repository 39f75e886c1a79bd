"""Conversations: by what a message refers to, else by subject, within one mail account, decided once."""

import pytest

from corneille.kernel.ids import ThreadId
from corneille.mail.append import append
from corneille.mail.fetch import get_message, list_thread
from corneille.mail.move import move
from corneille.mail.values import Filed, MailAccount, NewMessage
from tests.mail.conftest import File, NewAccount, mailbox_of
from tests.mail.letter import letter, minutes


def thread_of(account: MailAccount, filed: Filed) -> ThreadId:
    return get_message(account, filed.id).thread


@pytest.mark.parametrize(
    ("second", "is_one"),
    [
        ({"subject": "Autre", "in_reply_to": "<1@x>"}, True),
        ({"subject": "Autre", "references": "<0@x> <1@x>"}, True),
        ({"subject": "Autre", "references": "<1@x> <7@x>", "in_reply_to": "<7@x>"}, True),
        ({"subject": "Re: Sortie"}, True),
        ({"subject": "RE : Sortie"}, True),
        ({"subject": "Re: sortie"}, True),
        ({"subject": "Sortie"}, False),  # a new letter of the same name, a newsletter: not an answer
        ({"subject": "[Sortie] Sortie"}, False),
        ({"subject": "[3B] Re[2]: Sortie"}, True),
        ({"subject": "Re: Autre"}, False),
        ({"subject": "Autre", "in_reply_to": "<9@x>"}, False),
    ],
)
def test_an_answer_joins_what_it_answers(account: MailAccount, file: File, second: dict[str, str], *, is_one: bool) -> None:
    first = file(letter("Sortie", message_id="<1@x>"))
    answer = file(letter(**second, message_id="<2@x>"))
    assert (thread_of(account, first) == thread_of(account, answer)) is is_one


def test_an_answer_that_comes_first_waits_for_its_question(account: MailAccount, file: File) -> None:
    answer = file(letter("Autre", message_id="<2@x>", in_reply_to="<1@x>"))
    question = file(letter("Sortie", message_id="<1@x>"))
    assert thread_of(account, answer) == thread_of(account, question)


def test_a_conversation_is_one_persons_own(new_account: NewAccount, account: MailAccount, file: File) -> None:
    first = file(letter("Sortie", message_id="<1@x>"))
    other = new_account()
    (answer,) = append(
        other, mailbox_of(other, "INBOX"), [NewMessage(letter("Re: Sortie", in_reply_to="<1@x>"), minutes(0))]
    ).result(10)
    assert thread_of(account, first) != thread_of(other, answer)
    assert list_thread(other, thread_of(account, first)) == []


def test_a_conversation_spans_mailboxes_but_not_trash_and_junk(account: MailAccount, file: File) -> None:
    filed = [
        file(letter("Sortie", message_id=f"<{number}@x>", references="<0@x>"), received_at=minutes(-number))
        for number in range(4)
    ]
    move(account, filed[0].mailbox, [filed[1].uid], mailbox_of(account, "Archive")).result(10)
    move(account, filed[0].mailbox, [filed[2].uid], mailbox_of(account, "Trash")).result(10)
    shown = list_thread(account, thread_of(account, filed[0]))
    assert [each.id for each in shown] == [filed[3].id, filed[1].id, filed[0].id]


def test_messages_without_an_id_are_conversations_of_their_own(account: MailAccount, file: File) -> None:
    assert thread_of(account, file(b"\r\nno header")) != thread_of(account, file(b"\r\nno header"))
