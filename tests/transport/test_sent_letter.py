"""A letter with a key leaves once, in any process and after any crash, and its writer's copy is filed once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from corneille.kernel.settings import of
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.set_quota import set_quota
from corneille.mail.values import NewMessage
from corneille.run.ground import Ground
from corneille.transport.queue import list_queue
from corneille.transport.sent_letter import file_copy, file_owed, find_sent, forget_letters
from corneille.transport.settings import TransportSettings
from corneille.transport.submit import submit
from corneille.transport.values import AlreadySent, Envelope, Once
from tests.transport.school import NOW, Member, School, letter

KEY = "a" * 32
LATER = NOW + timedelta(minutes=10)
COPY = letter(Message_ID=f"<{KEY}@ac-demo.test>", Bcc="secret@example.net")
ONCE = Once(KEY, f"<{KEY}@ac-demo.test>", COPY)


def send(school: School, *to: str, writer: Member | None = None, once: Once = ONCE) -> tuple[str, ...]:
    writer = writer or school.marie
    content = once.copy.replace(b"marie.dupont@", writer.address.partition("@")[0].encode() + b"@")
    envelope = Envelope(writer.address, to or (school.paul.address,))
    return submit(writer.account, envelope, content, NOW, once=once).result().waiting


def blobs_in(ground: Ground) -> list[Path]:
    return [each for each in (ground.data / "blobs").rglob("*") if each.is_file()]


def test_the_second_one_is_told_when_and_to_whom_the_first_went(school: School, ground: Ground) -> None:
    assert send(school, school.paul.address) == ()
    assert file_copy(school.marie.account, KEY, NOW)
    with pytest.raises(AlreadySent):
        send(school)
    assert len(school.paul.inbox()) == 1
    assert school.marie.read("Sent") == [COPY]
    sent = find_sent(school.marie.account, KEY)
    assert sent is not None
    assert (sent.sent_at, sent.recipients) == (NOW, (school.paul.address,))
    assert sent.copy is not None
    assert blobs_in(ground) == []


def test_a_key_is_its_writers_own(school: School) -> None:
    send(school)
    send(school, writer=school.paul)
    assert len(school.paul.inbox()) == 2
    assert find_sent(school.tiny.account, KEY) is None


def test_of_many_at_once_one_leaves(school: School, ground: Ground) -> None:
    def try_it(_number: int) -> bool:
        try:
            send(school, school.paul.address, "ami@example.net")
        except AlreadySent:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(try_it, range(12))) == 1
    assert len(school.paul.inbox()) == 1
    assert [each.recipient for each in list_queue() if each.state == "waiting"] == ["ami@example.net"]
    file_copy(school.marie.account, KEY, NOW)
    assert len(blobs_in(ground)) == 1  # what waits for the outside


def test_a_copy_that_was_never_filed_is_filed_later_once(school: School, ground: Ground) -> None:
    send(school)  # and the process ends here
    assert file_owed(NOW) == 0  # it may still be at it
    assert (file_owed(LATER), file_owed(LATER), file_owed(LATER + timedelta(hours=1))) == (1, 0, 0)
    assert school.marie.read("Sent") == [COPY]
    assert blobs_in(ground) == []


def test_a_copy_that_was_filed_and_not_written_down_is_not_filed_again(school: School) -> None:
    send(school)
    mailbox = find_mailbox(school.marie.mail, "Sent")
    assert mailbox is not None
    append(school.marie.mail, mailbox.id, [NewMessage(COPY, NOW)]).result()  # and the process ends here
    assert file_owed(LATER) == 1
    assert school.marie.read("Sent") == [COPY]
    sent = find_sent(school.marie.account, KEY)
    assert sent is not None
    assert sent.copy is not None


def test_a_copy_without_room_is_filed_when_there_is_some(school: School) -> None:
    set_quota(school.marie.account, 10, NOW, actor="test")
    send(school)
    assert not file_copy(school.marie.account, KEY, NOW)
    assert file_owed(LATER) == 0
    set_quota(school.marie.account, 10**6, NOW, actor="test")
    assert file_owed(LATER + timedelta(hours=1)) == 1
    assert school.marie.read("Sent") == [COPY]


def test_a_full_colleague_is_named_and_tried_again(school: School) -> None:
    long = Once(KEY, ONCE.message_id, letter(X_Filler="x" * 2000))
    assert send(school, school.tiny.address, school.paul.address, once=long) == (school.tiny.address,)
    assert [each.recipient for each in list_queue() if each.state == "waiting"] == [school.tiny.address]


def test_what_was_sent_is_forgotten_with_its_time(school: School, ground: Ground) -> None:
    send(school)
    kept_for = timedelta(days=of(TransportSettings).sent_letter_days)
    assert forget_letters(NOW + kept_for) == 0
    assert forget_letters(NOW + kept_for + timedelta(seconds=1)) == 1
    assert find_sent(school.marie.account, KEY) is None
    assert blobs_in(ground) == []
