"""What is done to messages chosen in a list, or to the one that is open: filing, marking, deleting."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from corneille.doors.web.mail.gate import open_mail_of_folder
from corneille.doors.web.mail.side import FolderShown, Side, read_side
from corneille.doors.web.mail.undo import Undo, keep_undo
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.refusal import Gone
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import ensure_archive
from corneille.mail.move import move
from corneille.mail.remove import remove
from corneille.mail.values import FLAGGED, SEEN, MailAccount, SpecialUse
from corneille.people.position_right import PositionRight

SELECTED = 500
"""Messages in one form; a page shows fifty."""

_FLAGS = {
    "lu": (FlagChange.ADD, SEEN),
    "non-lu": (FlagChange.REMOVE, SEEN),
    "etoile": (FlagChange.ADD, FLAGGED),
    "sans-etoile": (FlagChange.REMOVE, FLAGGED),
}
_OWN = frozenset({"lu", "non-lu"})
"""What each reader of a position's mail has for themselves: reading gives the right to it."""
_TARGETS = {"archiver": SpecialUse.ARCHIVE, "supprimer": SpecialUse.TRASH, "indesirable": SpecialUse.JUNK}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The form: what to do with which messages of which folder."""

    request: HttpRequest
    account: MailAccount
    side: Side
    source: FolderShown
    uids: list[Uid]
    action: str


@require_POST
@signed_in
def act(request: HttpRequest, mailbox_id: int) -> HttpResponseBase:
    """Does it, says what was done, and goes back to where the person was."""
    action, _, single = request.POST.get("action", "").partition(":")
    right = PositionRight.READ if action in _OWN else PositionRight.WRITE
    account = open_mail_of_folder(request, mailbox_id, right)
    side = read_side(request, account, MailboxId(mailbox_id))
    source = side.get(MailboxId(mailbox_id))
    numbers = [single] if single else request.POST.getlist("uid")[:SELECTED]
    uids = sorted({Uid(number) for text in numbers if (number := parse_number(text)) is not None})
    if not uids:
        messages.warning(request, _now("No message was selected."))
        return _back(request, source)
    asked = _Asked(request, account, side, source, uids, action)
    if action in _FLAGS:
        change, name = _FLAGS[action]
        flag(account, source.id, uids, change, frozenset({name})).result()
    elif action == "supprimer" and source.is_trash:
        _drop(asked)
    else:
        _file(asked)
    return _back(request, source)


def _file(asked: _Asked) -> None:
    target = _choose_target(asked)
    if target.id == asked.source.id:
        messages.info(asked.request, _now("These messages are already there."))
        return
    moved = move(asked.account, asked.source.id, asked.uids, target.id).result()
    count = len(moved.uids)
    if not count:
        messages.info(asked.request, _now("These messages are no longer here."))
        return
    told = ngettext("%(count)d message moved to “%(folder)s”.", "%(count)d messages moved to “%(folder)s”.", count)
    keep_undo(asked.request, Undo(target.id, asked.source.id, moved.uids, told % {"count": count, "folder": target.name}))


def _choose_target(asked: _Asked) -> FolderShown:
    if asked.action in _TARGETS:
        target = asked.side.find(_TARGETS[asked.action])
        if target is None and asked.action == "archiver":  # a program has deleted it
            made = ensure_archive(asked.account).result()
            target = read_side(asked.request, asked.account).get(made.id)
    elif asked.action == "pas-indesirable":
        target = asked.side.find(None)
    elif asked.action == "deplacer":
        number = parse_number(asked.request.POST.get("cible", ""))
        target = asked.side.get(MailboxId(number)) if number is not None else None
    else:
        target = None
    if target is None:
        raise Gone
    return target


def _drop(asked: _Asked) -> None:
    """In the bin, deleting is for good."""
    count = len(remove(asked.account, asked.source.id, asked.uids).result())
    told: Any = ngettext("%(count)d message deleted for good.", "%(count)d messages deleted for good.", count)
    messages.success(asked.request, told % {"count": count})


def _back(request: HttpRequest, source: FolderShown) -> HttpResponseBase:
    target = request.POST.get("retour", "")
    if not target.startswith("/courrier/") or not target.isprintable():
        target = reverse("mail:mailbox", args=[source.id])
    return redirect(target)
