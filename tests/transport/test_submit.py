"""What leaves has Date, Message-ID, clean line ends and no Bcc; nobody is served when the message is
refused."""

from dataclasses import replace

import pytest

from corneille.kernel import settings
from corneille.run.ground import Ground
from corneille.transport.queue import list_queue
from corneille.transport.submit import complete, submit
from corneille.transport.values import Envelope, MailboxFull, MessageRefused, SenderRefused, UnknownRecipient
from tests.transport.school import NOW, School, letter


def test_what_is_there_stays_byte_for_byte(ground: Ground) -> None:
    content = letter(Date="Tue, 1 Sep 2026 10:00:00 +0200", Message_ID="<a@b>", X="caf\u00e9")
    assert complete(content, "M-1", NOW) == content


def test_blind_copies_and_bare_line_ends_do_not_leave(ground: Ground) -> None:
    content = b"Bcc: a@b.c,\r\n d@e.f\r\nFrom: x@y.z\nbcc : g@h.i\r\n\r\nBcc: in the body\rstays\r\n"
    finished = complete(content, "M-1", NOW)
    assert b"a@b.c" not in finished
    assert b"d@e.f" not in finished
    assert b"g@h.i" not in finished
    assert finished.endswith(b"From: x@y.z\r\n\r\nBcc: in the body\r\nstays\r\n")
    assert finished.startswith(b"Date: Tue, 01 Sep 2026 08:00:00 +0000\r\nMessage-ID: <M-1@")


def test_a_refused_message_is_neither_filed_nor_queued(school: School) -> None:
    own = Envelope(school.marie.address, (school.paul.address, "ami@example.net"))
    stranger = replace(own, reverse_path=school.paul.address)
    unknown = replace(own, recipients=(school.paul.address, "personne@ac-demo.test"))
    for envelope, content, refusal in (
        (stranger, letter(), SenderRefused),
        (own, letter(sender=school.paul.address), SenderRefused),
        (own, b"\r\n", MessageRefused),
        (unknown, letter(), UnknownRecipient),
        (replace(own, recipients=()), letter(), MessageRefused),
        (replace(own, recipients=own.recipients * 300), letter(), MessageRefused),
    ):
        with pytest.raises(refusal):
            submit(school.marie.account, envelope, content, NOW).result()
    assert school.paul.inbox() == []
    assert list_queue() == []


def test_a_full_colleague_alone_is_told_at_once_and_among_others_is_tried_later(school: School) -> None:
    long = letter(X_Filler="x" * 2000)
    with pytest.raises(MailboxFull):
        submit(
            school.marie.account, Envelope(school.marie.address, (school.tiny.address,)), long, NOW
        ).result()
    both = Envelope(school.marie.address, (school.tiny.address, school.paul.address))
    assert submit(school.marie.account, both, long, NOW).result().refusals == (None, None)
    assert len(school.paul.inbox()) == 1
    assert [line.recipient for line in list_queue()] == [school.tiny.address]


def test_a_setting_that_cannot_work_is_refused(ground: Ground) -> None:
    for wrong in ({"smart_host_tls": "maybe"}, {"retry_s": ("60", "30")}, {"retry_s": ()}, {"lease_s": 10}):
        with pytest.raises(settings.SettingsRefused):
            settings.load(None, {}, transport=wrong)
    settings.load(None, {}, ground={"data": str(ground.data)})


@pytest.mark.parametrize(
    "content",
    [
        letter().replace(b"Subject", b"no field at all\r\nFrom: paul.martin@ac-demo.test\r\nSubject"),
        letter().replace(b"Subject", b"X: a\rFrom: paul.martin@ac-demo.test\r\nSubject"),
        letter().replace(b"Subject", b"X: a\nFrom: paul.martin@ac-demo.test\r\nSubject"),
        letter().replace(b"Subject", b"FROM : paul.martin@ac-demo.test\r\nSubject"),
        letter(Sender="paul.martin@ac-demo.test"),
        letter(sender="marie.dupont@ac-demo.test, Paul <paul.martin@ac-demo.test>"),
        letter(sender="Groupe: paul.martin@ac-demo.test;"),
        letter(sender='"marie.dupont@ac-demo.test" <paul.martin@ac-demo.test>'),
        b"X: " + b"x" * 1_100_000 + b"\r\n" + letter(),
    ],
)
def test_no_trick_in_the_header_lets_one_write_as_somebody_else(school: School, content: bytes) -> None:
    with pytest.raises((SenderRefused, MessageRefused)):
        submit(
            school.marie.account, Envelope(school.marie.address, (school.paul.address,)), content, NOW
        ).result()
    assert school.paul.inbox() == []


@pytest.mark.parametrize(
    "address", ["a@b.test\r\nRCPT TO:<c@d.test", "a@b.test> NOTIFY=NEVER", "", "nobody", "a b@c.test"]
)
def test_nothing_but_an_address_becomes_a_recipient(school: School, address: str) -> None:
    with pytest.raises(MessageRefused) as caught:
        submit(school.marie.account, Envelope(school.marie.address, (address,)), letter(), NOW)
    assert caught.value.data["why"] == "bad-recipient"


def test_a_message_with_one_long_but_honest_header_is_sent(school: School) -> None:
    content = letter(X_Long="x" * 100_000)
    submit(
        school.marie.account, Envelope(school.marie.address, (school.paul.address,)), content, NOW
    ).result()
    assert len(school.paul.inbox()) == 1
