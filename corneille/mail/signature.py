"""What a person writes once, in French, in English or both, for the end of their letters: plain text, as letters are."""

import re
from datetime import datetime

from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.mail import queries
from corneille.mail.settings import MailSettings
from corneille.mail.values import MailAccount

LANGUAGES = ("fr", "en")
LINES = 12
"""Readers, ours too (`wire/html/text_to_html`), take more than about fifteen for the letter itself."""
_MARK = re.compile(r"\A--\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class SignatureRefused(Refusal):
    """It is too long; `reason`: "length" or "lines", with `limit`."""

    code = "signature-refused"


def list_signatures(account: MailAccount) -> dict[str, str]:
    """The text in each language in which one was written, French first."""
    found = queries.list_signatures(account.id)
    return {language: found[language] for language in LANGUAGES if language in found}


def write_signature(account: MailAccount, language: str, text: str, now: datetime) -> None:
    """Keeps what stands below letters in one language; without words there is none any more. Raises SignatureRefused."""
    assert language in LANGUAGES
    cleaned = _clean(text)
    limit = of(MailSettings).signature_chars_count
    if len(cleaned) > limit:
        raise SignatureRefused(reason="length", limit=limit)
    if cleaned.count("\n") >= LINES:
        raise SignatureRefused(reason="lines", limit=LINES)
    queries.set_signature(account.id, language, cleaned, now)


def _clean(text: str) -> str:
    """Without what a letter cannot hold, and without the mark « -- » that many type above it: letters bring their own."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").expandtabs().split("\n")]
    return _MARK.sub("", _CONTROL.sub("", "\n".join(lines)).strip("\n")).strip("\n")
