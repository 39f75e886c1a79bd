"""« Réponses »: what came of a letter to a class, below its copy, and whom a reminder is for."""

from dataclasses import dataclass

from django.http import HttpRequest

from corneille.classes.answers import gather_answers
from corneille.classes.decide_answers import Answers
from corneille.classes.letter import ClassLetter, read_letter
from corneille.doors.web.mail.gate import open_mail_of_message
from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.mail.sender import list_senders
from corneille.doors.web.person import account_of
from corneille.kernel import clock
from corneille.kernel.ids import MessageId
from corneille.kernel.refusal import Gone
from corneille.mail.mailbox import find_special_mailbox
from corneille.mail.values import MailAccount, SpecialUse
from corneille.people.find import find_person


@dataclass(frozen=True, slots=True)
class Reminded:
    """A letter to a class, opened, and what has come of it."""

    opened: Opened
    letter: ClassLetter
    answers: Answers


def find_answers(request: HttpRequest, mail: MailAccount, opened: Opened) -> Reminded | None:
    """None: the message is no letter to a class of theirs, or the class has been forgotten.

    A letter to a class stands in « Sent » alone: what was received may bear its mark too, and say whatever it likes.
    """
    letter = None if opened.inside else read_letter(opened.headers)
    sent = None if letter is None else find_special_mailbox(mail, SpecialUse.SENT)
    person = None if sent is None or sent.id != opened.summary.mailbox else find_person(account_of(request))
    if letter is None or person is None:
        return None
    now = clock.now()
    own = frozenset(each.sender.address.lower() for each in list_senders(person, now))
    try:
        return Reminded(opened, letter, gather_answers(account_of(request), mail, letter, own, now))
    except Gone:
        return None


def open_reminded(request: HttpRequest, message: MessageId) -> Reminded:
    """The letter that a reminder is about. Raises Gone where it is not there any more, or no letter to a class of theirs."""
    mail = open_mail_of_message(request, message)
    reminded = find_answers(request, mail, open_message(mail, message))
    if reminded is None:
        raise Gone(message=message)
    return reminded
