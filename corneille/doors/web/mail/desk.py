"""What lies on the desk while one writes: the draft, the message that is answered, the files, the letter they make."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse

from corneille.doors.web.mail.answer import begin_forward, begin_reply, list_references, read_text
from corneille.doors.web.mail.draft import KeptFile, find_draft, list_files, read_file
from corneille.doors.web.mail.letter_form import LetterForm
from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.mail.recipients import format_recipients
from corneille.doors.web.mail.side import Side, open_mail, read_side
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of
from corneille.kernel.ids import MessageId
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.mail.values import MailAccount
from corneille.people.find import Person, find_person
from corneille.transport.compose import AttachedFile, Correspondent, Letter

FILES = 50


@dataclass(frozen=True, slots=True)
class Desk:
    """What is on the desk while one writes."""

    request: HttpRequest
    account: MailAccount
    side: Side
    person: Person
    draft: Opened | None
    answered: Opened | None
    kind: str  # "", "repondre", "tous", "transferer"


def open_desk(request: HttpRequest) -> Desk:
    """What the form, or the address of the page, names. Raises Gone when the message to answer is not there."""
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
    return Desk(request, account, side, person, draft, answered, kind)


def _number(text: str) -> MessageId | None:
    number = parse_number(text)
    return None if number is None else MessageId(number)


def begin(desk: Desk) -> dict[str, str]:
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


def offered_files(desk: Desk) -> list[KeptFile]:
    """Files that go with the message unless the person unticks them."""
    if desk.draft is not None:
        return list_files(desk.draft)
    if desk.answered is not None and desk.kind == "transferer":
        return list_files(desk.answered)
    return []


def kept_files(desk: Desk) -> list[KeptFile]:
    """Those that the form has ticked."""
    ticked = set(desk.request.POST.getlist("garder"))
    return [each for each in offered_files(desk) if each.path in ticked]


def read_files(desk: Desk) -> list[AttachedFile]:
    """The files that stay, then the new ones."""
    source = desk.draft or (desk.answered if desk.kind == "transferer" else None)
    kept = [read_file(source, each) for each in kept_files(desk)] if source is not None else []
    new = [each for each in desk.request.FILES.getlist("files") if isinstance(each, UploadedFile)]
    return (kept + [AttachedFile(each.name or "", each.content_type or "", each.read()) for each in new])[:FILES]


def find_files_limit() -> int:
    """Bytes of files that still fit a message once they are written in base64."""
    return of(MailSettings).message_bytes * 7 // 10


def measure_files(desk: Desk) -> int:
    """Bytes of the files that stay and of the new ones."""
    new = sum(each.size or 0 for each in desk.request.FILES.getlist("files") if isinstance(each, UploadedFile))
    return new + sum(each.size_bytes for each in kept_files(desk))


def make_letter(desk: Desk, form: LetterForm, files: list[AttachedFile], *, is_draft: bool = False) -> Letter:
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


def address_of_draft(desk: Desk, draft: MessageId) -> str:
    """Where this draft is taken up again, with what it answers."""
    query = {"brouillon": str(draft)}
    if desk.answered is not None:
        query |= {"message": str(desk.answered.summary.id), "genre": desk.kind, "dans": desk.answered.inside}
    return f"{reverse('mail:compose')}?{urlencode(query)}"
