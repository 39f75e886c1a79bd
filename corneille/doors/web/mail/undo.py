"""« Annuler »: the last move can be undone from the next page, by moving back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_POST

from corneille.doors.web.mail.gate import open_mail_of_folder
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.move import move
from corneille.people.position_right import PositionRight

_KEY = "mail-undo"


@dataclass(frozen=True, slots=True)
class Undo:
    """A move that was made: its UIDs in `there`, to bring back to `home`; `told` says what was done."""

    there: MailboxId
    home: MailboxId
    uids: tuple[Uid, ...]
    told: str


def keep_undo(request: HttpRequest, undo: Undo) -> None:
    """Remembers the last move in the session, to be shown once."""
    request.session[_KEY] = [undo.there, undo.home, list(undo.uids), undo.told]
    request.session[_KEY + "-fresh"] = True


def read_undo(request: HttpRequest) -> Undo | None:
    """What the page that follows a move may undo; asked again, None."""
    if not request.session.pop(_KEY + "-fresh", False) or _KEY not in request.session:
        return None
    there, home, uids, told = request.session[_KEY]
    return Undo(MailboxId(there), MailboxId(home), tuple(Uid(uid) for uid in uids), told)


@require_POST
@signed_in
def undo(request: HttpRequest) -> HttpResponseBase:
    """Moves back what the last action moved, once."""
    kept = request.session.pop(_KEY, None)
    if kept is None:
        messages.info(request, _now("There is nothing left to undo."))
        return redirect("mail:inbox")
    there, home, uids, _ = kept
    account = open_mail_of_folder(request, there, PositionRight.WRITE)
    move(account, MailboxId(there), [Uid(uid) for uid in uids], MailboxId(home)).result()
    messages.success(request, _now("Done: everything is back in its place."))
    return redirect("mail:mailbox", home)
