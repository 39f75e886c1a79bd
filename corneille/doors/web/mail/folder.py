"""Making, renaming, emptying and deleting a folder."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from corneille.doors.web.mail.gate import go_to_named, open_named
from corneille.doors.web.mail.side import FolderShown, read_side
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.refusal import Gone
from corneille.mail.mailbox import create_mailbox, delete_mailbox, rename_mailbox, view_mailbox
from corneille.mail.remove import remove
from corneille.mail.values import (
    MailAccount,
    MailboxExists,
    MailboxKept,
    MailboxNameRefused,
    TooManyMailboxes,
)
from corneille.people.position_right import PositionRight

NAME_CHARS = 200

_WHY: dict[str, Promise] = {
    "empty": _("A folder needs a name."),
    "too-long": _("This name is too long."),
    "too-deep": _("Folders cannot stand that deep in one another."),
    "reserved": _("This name is reserved. Choose another."),
    "control-character": _("This name holds a character that cannot be used."),
}


@require_POST
@signed_in
def create(request: HttpRequest) -> HttpResponseBase:
    """A new folder, under another one if asked."""
    account = open_named(request, PositionRight.WRITE)
    name = _read_name(request)
    parent = request.POST.get("parent", "")
    if parent:
        name = f"{_find(request, account, 'parent').raw_name}/{name}"
    if _try(request, lambda: create_mailbox(account, name).result()):
        messages.success(request, _now("The folder “%(name)s” is there.") % {"name": name.rpartition("/")[2]})
    return go_to_named(request, "mail:folders")


@require_POST
@signed_in
def rename(request: HttpRequest) -> HttpResponseBase:
    """Another name for a folder, at the same place."""
    account = open_named(request, PositionRight.WRITE)
    folder = _find(request, account)
    name = _read_name(request)
    above, slash, _last = folder.raw_name.rpartition("/")
    if _try(request, lambda: _rename(account, folder, f"{above}{slash}{name}")):
        messages.success(request, _now("The folder is now called “%(name)s”.") % {"name": name})
    return go_to_named(request, "mail:folders")


@require_POST
@signed_in
def delete(request: HttpRequest) -> HttpResponseBase:
    """Deletes a folder that is empty; one that holds messages only when the form says so."""
    account = open_named(request, PositionRight.WRITE)
    folder = _find(request, account)
    if folder.message_count and request.POST.get("avec-messages") != "1":
        messages.warning(request, _now("Tick the box to say that the messages of this folder go with it."))
        return go_to_named(request, "mail:folders")
    if _try(request, lambda: _delete(account, folder)):
        messages.success(request, _now("The folder “%(name)s” is deleted.") % {"name": folder.name})
    return go_to_named(request, "mail:folders")


@require_POST
@signed_in
def empty(request: HttpRequest) -> HttpResponseBase:
    """Empties the bin or the junk folder, for good; no other folder can be emptied so."""
    account = open_named(request, PositionRight.WRITE)
    folder = _find(request, account)
    if not (folder.is_trash or folder.is_junk):
        raise MailboxKept(name=folder.raw_name)
    uids = [Uid(uid) for uid in view_mailbox(account, folder.id).uids]
    if uids:
        remove(account, folder.id, uids).result()
    messages.success(request, _now("The folder “%(name)s” is empty.") % {"name": folder.name})
    return redirect("mail:mailbox", folder.id)


def _rename(account: MailAccount, folder: FolderShown, name: str) -> Any:
    if folder.is_kept:
        raise MailboxKept(name=folder.raw_name)
    return rename_mailbox(account, folder.raw_name, name).result()


def _delete(account: MailAccount, folder: FolderShown) -> Any:
    if folder.is_kept:
        raise MailboxKept(name=folder.raw_name)
    return delete_mailbox(account, folder.raw_name).result()


def _read_name(request: HttpRequest) -> str:
    """A name typed by a person is one level: "/" would make several."""
    return request.POST.get("nom", "").strip().replace("/", "∕")[:NAME_CHARS]


def _find(request: HttpRequest, account: MailAccount, field: str = "dossier") -> FolderShown:
    number = parse_number(request.POST.get(field, ""))
    if number is None:
        raise Gone
    return read_side(request, account).get(MailboxId(number))


def _try(request: HttpRequest, operation: Callable[[], object]) -> bool:
    """Runs an operation on a folder; says in words why it cannot be done."""
    try:
        operation()
    except MailboxNameRefused as refusal:
        messages.error(request, str(_WHY.get(str(refusal.data.get("why")), _WHY["control-character"])))
    except MailboxExists:
        messages.error(request, _now("There is already a folder with this name."))
    except MailboxKept:
        messages.error(request, _now("This folder belongs to the mail service: it stays as it is."))
    except TooManyMailboxes:
        messages.error(request, _now("There are too many folders. Delete some first."))
    else:
        return True
    return False
