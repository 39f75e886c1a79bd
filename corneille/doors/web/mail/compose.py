"""Writing a message: new, an answer, one sent on, or a draft taken up again.

All that is being written lives in the form and, once saved, in the draft: files are kept in the draft between
two sendings of the form, so that nothing is lost when a field is wrong.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_http_methods

from corneille.doors.web.kit.formats import format_size
from corneille.doors.web.mail.answer import begin_forward, begin_reply, list_references, read_text
from corneille.doors.web.mail.draft import KeptFile, drop_draft, find_draft, list_files, read_file, save_draft
from corneille.doors.web.mail.letter_form import LetterForm
from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.mail.recipients import format_recipients
from corneille.doors.web.mail.send import Sending, Sent, send
from corneille.doors.web.mail.side import Side, open_mail, read_side
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.ids import MessageId
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.mail.values import MailAccount, MessageTooLarge, OverQuota
from corneille.people.find import Person, find_person
from corneille.transport.compose import AttachedFile, Correspondent, Letter
from corneille.transport.compose import compose as compose_letter
from corneille.transport.values import MessageRefused, SenderRefused, SendingPaused, UnknownRecipient

FILES = 50


@dataclass(frozen=True, slots=True)
class _Desk:
    """What is on the desk while one writes."""

    request: HttpRequest
    account: MailAccount
    side: Side
    person: Person
    draft: Opened | None
    answered: Opened | None
    kind: str  # "", "repondre", "tous", "transferer"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def compose(request: HttpRequest) -> HttpResponseBase:
    """The form; on POST `action` says: save, send or throw away."""
    desk = _open_desk(request)
    if request.method != "POST":
        return _show(desk, LetterForm(_begin(desk), senders=desk.person.addresses), _offered_files(desk))
    form = LetterForm(request.POST, request.FILES, senders=desk.person.addresses)
    if request.POST.get("action") == "jeter":
        return _throw_away(desk)
    return _take(desk, form)


def _open_desk(request: HttpRequest) -> _Desk:
    account = open_mail(request)
    side = read_side(account)
    person = find_person(account_of(request))
    if person is None:
        raise Gone
    asked = request.POST if request.method == "POST" else request.GET
    draft = find_draft(account, side, _number(asked.get("brouillon", "")))
    original = _number(asked.get("message", ""))
    kind = asked.get("genre", "") if asked.get("genre") in {"repondre", "tous", "transferer"} else ""
    answered = None
    if original is not None and kind:
        answered = open_message(account, original, asked.get("dans", ""))
    return _Desk(request, account, side, person, draft, answered, kind)


def _number(text: str) -> MessageId | None:
    number = parse_number(text)
    return None if number is None else MessageId(number)


def _begin(desk: _Desk) -> dict[str, str]:
    """The first state of the form's fields."""
    own = frozenset(each.lower() for each in desk.person.addresses)
    fields = {"sender": desk.person.principal_address, "token": secrets.token_hex(16)}
    if desk.draft is not None:
        headers = desk.draft.headers
        fields |= {name: headers.text(name) for name in ("to", "cc", "bcc", "subject")}
        fields["text"] = read_text(desk.draft)
    elif desk.answered is not None:
        if desk.kind == "transferer":
            begun = begin_forward(desk.answered)
        else:
            begun = begin_reply(desk.answered, own, to_all=desk.kind == "tous")
        fields |= {"to": format_recipients(begun.to), "cc": format_recipients(begun.cc)}
        fields |= {"subject": begun.subject, "text": begun.text}
    else:
        fields["to"] = desk.request.GET.get("a", "").replace("\r", " ").replace("\n", " ")[:1000]
    return fields


def _offered_files(desk: _Desk) -> list[KeptFile]:
    """Files that go with the message unless the person unticks them."""
    if desk.draft is not None:
        return list_files(desk.draft)
    if desk.answered is not None and desk.kind == "transferer":
        return list_files(desk.answered)
    return []


def _throw_away(desk: _Desk) -> HttpResponseBase:
    if desk.draft is not None:
        drop_draft(desk.account, desk.draft)
    messages.info(desk.request, _now("The draft is thrown away."))
    return redirect("mail:inbox")


def _take(desk: _Desk, form: LetterForm) -> HttpResponseBase:
    """Saves or sends; whatever goes wrong, the form comes back with all that was typed."""
    now = clock.now()
    is_sending = desk.request.POST.get("action") == "envoyer"
    if _measure_files(desk) > _files_limit():
        told = _now("The files are too big together: at most %(size)s. The new ones were not added.")
        form.add_error(None, told % {"size": format_size(_files_limit())})
        return _show(desk, form, _kept_files(desk), status=413)
    files = _read_files(desk)
    is_valid = form.is_valid()
    try:
        if is_valid and is_sending and not form.has_recipient():
            form.add_error("to", _now("Say who the message is for."))
        elif is_valid and is_sending:
            sending = Sending(
                account_of(desk.request), desk.account, desk.side, _letter(desk, form, files), desk.draft, desk.answered,
                is_forward=desk.kind == "transferer",
            )  # fmt: skip
            return _leave(desk, send(sending, now))
        elif is_valid:
            saved = _save(desk, form, files, now)
            messages.success(desk.request, _now("Your draft is saved."))
            return redirect(_desk_address(desk, saved))
    except Refusal as refusal:
        form.add_error(None, _explain(refusal))
    return _keep(desk, form, files, now)


def _keep(desk: _Desk, form: LetterForm, files: list[AttachedFile], now: datetime) -> HttpResponseBase:
    """Shows what is wrong; new files are put into the draft, for a browser does not send them again."""
    if not desk.request.FILES:
        return _show(desk, form, _kept_files(desk), status=422)
    try:
        saved = _save(desk, form, files, now)
    except Refusal as refusal:
        form.add_error(None, _explain(refusal))
        return _show(desk, form, _kept_files(desk), status=422)
    draft = find_draft(desk.account, read_side(desk.account), saved)
    kept = _Desk(desk.request, desk.account, desk.side, desk.person, draft, desk.answered, desk.kind)
    return _show(kept, form, list_files(draft) if draft else [], status=422)


def _save(desk: _Desk, form: LetterForm, files: list[AttachedFile], now: datetime) -> MessageId:
    content = compose_letter(_letter(desk, form, files, is_draft=True), now)
    return save_draft(desk.account, desk.side, content, desk.draft, now)


def _letter(desk: _Desk, form: LetterForm, files: list[AttachedFile], *, is_draft: bool = False) -> Letter:
    """What the form says; a draft takes only the fields that are right."""
    value = form.cleaned_data
    address = value.get("sender") or desk.person.principal_address
    token = value.get("token") or secrets.token_hex(16)
    domain = desk.person.principal_address.rpartition("@")[2]
    return Letter(
        sender=Correspondent(desk.person.display_name, address),
        to=value.get("to", []), cc=value.get("cc", []), bcc=value.get("bcc", []),
        subject=value.get("subject", ""), text=value.get("text", ""),
        message_id=f"<{'brouillon.' + secrets.token_hex(8) if is_draft else token}@{domain}>",
        references=list_references(desk.answered) if desk.answered is not None and desk.kind != "transferer" else (),
        files=files,
    )  # fmt: skip


def _read_files(desk: _Desk) -> list[AttachedFile]:
    """The files that stay, then the new ones."""
    source = desk.draft or (desk.answered if desk.kind == "transferer" else None)
    kept = [read_file(source, each) for each in _kept_files(desk)] if source is not None else []
    new = [each for each in desk.request.FILES.getlist("files") if isinstance(each, UploadedFile)]
    return (kept + [AttachedFile(each.name or "", each.content_type or "", each.read()) for each in new])[:FILES]


def _files_limit() -> int:
    """Bytes of files that still fit a message once they are written in base64."""
    return of(MailSettings).message_bytes * 7 // 10


def _measure_files(desk: _Desk) -> int:
    new = sum(each.size or 0 for each in desk.request.FILES.getlist("files") if isinstance(each, UploadedFile))
    return new + sum(each.size_bytes for each in _kept_files(desk))


def _kept_files(desk: _Desk) -> list[KeptFile]:
    ticked = set(desk.request.POST.getlist("garder"))
    return [each for each in _offered_files(desk) if each.path in ticked]


def _show(desk: _Desk, form: LetterForm, files: list[KeptFile], *, status: int = 200) -> HttpResponseBase:
    context = {
        "side": desk.side, "form": form, "files": files, "draft": desk.draft, "answered": desk.answered, "kind": desk.kind,
        "inside": desk.answered.inside if desk.answered else "", "limit_bytes": _files_limit(), "page": "compose",
        "shows_cc": any(form[name].value() or form[name].errors for name in ("cc", "bcc")),
    }  # fmt: skip
    return render(desk.request, "mail/compose.html", context, status=status)


def _desk_address(desk: _Desk, draft: MessageId) -> str:
    query = {"brouillon": str(draft)}
    if desk.answered is not None:
        query |= {"message": str(desk.answered.summary.id), "genre": desk.kind, "dans": desk.answered.inside}
    return f"{reverse('mail:compose')}?{urlencode(query)}"


def _leave(desk: _Desk, sent: Sent) -> HttpResponseBase:
    """After sending: back to the message that was answered, or to the inbox, with what there is to say."""
    if sent.was_sent_before:
        messages.info(desk.request, _now("This message had already been sent: it was not sent twice."))
    else:
        messages.success(desk.request, _now("Your message is sent."))
    if sent.refused:
        refused = ", ".join(sent.refused)
        messages.warning(desk.request, _now("It could not be delivered to: %(addresses)s.") % {"addresses": refused})
    if sent.is_copy_missing:
        messages.warning(desk.request, _now("Its copy could not be kept in “Sent”: your mail is probably full."))
    if desk.answered is not None:
        return redirect("mail:message", desk.answered.summary.id)
    return redirect("mail:inbox")


def _explain(refusal: Refusal) -> str:
    """Why nothing was sent or saved, and what to do."""
    match refusal:
        case UnknownRecipient():
            told = _now("There is nobody at the address %(address)s. Check it.")
            return told % {"address": refusal.data.get("address", "")}
        case SenderRefused():
            return _now("You may not write under this address.")
        case SendingPaused():
            return _now("Your password has reached its date: change it, then send. Your message is kept in the drafts.")
        case MessageRefused():
            if refusal.data.get("why") == "too-many-recipients":
                return _now("There are too many recipients for one message.")
            return _now("This message cannot be sent as it is.")
        case MessageTooLarge():
            return _now("The message is too big. Remove a file.")
        case OverQuota():
            return _now("Your mail is full: empty the bin or delete large messages, then try again.")
        case _ if refusal.temporary:
            return _now("This cannot be done just now. Nothing was sent. Try again in a minute.")
        case _:
            return _now("This message cannot be sent as it is.")
