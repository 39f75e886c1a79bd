"""Writing a message: new, an answer, one sent on, or a draft taken up again.

All that is being written lives in the form and, once saved, in the draft: files are kept in the draft between
two sendings of the form, so that nothing is lost when a field is wrong.
"""

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_http_methods

from corneille.desk.cause import Cause
from corneille.doors.web.kit.formats import format_size
from corneille.doors.web.mail.audience import find_reached
from corneille.doors.web.mail.desk import (
    Desk,
    address_of_draft,
    begin,
    find_files_limit,
    find_rest,
    kept_files,
    make_letter,
    measure_files,
    open_desk,
    read_files,
    read_token,
    save,
)
from corneille.doors.web.mail.draft import KeptFile, drop_drafts, find_draft, list_files
from corneille.doors.web.mail.explain import explain, find_cause
from corneille.doors.web.mail.letter_form import LetterForm
from corneille.doors.web.mail.send import Sending, Sent, send
from corneille.doors.web.mail.sent import show_sent
from corneille.doors.web.mail.side import read_side
from corneille.doors.web.mail.turn import take_turn
from corneille.doors.web.person import account_of, signed_in
from corneille.groups.audience import Audience
from corneille.kernel import clock
from corneille.kernel.refusal import Refusal
from corneille.mail.values import SpecialUse
from corneille.transport.compose import AttachedFile
from corneille.transport.values import AlreadySent, AudienceNotConfirmed

UNFOLDED = 12
"""More people than these are named on a fold-out."""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def compose(request: HttpRequest) -> HttpResponseBase:
    """The form; on POST `action` says: save, send or throw away."""
    if request.method != "POST":
        desk = open_desk(request)
        if request.GET.get("brouillon") and desk.draft is None:
            return _go_to_drafts(desk)
        return _show(desk, LetterForm(begin(desk), senders=desk.senders), desk.offered)
    with take_turn(read_token(request)):
        desk = open_desk(request)
        if request.POST.get("action") == "jeter":
            return _throw_away(desk)
        return _take(desk, LetterForm(request.POST, request.FILES, senders=desk.senders))


def _go_to_drafts(desk: Desk) -> HttpResponseBase:
    """A draft has a new number each time that it is saved: an older list leads to one that is no more."""
    messages.info(desk.request, _now("This draft has been written on, sent or thrown away since: here is what is left."))
    drafts = desk.side.find(SpecialUse.DRAFTS)
    return redirect("mail:mailbox", drafts.id) if drafts is not None else redirect("mail:inbox")


def _throw_away(desk: Desk) -> HttpResponseBase:
    drop_drafts(desk.account, desk.side, desk.token, desk.draft)
    messages.info(desk.request, _now("The draft is thrown away."))
    return redirect("mail:inbox")


def _take(desk: Desk, form: LetterForm) -> HttpResponseBase:
    """Saves or sends; whatever goes wrong, the form comes back with all that was typed."""
    now = clock.now()
    is_sending = desk.request.POST.get("action") == "envoyer"
    if measure_files(desk) > find_files_limit():
        told = _now("The files are too big together: at most %(size)s. The new ones were not added.")
        form.add_error(None, told % {"size": format_size(find_files_limit())})
        return _show(desk, form, kept_files(desk), status=413)
    files = read_files(desk)
    is_valid = form.is_valid()
    try:
        if is_valid and is_sending and not (desk.addressed.audience.people if desk.addressed else form.has_recipient()):
            form.add_error(None if desk.addressed else "to", _say_nobody(desk))
        elif is_valid and is_sending and desk.links is not None and desk.links.is_chosen and desk.links.until_on is None:
            form.add_error(None, desk.links.tell_fault())
        elif is_valid and is_sending:
            sending = Sending(
                account_of(desk.request), desk.account, desk.side, make_letter(desk, form, files), desk.token, desk.draft,
                desk.answered, desk.answered_in, is_forward=desk.kind == "transferer",
                confirmed=desk.request.POST.get("confirme", ""), addressed=desk.addressed,
                links_until=desk.links.until_on if desk.links and desk.links.is_chosen else None,
            )  # fmt: skip
            return _leave(desk, send(sending, now))
        elif is_valid:
            saved = save(desk, form, files, now)
            messages.success(desk.request, _now("Your draft is saved."))
            return redirect(address_of_draft(desk, saved))
    except AlreadySent:
        return show_sent(desk, form)
    except AudienceNotConfirmed:
        if desk.addressed is not None:
            return _keep(desk, form, files, now, asks=True)
        return _keep(desk, form, files, now, audience=find_reached(account_of(desk.request), form.list_people()))
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return _keep(desk, form, files, now, cause=find_cause(refusal))
    return _keep(desk, form, files, now)


def _keep(
    desk: Desk, form: LetterForm, files: list[AttachedFile], now: datetime, *, audience: Audience | None = None,
    cause: Cause | None = None, asks: bool = False,
) -> HttpResponseBase:  # fmt: skip
    """Shows what is wrong, or whom lists or a class reach; new files go into the draft: a browser does not send them again.

    asks  whether the people of the class are to be confirmed
    """
    status = 200 if asks or audience is not None else 422
    if not desk.request.FILES:
        return _show(desk, form, kept_files(desk), status=status, audience=audience, cause=cause, asks=asks)
    try:
        saved = save(desk, form, files, now)
    except Refusal as refusal:
        form.add_error(None, explain(refusal))
        return _show(desk, form, kept_files(desk), status=422, cause=find_cause(refusal))
    draft = find_draft(desk.account, read_side(desk.request, desk.account), saved)
    kept = list_files(draft) if draft else []
    return _show(replace(desk, draft=draft), form, kept, status=status, audience=audience, cause=cause, asks=asks)


def _show(
    desk: Desk, form: LetterForm, files: list[KeptFile], *, status: int = 200, audience: Audience | None = None,
    cause: Cause | None = None, asks: bool = False,
) -> HttpResponseBase:  # fmt: skip
    shown = audience if desk.addressed is None else desk.addressed.audience
    if desk.addressed is not None:
        form.fields["to"].label = _now("Also to")
        form.fields["to"].help_text = _now("Colleagues, or anybody else: they get it the same way. Not needed.")
    context = {
        "side": desk.shown_side, "form": form, "files": files, "draft": desk.draft, "answered": desk.answered,
        "kind": desk.kind, "inside": desk.answered.inside if desk.answered else "", "limit_bytes": find_files_limit(),
        "page": "compose", "writer": account_of(desk.request), "rest_s": find_rest(files),
        "shows_cc": any(form[name].value() or form[name].errors for name in ("cc", "bcc")),
        "cause": cause, "audience": audience, "audience_is_short": shown is not None and len(shown.people) <= UNFOLDED,
        "addressed": desk.addressed, "links": desk.links, "choices": desk.signed.list_choices(), "asks": asks,
        "is_class_gone": desk.is_class_gone,
    }  # fmt: skip
    return render(desk.request, "mail/compose.html", context, status=status)


def _leave(desk: Desk, sent: Sent) -> HttpResponseBase:
    """After sending: back to the message that was answered, or to the inbox, with what there is to say."""
    if sent.is_held:
        told = _now("Your message waits and is not lost: sending is held on your account until you repair it.")
        link, text = reverse("help:cause", args=[Cause.SENDING_HELD.value]), _now("Why, and what to do")
        messages.warning(desk.request, format_html('{} <a href="{}">{}</a>', told, link, text))
    else:
        messages.success(desk.request, _now("Your message is sent."))
    if sent.waiting:
        told = _now("These mailboxes are full for now: %(addresses)s. It is delivered there as soon as there is room.")
        messages.warning(desk.request, told % {"addresses": ", ".join(sent.waiting)})
    if sent.is_copy_missing:
        told = _now("Its copy is not in “Sent” yet: your mail is probably full. It is put there as soon as there is room.")
        messages.warning(desk.request, told)
    if desk.answered is not None:
        return redirect("mail:message", desk.answered.summary.id)
    if desk.reminded is not None:
        return redirect("mail:message", desk.reminded.summary.id)
    if desk.addressed is not None:
        return redirect("classes:school_class", desk.addressed.audience.school_class.id)
    return redirect("mail:inbox")


def _say_nobody(desk: Desk) -> str:
    if desk.reminded is not None:
        return _now("Nobody is left to remind: everybody has answered meanwhile, or is no longer in the class.")
    if desk.addressed is not None:
        return _now("Nobody in this part of the class has an address: correct the class first.")
    return _now("Say who the message is for.")
