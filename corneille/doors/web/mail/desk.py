"""What lies on the desk while one writes: the draft, the message that is answered, the files, the letter they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse

from corneille.doors.web.mail.addressed import Addressed, find_addressed, find_choice
from corneille.doors.web.mail.answer import begin_forward, begin_reminder, begin_reply, list_references, read_text
from corneille.doors.web.mail.answers import open_reminded
from corneille.doors.web.mail.draft import (
    KeptFile,
    find_draft,
    find_draft_of,
    find_token,
    is_token,
    list_files,
    name_draft,
    read_file,
    save_draft,
)
from corneille.doors.web.mail.gate import FIELD, open_mail, open_mail_of_message
from corneille.doors.web.mail.letter_form import LetterForm
from corneille.doors.web.mail.links import Links, find_links
from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.mail.recipients import format_recipients, parse_known
from corneille.doors.web.mail.sender import Sender, choose_for_position, choose_sender, find_sender, list_senders
from corneille.doors.web.mail.side import Side, read_side
from corneille.doors.web.mail.signature import Signed, find_signed
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of
from corneille.kernel import clock
from corneille.kernel.ids import AccountId, MessageId
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.mail.values import MailAccount
from corneille.people.find import Person, find_person
from corneille.transport.compose import AttachedFile, Correspondent, Letter, compose

FILES = 50
LARGE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Desk:
    """What is on the desk while one writes. A draft is its writer's own until it leaves, whoever it is written as."""

    request: HttpRequest
    account: MailAccount
    senders: list[Sender]
    side: Side
    person: Person
    draft: Opened | None
    answered: Opened | None
    answered_in: MailAccount | None
    """The mail in which the answered message is marked; None: it is not to be marked by this person."""
    kind: str  # "", "repondre", "tous", "transferer"
    token: str
    """Names the letter, in each of its states: saved, sent, pressed twice."""
    offered: list[KeptFile]
    """Files that go with the message unless the person unticks them."""
    signed: Signed
    addressed: Addressed | None = None
    links: Links | None = None
    beside: Side | None = None
    """The column of the mail in which the answered message lies, where that is a position's."""
    is_class_gone: bool = False
    """The letter was for a class, or a reminder of a letter, that has been removed or forgotten since."""

    @property
    def shown_side(self) -> Side:
        """What stands beside the letter: one answers where one reads."""
        return self.beside or self.side

    @property
    def reminded(self) -> Opened | None:
        """The letter of which this one reminds who has not answered."""
        return None if self.addressed is None else self.addressed.reminded

    @property
    def continued(self) -> Opened | None:
        """The message whose conversation the letter goes on with."""
        return self.reminded or (None if self.kind == "transferer" else self.answered)


def open_desk(request: HttpRequest) -> Desk:
    """What the form, or the address of the page, names. Raises Gone when the message to answer is not there."""
    account = open_mail(request)
    side = read_side(request, account)
    person = find_person(account_of(request))
    if person is None or not person.addresses:
        raise Gone
    asked = request.POST if request.method == "POST" else request.GET
    token = read_token(request)
    # A page may name a state that has been replaced meanwhile, by itself or in another window.
    draft = find_draft(account, side, _number(asked.get("brouillon", ""))) or find_draft_of(account, side, token)
    original = _number(asked.get("message", ""))
    kind = asked.get("genre", "") if asked.get("genre") in {"repondre", "tous", "transferer"} else ""
    answered, answered_in, beside = None, None, None
    if original is not None and kind:
        answered_in = open_mail_of_message(request, original)
        answered = open_message(answered_in, original, asked.get("dans", ""))
        beside = None if answered_in.id == account.id else read_side(request, answered_in)
        if not _may_mark(side, answered_in, account):
            answered_in = None
    source = draft or (answered if kind == "transferer" else None)
    offered = list_files(source) if source is not None else []
    try:
        addressed, is_class_gone = _find_addressed(request, asked, draft), False
    except Gone:
        if request.method != "POST" and draft is None:
            raise
        addressed, is_class_gone = None, True  # what is written is not lost with the class
    is_form = request.method == "POST"
    links = find_links(asked, draft, clock.now(), is_form=is_form)
    signed = find_signed(account, asked, draft, person.language, is_form=is_form)
    senders = list_senders(person, clock.now())
    return Desk(
        request, account, senders, side, person, draft, answered, answered_in, kind, token or find_token(draft), offered,
        signed, addressed, links, beside, is_class_gone,
    )  # fmt: skip


def _find_addressed(request: HttpRequest, asked: Mapping[str, str], draft: Opened | None) -> Addressed | None:
    choice = find_choice(asked, draft)
    if choice is None:
        return None
    typed = asked.get("to") or (draft.headers.text("to") if draft is not None and "to" not in asked else "")
    reminded = None if choice.reminds is None else open_reminded(request, choice.reminds)
    return find_addressed(account_of(request), choice, reminded, typed, clock.now())


def _may_mark(side: Side, answered_in: MailAccount, own: MailAccount) -> bool:
    return answered_in.id == own.id or any(each.mail == answered_in.id and each.may_write for each in side.positions)


def read_token(request: HttpRequest) -> str:
    """What the form says of which letter it is; empty before there is a form."""
    token = request.POST.get("token", "")
    return token if is_token(token) else ""


def _number(text: str) -> MessageId | None:
    number = parse_number(text)
    return None if number is None else MessageId(number)


def begin(desk: Desk) -> dict[str, str]:
    """The first state of the form's fields."""
    begun_as = _begin_as(desk)
    own = frozenset(each.lower() for each in (*desk.person.addresses, begun_as.sender.address))
    fields = {"sender": begun_as.value, "token": desk.token}
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
    elif desk.reminded is not None:
        begun = begin_reminder(desk.reminded)
        fields |= {"subject": begun.subject, "text": begun.text}
    else:
        fields["to"] = desk.request.GET.get("a", "").replace("\r", " ").replace("\n", " ")[:1000]
    return fields


def _begin_as(desk: Desk) -> Sender:
    """As who wrote the draft; as the position whose message is answered, or whose mail one comes from; else as oneself."""
    if desk.draft is not None:
        return find_sender(desk.senders, desk.draft.headers) or desk.senders[0]
    asked = parse_number(desk.request.GET.get(FIELD, ""))
    position = None if asked is None else AccountId(asked)
    origin = desk.answered or desk.reminded
    if origin is not None:
        number = origin.summary.id >> 32
        position = next((each.account for each in desk.side.positions if each.mail == number), None)
    return choose_for_position(desk.senders, position) or desk.senders[0]


def kept_files(desk: Desk) -> list[KeptFile]:
    """Those that the form has ticked."""
    ticked = set(desk.request.POST.getlist("garder"))
    return [each for each in desk.offered if each.key in ticked]


def read_files(desk: Desk) -> list[AttachedFile]:
    """The files that stay, then the new ones."""
    kept = [read_file(each) for each in kept_files(desk)]
    new = [each for each in desk.request.FILES.getlist("files") if isinstance(each, UploadedFile)]
    return (kept + [AttachedFile(each.name or "", each.content_type or "", each.read()) for each in new])[:FILES]


def find_rest(files: list[KeptFile]) -> int:
    """Seconds between two savings by itself: the files are written anew each time."""
    return 10 if sum(each.size_bytes for each in files) < LARGE_BYTES else 60


def find_files_limit() -> int:
    """Bytes of files that still fit a message once they are written in base64."""
    return of(MailSettings).message_bytes * 7 // 10


def measure_files(desk: Desk) -> int:
    """Bytes of the files that stay and of the new ones."""
    new = sum(each.size or 0 for each in desk.request.FILES.getlist("files") if isinstance(each, UploadedFile))
    return new + sum(each.size_bytes for each in kept_files(desk))


def make_letter(desk: Desk, form: LetterForm, files: list[AttachedFile], *, is_draft: bool = False) -> Letter:
    """What the form says; a draft takes only what is right: of the recipients, those that are addresses."""
    value = form.cleaned_data
    chosen = choose_sender(desk.senders, value.get("sender", "")) or desk.senders[0]
    return Letter(
        sender=chosen.sender, transmitter=chosen.transmitter,
        to=_read_people(desk, form, "to"), cc=_read_people(desk, form, "cc"), bcc=_read_people(desk, form, "bcc"),
        subject=value.get("subject", ""), text=value.get("text", ""),
        message_id=name_draft(_letter_id(desk)) if is_draft else _letter_id(desk),
        references=list_references(desk.continued) if desk.continued is not None else (),
        files=files, marks=_list_marks(desk) if is_draft else (), signature="" if is_draft else desk.signed.text,
    )  # fmt: skip


def _list_marks(desk: Desk) -> list[tuple[str, str]]:
    """The choices that a draft keeps besides the letter."""
    marks = [] if desk.addressed is None else [desk.addressed.mark]
    return [*marks, *desk.signed.marks, *([] if desk.links is None else desk.links.marks)]


def _letter_id(desk: Desk) -> str:
    """The Message-ID under which the letter leaves."""
    return f"<{desk.token}@{desk.person.principal_address.rpartition('@')[2]}>"


def save(desk: Desk, form: LetterForm, files: list[AttachedFile], now: datetime) -> MessageId:
    """Keeps what the form says as the letter's draft. Refuses what `save_draft` refuses."""
    content = compose(make_letter(desk, form, files, is_draft=True), now)
    return save_draft(desk.account, desk.side, content, desk.token, desk.draft, now)


def _read_people(desk: Desk, form: LetterForm, name: str) -> list[Correspondent]:
    if desk.addressed is not None and name != "to":
        return []
    people: list[Correspondent] | None = form.cleaned_data.get(name)
    return parse_known(form.data.get(name, "")) if people is None else people


def address_of_draft(desk: Desk, draft: MessageId) -> str:
    """Where this draft is taken up again, with what it answers."""
    query = {"brouillon": str(draft)}
    if desk.answered is not None:
        query |= {"message": str(desk.answered.summary.id), "genre": desk.kind, "dans": desk.answered.inside}
    return f"{reverse('mail:compose')}?{urlencode(query)}"
