"""Who signs as a position and who on its behalf: From, Sender and the reverse-path are judged together."""

import pytest

from corneille.access.register import list_register
from corneille.mail.mailbox import get_mailbox
from corneille.run.ground import Ground
from corneille.transport.compose import Correspondent, Letter, compose
from corneille.transport.sent_letter import file_copy
from corneille.transport.submit import submit
from corneille.transport.values import Envelope, OnBehalfOnly, Once, SenderRefused
from tests.mail.conftest import mailbox_of
from tests.positions import UAI, Positions, found_positions
from tests.transport.school import DOMAIN, NOW, Member, letter

DIRECTION, OFFICE = (f"{name}.{UAI.lower()}@{DOMAIN}" for name in ("direction", "secretariat"))


@pytest.fixture
def school(ground: Ground) -> Positions:
    return found_positions()


def send(writer: Member, sender: str, reverse_path: str, to: Member, **more: str) -> None:
    submit(writer.account, Envelope(reverse_path, (to.address,)), letter(sender=sender, **more), NOW).result()


def test_who_has_send_as_signs_alone(school: Positions) -> None:
    send(school.head, DIRECTION, DIRECTION, school.teacher)
    (content,) = school.teacher.inbox()
    assert school.head.address.encode() not in content
    lines = [(each.name, each.data) for each in list_register(school.direction) if each.action == "position-wrote"]
    assert lines == [("François Muller", {"way": "send-as"})]


def test_on_behalf_wants_the_writers_own_address_beside_it(school: Positions) -> None:
    secretary = school.secretary
    send(secretary, DIRECTION, secretary.address, school.teacher, Sender=secretary.address)
    with pytest.raises(OnBehalfOnly):
        send(secretary, DIRECTION, secretary.address, school.teacher)
    with pytest.raises(OnBehalfOnly):
        send(secretary, DIRECTION, DIRECTION, school.teacher, Sender=secretary.address)
    with pytest.raises(SenderRefused):
        send(secretary, DIRECTION, secretary.address, school.teacher, Sender=school.head.address)
    assert len(school.teacher.inbox()) == 1
    lines = [(each.name, each.data) for each in list_register(school.direction) if each.action == "position-wrote"]
    assert lines == [("Éloïse Bézier", {"way": "on-behalf"})]


def test_reading_gives_no_right_to_write_and_strangers_have_none(school: Positions) -> None:
    for writer, sender in ((school.head, OFFICE), (school.teacher, DIRECTION)):
        with pytest.raises(SenderRefused):
            send(writer, sender, writer.address, school.secretary, Sender=writer.address)
    assert school.secretary.inbox() == []


def test_an_answer_comes_to_the_position_and_the_copy_lies_in_its_sent(school: Positions) -> None:
    key = "0" * 32
    written = Letter(
        Correspondent("direction", DIRECTION), [Correspondent("", school.teacher.address)], [], [], "Réunion", "Lundi.",
        f"<{key}@{DOMAIN}>", transmitter=Correspondent("Éloïse Bézier", school.secretary.address),
    )  # fmt: skip
    content = compose(written, NOW)
    envelope = Envelope(school.secretary.address, (school.teacher.address,))
    submit(school.secretary.account, envelope, content, NOW, once=Once(key, written.message_id, content)).result()
    assert file_copy(school.secretary.account, key, NOW)
    opened = school.open(school.head, school.direction).mail
    assert get_mailbox(opened, mailbox_of(opened, "Sent")).message_count == 1
    assert get_mailbox(school.secretary.mail, mailbox_of(school.secretary.mail, "Sent")).message_count == 0
    assert b"Sender: " in school.teacher.inbox()[0]
    send(school.teacher, school.teacher.address, school.teacher.address, school.head)
    answer = Envelope(school.teacher.address, (DIRECTION,))
    submit(school.teacher.account, answer, letter(sender=school.teacher.address), NOW).result()
    assert get_mailbox(opened, mailbox_of(opened, "INBOX")).unseen_count == 1
