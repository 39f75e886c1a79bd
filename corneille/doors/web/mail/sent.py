"""« Déjà envoyé »: the form came a second time, and the message had left with the first."""

import secrets

from django.http.response import HttpResponseBase
from django.shortcuts import render

from corneille.doors.web.mail.desk import Desk
from corneille.doors.web.mail.letter_form import LetterForm
from corneille.doors.web.person import account_of
from corneille.kernel.refusal import Gone
from corneille.mail.fetch import get_message
from corneille.transport.sent_letter import find_sent

SHOWN_RECIPIENTS = 20


def show_sent(desk: Desk, form: LetterForm) -> HttpResponseBase:
    """When it left and to whom, its copy, and the way on for words that are not those that left."""
    letter = find_sent(account_of(desk.request), desk.token)
    if letter is None:
        raise Gone
    copy = letter.copy
    if copy is not None:
        try:
            get_message(desk.account, copy)
        except Gone:  # moved or deleted since
            copy = None
    again = [(name, form.data.get(name, "")) for name in ("sender", "to", "cc", "bcc", "subject", "text")]
    if desk.addressed is not None:
        _name, choice = desk.addressed.mark
        again += list(zip(("classe", "groupe", "facon", "relance"), choice.split(), strict=False))
    context = {
        "side": desk.shown_side, "letter": letter, "copy": copy, "answered": desk.answered, "again": again,
        "token": secrets.token_hex(16), "shown": letter.recipients[:SHOWN_RECIPIENTS],
        "more_count": len(letter.recipients[SHOWN_RECIPIENTS:]), "page": "compose",
    }  # fmt: skip
    return render(desk.request, "mail/sent.html", context)
