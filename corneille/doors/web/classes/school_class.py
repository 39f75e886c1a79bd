"""The page of a class: its pupils, those responsible for them, what was written to it, and what one does with it."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corneille.classes.answers import SentToClass, gather_answers, list_letters
from corneille.classes.decide_answers import Answers
from corneille.classes.gate import ClassShown, list_pupils, open_class
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.mail.open_mail_account import open_mail_account
from corneille.people.find import find_person

LETTERS = 10
"""What was written last: who looks for more looks in « Sent »."""


@dataclass(frozen=True, slots=True)
class LetterShown:
    """A letter to the class and what came of it."""

    sent: SentToClass
    answers: Answers


@require_safe
@signed_in
def school_class(request: HttpRequest, class_id: int) -> HttpResponseBase:
    """One's own, or nothing."""
    account, now = account_of(request), clock.now()
    opened = open_class(account, class_id, now)
    context = {"class": opened, "pupils": list_pupils(opened.id), "letters": _list_letters(account, opened, now)}
    return render(request, "classes/class.html", context)


def _list_letters(account: AccountId, opened: ClassShown, now: datetime) -> list[LetterShown]:
    person = find_person(account)
    if person is None:
        return []
    own = frozenset(each.lower() for each in person.addresses)
    try:
        mail = open_mail_account(account)
    except Gone:  # a class may be kept without a mailbox here
        return []
    found = [each for each in list_letters(mail, opened, LETTERS) if each.letter.sender in own]
    return [LetterShown(each, gather_answers(account, mail, each.letter, own, now)) for each in found]
