"""The form of a message: every field refuses what would leave its header."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corneille.doors.web.mail.draft import is_token
from corneille.doors.web.mail.recipients import FIELD_CHARS, RecipientFault, parse_recipients
from corneille.doors.web.mail.sender import Sender
from corneille.transport.compose import SUBJECT_CHARS, Correspondent

TEXT_CHARS = 500_000
_SUGGESTED = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class RecipientsField(forms.CharField):
    """People, as typed; its value is a list of Correspondent."""

    def clean(self, value: Any) -> Any:
        try:
            return parse_recipients(super().clean(value))
        except RecipientFault as fault:
            raise forms.ValidationError(fault.told) from fault


class LetterForm(forms.Form):
    """From, to, subject, text, and the token by which a letter is sent once."""

    use_required_attribute = False

    sender = forms.ChoiceField(label=_("From"))
    to = RecipientsField(label=_("To"), required=False, max_length=FIELD_CHARS, widget=forms.TextInput(_SUGGESTED))
    cc = RecipientsField(label=_("Cc"), required=False, max_length=FIELD_CHARS, widget=forms.TextInput(_SUGGESTED))
    bcc = RecipientsField(label=_("Bcc"), required=False, max_length=FIELD_CHARS, widget=forms.TextInput(_SUGGESTED))
    subject = forms.CharField(
        label=_("Subject"), required=False, max_length=SUBJECT_CHARS, widget=forms.TextInput({"autocomplete": "off"})
    )
    text = forms.CharField(
        label=_("Message"), required=False, max_length=TEXT_CHARS, strip=False, widget=forms.Textarea({"rows": 16})
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, senders: Sequence[Sender]) -> None:
        is_sent = files is not None
        super().__init__(data if is_sent else None, files, initial=None if is_sent else data)
        self.fields["sender"].choices = [(each.value, each.label) for each in senders]  # type: ignore[attr-defined]
        for name in ("to", "cc", "bcc"):
            self.fields[name].widget.attrs |= {
                "list": f"{name}-options", "hx-get": "/courrier/suggestions", "hx-trigger": "input changed delay:200ms",
                "hx-target": f"#{name}-options", "hx-swap": "innerHTML",
            }  # fmt: skip

    def clean_subject(self) -> str:
        subject: str = self.cleaned_data["subject"]
        if "\n" in subject or "\r" in subject:
            raise forms.ValidationError(_("A subject is one line."))
        return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", subject)  # pasted tabs and the like

    def clean_token(self) -> str:
        token: str = self.cleaned_data["token"]
        return token if is_token(token) else ""

    def has_recipient(self) -> bool:
        """Whether anybody at all is to get it."""
        return bool(self.list_people())

    def list_people(self) -> list[Correspondent]:
        """Everybody whom it is for, lists too; of a form that is valid."""
        return [*self.cleaned_data["to"], *self.cleaned_data["cc"], *self.cleaned_data["bcc"]]
