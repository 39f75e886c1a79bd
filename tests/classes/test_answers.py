"""Answers to a letter to a class: sorted from what was heard, and heard in a mail as servers and people fill it."""

from datetime import UTC, datetime, timedelta

import pytest

from corneille.classes.answers import gather_answers, list_letters
from corneille.classes.audience import Part
from corneille.classes.decide_answers import Answers, Heard, decide_answers
from corneille.classes.gate import open_class
from corneille.classes.letter import Choice, ClassLetter, Way, read_choice, read_letter
from corneille.kernel.ids import MessageId
from corneille.kernel.refusal import Gone
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.values import NewMessage
from corneille.transport.compose import Correspondent
from corneille.wire.mime.header import Headers
from tests.classes.conftest import School, make
from tests.mail.letter import letter as message
from tests.transport.school import NOW, Member
from tests.wire.mime.test_delivery_status import report

LEA, TOM, EVA = (Correspondent(name, f"{name.lower()}@fai.example") for name in ("Lea", "Tom", "Eva"))
ME = "claire.lemoine@ac-demo.test"
COPY = (
    "From: Claire <{sender}>\r\nTo: Responsables de 5e B:;\r\nBcc: Lea <Lea@fai.example>, Tom <tom@fai.example>\r\n"
    "Subject: {subject}\r\nDate: Tue, 1 Sep 2026 10:00:00 +0200\r\nMessage-ID: <{name}@ac.test>\r\n"
    "X-Corneille-Class: {number} responsables chacun\r\n\r\nBonjour\r\n"
)


def heard(
    number: int, sender: Correspondent, *refers_to: str, is_automatic: bool = False, failed: tuple[str, ...] = ()
) -> Heard:
    at = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=number)
    name = f"{number}@x"
    return Heard(MessageId(number), name, frozenset(refers_to), sender, "Oui", at, 1, is_automatic, failed)


def decide(*told: Heard) -> Answers:
    return decide_answers("letter@ac", (LEA, TOM, EVA), {ME}, told)


def test_who_answers_counts_once_whatever_they_send() -> None:
    upper = Correspondent("Léa D.", "LEA@fai.example")
    found = decide(heard(1, LEA, "letter@ac"), heard(2, TOM, "letter@ac"), heard(3, upper, "letter@ac", "1@x"))
    assert [(one.person, len(one.answers)) for one in found.answered] == [(LEA, 2), (TOM, 1)]
    assert (found.silent, found.people_count, found.attachments_count) == ((EVA,), 3, 3)


def test_what_is_of_another_conversation_is_no_answer() -> None:
    assert decide(heard(1, LEA, "other@ac"), heard(2, TOM)).silent == (LEA, TOM, EVA)


def test_what_answers_ones_own_reminder_answers_the_letter() -> None:
    own = Correspondent("", ME.upper())
    found = decide(heard(1, own, "letter@ac"), heard(2, LEA, "1@x"))
    assert [one.person for one in found.answered] == [LEA]
    assert found.others == ()


def test_an_unknown_address_counts_for_nobody() -> None:
    found = decide(heard(1, Correspondent("Léa", "lea@autre.example"), "letter@ac"))
    assert (found.answered, [each.sender.address for each in found.others]) == ((), ["lea@autre.example"])


def test_a_program_answers_for_nobody() -> None:
    found = decide(heard(1, LEA, "letter@ac", is_automatic=True))
    assert (found.silent, len(found.automatic)) == ((LEA, TOM, EVA), 1)


def test_a_failure_is_no_silence_until_there_is_an_answer() -> None:
    daemon = Correspondent("", "mailer-daemon@x.example")
    failure = heard(1, daemon, "letter@ac", is_automatic=True, failed=("Lea@fai.example", "zoe@fai.example"))
    found = decide(failure)
    assert ([one.person for one in found.unreached], found.silent, found.automatic) == ([LEA], (TOM, EVA), ())
    found = decide(failure, heard(2, LEA, "letter@ac"))
    assert (found.unreached, [one.person for one in found.answered]) == ((), [LEA])


def test_a_report_that_names_nobody_of_the_class_is_not_lost() -> None:
    daemon = Correspondent("", "mailer-daemon@x.example")
    assert len(decide(heard(1, daemon, "letter@ac", is_automatic=True, failed=("zoe@fai.example",))).automatic) == 1


@pytest.mark.parametrize(
    ("value", "choice"),
    [
        ("12 responsables cci", Choice(12, Part.GUARDIANS, Way.BLIND)),
        ("12 tous chacun 4294967299", Choice(12, Part.ALL, Way.APART, MessageId(4294967299))),
        ("12 eleves", Choice(12, Part.PUPILS)),
        ("12 autres chacun", None),
        ("-1 eleves chacun", None),
        ("\u0661 eleves chacun", None),
        ("", None),
    ],
)
def test_what_a_copy_keeps_is_read_as_it_was_written(value: str, choice: Choice | None) -> None:
    assert read_choice(Headers(f"X-Corneille-Class: {value}\r\n".encode())) == choice
    if choice is not None:
        assert read_choice(Headers(f"X-Corneille-Class: {choice.format()}\r\n".encode())) == choice


def put(member: Member, content: bytes, folder: str = "INBOX", hours: int = 1) -> MessageId:
    mailbox = find_mailbox(member.mail, folder)
    assert mailbox is not None
    return append(member.mail, mailbox.id, [NewMessage(content, NOW + timedelta(hours=hours))]).result()[0].id


def send(school: School, number: int, name: str = "Un", subject: str = "Sortie", sender: str = "") -> ClassLetter:
    copy = COPY.format(sender=sender or school.claire.address, number=number, name=name, subject=subject).encode()
    put(school.claire, copy, "Sent", hours=0)
    letter = read_letter(Headers(copy))
    assert letter is not None
    return letter


def gather(school: School, letter: ClassLetter) -> Answers:
    return gather_answers(school.claire.account, school.claire.mail, letter, {school.claire.address}, NOW)


def test_answers_are_gathered_from_the_mail(school: School) -> None:
    letter = send(school, school.number)
    found = put(school.claire, message("Re: Sortie", **{"from": "Lea <lea@fai.example>", "references": "<Un@ac.test>"}))
    put(
        school.claire, message("Re: Sortie", **{"from": "Tom <tom@fai.example>"})
    )  # refers to nothing: of whatever « Sortie »
    answers = gather(school, letter)
    assert [one.answers[0].message for one in answers.answered] == [found]
    assert [each.address for each in answers.silent] == ["tom@fai.example"]


@pytest.mark.parametrize("last", ["message/rfc822", "text/rfc822-headers"])
def test_a_failure_that_refers_to_nothing_is_found_by_what_it_returns(school: School, last: str) -> None:
    letter = send(school, school.number)
    status = "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; tom@fai.example\r\nAction: failed\r\n\r\n"
    put(school.claire, report(status, last))
    put(school.claire, report(status, last).replace(b"<Un@", b"<Deux@"))
    answers = gather(school, letter)
    assert [one.person.address for one in answers.unreached] == ["tom@fai.example"]
    assert [each.address for each in answers.silent] == ["Lea@fai.example"]


def test_what_is_far_too_large_for_a_report_is_not_read(school: School) -> None:
    letter = send(school, school.number)
    status = "Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; tom@fai.example\r\nAction: failed\r\n\r\n"
    large = report(status, "message/rfc822") + b"\r\n" + b"epilogue\r\n" * 30_000
    put(school.claire, large)
    put(school.claire, large.replace(b"MIME-Version", b"In-Reply-To: <Un@ac.test>\r\nMIME-Version", 1))
    assert gather(school, letter).unreached == ()


def test_a_class_forgotten_or_a_letter_of_somebody_else_shows_nothing(school: School) -> None:
    letter = send(school, school.number)
    with pytest.raises(Gone):
        gather_answers(school.paul.account, school.claire.mail, letter, {school.claire.address}, NOW)
    with pytest.raises(Gone):
        gather_answers(school.claire.account, school.claire.mail, letter, {school.claire.address}, NOW.replace(year=2028))
    with pytest.raises(Gone):
        gather(school, send(school, school.number, "Faux", sender="autre@fai.example"))


def test_letters_to_one_class_are_listed_the_newest_first(school: School) -> None:
    other = make(school.claire.account, "3e A")
    for name, number in (("Un", school.number), ("Deux", other), ("Trois", school.number)):
        send(school, number, name, subject=name)
    opened = open_class(school.claire.account, school.number, NOW)
    assert {each.copy.subject for each in list_letters(school.claire.mail, opened, 10)} == {"Un", "Trois"}
    assert len(list_letters(school.claire.mail, opened, 1)) == 1
