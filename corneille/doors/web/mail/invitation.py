"""An invitation in a message: what, when, by whom; yes, perhaps, no."""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from corneille.calendar.answer_invitation import Came, Invitation, answer_invitation, read_invitation, take_out_cancelled
from corneille.calendar.invite import InvitationRefused, Words
from corneille.calendar.put_object import ObjectRefused, Stale
from corneille.doors.web.mail.explain import explain
from corneille.doors.web.mail.gate import open_mail, open_mail_of_message
from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.ids import MessageId
from corneille.kernel.refusal import Gone, Refusal
from corneille.people.find import find_name
from corneille.wire.ical.guests import State
from corneille.wire.mime.attachments import choose_bodies
from corneille.wire.mime.section import decode_body

ANSWERS: dict[str, State] = {"oui": State.YES, "peut-etre": State.MAYBE, "non": State.NO}
SUBJECTS: dict[State, Promise] = {
    State.YES: _("Comes: %(title)s"), State.MAYBE: _("Perhaps: %(title)s"), State.NO: _("Does not come: %(title)s"),
}  # fmt: skip
DONE: dict[State, Promise] = {
    State.YES: _("You come: the event is in your calendar, and its organiser knows."),
    State.MAYBE: _("Perhaps you come: the event is in your calendar, and its organiser knows."),
    State.NO: _("You do not come: the event is not in your calendar, and its organiser knows."),
}


def find_invitation(request: HttpRequest, opened: Opened) -> Invitation | None:
    """None: the message invites this person to nothing."""
    part = choose_bodies(opened.content, opened.root).calendar
    if part is None or opened.inside:
        return None
    content = decode_body(opened.content, part)
    came = Came(opened.summary.sender_address, opened.summary.received_at)
    return read_invitation(account_of(request), content, came, clock.now())


@require_POST
@signed_in
def answer(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """Answers it, or takes out of the agenda what is cancelled. Of one's own mail alone: nobody answers for a position."""
    mail = open_mail_of_message(request, message_id)
    opened = open_message(mail, MessageId(message_id))
    if mail.id != open_mail(request).id:
        raise Gone(message=message_id)
    asked, now, word = find_invitation(request, opened), clock.now(), request.POST.get("reponse", "")
    try:
        if asked is None:
            raise InvitationRefused(reason="not-invited")
        if word == "retirer":
            take_out_cancelled(asked, now)
            messages.success(request, _now("The event is out of your calendar."))
        elif word in ANSWERS:
            state = ANSWERS[word]
            answer_invitation(asked, state, _tell(asked, state), now)
            messages.success(request, str(DONE[state]))
    except Stale:
        messages.warning(request, _now("A newer version of this invitation is in your calendar: answer that message."))
    except (InvitationRefused, ObjectRefused):
        messages.error(request, _now("This invitation cannot be answered: it is not for you, or your calendar is full."))
    except Refusal as refusal:
        told = _now("Your calendar is up to date, but the message to the organiser did not leave:")
        messages.warning(request, f"{told} {explain(refusal)}")
    return redirect("mail:message", message_id)


def _tell(asked: Invitation, state: State) -> Words:
    subject = str(SUBJECTS[state]) % {"title": asked.first.title}
    return Words(subject, f"{find_name(asked.agenda.asker)}\n{subject}\n")
