"""Notices in words: a subject and a text for each code, in the person's language, from the values that the notice holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.access.containment import GUARD
from corneille.access.locate import locate
from corneille.kernel.settings import Ground, of
from corneille.notices.place_words import name_place
from corneille.notices.right_words import name_scope, say_change
from corneille.notices.sign_words import describe_signs
from corneille.notices.support_contact import describe_support
from corneille.notices.told_by_code import TOLD

INSTANTS = frozenset({"expires_at", "soft_until", "since", "at", "until", "programs_at"})
TO_THE_MINUTE = frozenset({"asked_at", "good_until"})


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in a message or on a page; `path`: the page of the portal where one can act."""

    subject: str
    text: str
    path: str


def format_words(code: str, data: Mapping[str, object], language: str) -> Words:
    """The words of a notice; a code without words of its own says so rather than nothing."""
    with translation.override(language):
        told = TOLD.get(code)
        if told is None:
            return Words(_now("Something has changed on your account"), _now("Look at the journal of your account."),
                         "/mes-connexions/journal")  # fmt: skip
        values = _Values({name: _format(name, value) for name, value in data.items()})
        if "reason" in data or "signs" in data:
            values["reason"] = explain_reason(str(data.get("reason", "")), data)
        if "scope" in data:
            values |= {"whom": name_scope(str(data["scope"])), "change": say_change(data), "end": _say_end(values)}
        values["support"] = describe_support()
        values["decided"] = _say_decided(values)
        values["advice"] = str(data.get("english_advice" if language == "en" else "french_advice") or "")
        values["junk"] = " " + _now("What still arrives of it goes to Junk.") if data.get("is_refused") else ""
        return Words(str(told.subject) % values, (str(told.text) % values).strip(), told.path % values)


def add_link(words: Words, address: str, language: str) -> Words:
    """The same with the link « it was not me », which shows a page and acts on its button only."""
    with translation.override(language):
        told = _now("If it was not you, say so in one step; it protects the account at once:")
    return Words(words.subject, f"{words.text}\n\n{told}\n{address}", words.path)


def _say_decided(values: Mapping[str, str]) -> str:
    """Who decided what the notice tells of, why and until when, after a space; nothing where nobody did."""
    if "name" not in values or "reason" not in values:
        return ""
    told = _now("Decided by %(name)s: %(reason)s.") % values
    if "until_on" not in values and "is_undoable" in values:
        return f" {told} " + _now("It lasts until you repair the account.")
    return f" {told} {_say_end(values)}"


def _say_end(values: Mapping[str, str]) -> str:
    return _now("Last day: %(until_on)s.") % values if "until_on" in values else _now("No end date is set.")


class _Values(dict[str, str]):
    """A notice of an earlier release may know less than its sentence asks for: a dash, never a fault."""

    def __missing__(self, key: str) -> str:
        return "–"


REASONS: dict[str, Promise] = {
    "burst": _("very many recipients in a short time"),
    "not-me": _("you said that it was not you"),
    "unusual": _("a sign-in that does not look like you"),
    "takeover": _("somebody else was using your account"),
}
"""Why an account is contained; an officer's own words stand as they are."""


STEPS: dict[str, Promise] = {
    "ask-factor": _("a second proof is asked for"),
    "hold-sending": _("sending is held"),
    "suspend": _("it is suspended"),
}
"""How far an account is contained, in the midst of a sentence."""


def explain_reason(reason: str, evidence: Mapping[str, object]) -> str:
    """The reason of a containment, in words; the signs in its evidence say more than the reason that they stand behind."""
    return describe_signs(evidence) if "signs" in evidence else str(REASONS.get(reason, reason))


def name_decider(by: str) -> str:
    """Who contained an account, in words."""
    if by == "owner":
        return _now("The link of a notice")
    return _now("Corneille’s own guard") if by == GUARD else by


def _format(name: str, value: object) -> str:
    if name in {"name", "still_name"}:
        return name_decider(str(value))
    if name == "still":
        return str(STEPS.get(str(value), value))
    if name == "still_reason":
        return str(REASONS.get(str(value), value))
    if name == "program" and not value:
        return _now("one that does not say its name")
    if name == "network":
        where = name_place(locate(str(value)))
        return f"{value} ({where})" if where else str(value)
    if name in {"from_on", "until_on"}:
        return _format_day(date.fromisoformat(str(value)))
    if name not in INSTANTS | TO_THE_MINUTE or not isinstance(value, str):
        return str(value)
    local = datetime.fromisoformat(value).astimezone(ZoneInfo(of(Ground).time_zone))
    day = _format_day(local)
    return _now("%(day)s at %(time)s") % {"day": day, "time": f"{local:%H:%M}"} if name in TO_THE_MINUTE else day


def _format_day(local: date) -> str:
    is_french = (translation.get_language() or "fr").startswith("fr")
    day = "1er" if is_french and local.day == 1 else str(local.day)
    return f"{day} {dateformat.format(local, 'F Y')}"
