"""What is known of an account, as lines of a label and a text: a request's diagnosis, and the head of the sheet."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corneille.access.facts import Containment
from corneille.access.reason import Restriction
from corneille.access.right import Right
from corneille.desk.cause import Cause
from corneille.doors.web.account_words import NAMES as NAMES_OF_TYPES
from corneille.doors.web.help.words import explain, name_door
from corneille.doors.web.kit import formats
from corneille.doors.web.portal.words import explain_reason, name_factor
from corneille.kernel.settings import Ground, of
from corneille.notices.right_words import NAMES as NAMES_OF_RIGHTS
from corneille.people.account_type import AccountState
from corneille.support.diagnosis import Diagnosis, Tried
from corneille.support.sheet import Sheet

STATES: dict[AccountState, Promise] = {
    AccountState.TO_ACTIVATE: gettext_lazy("To be activated"),
    AccountState.ACTIVE: gettext_lazy("Active"),
    AccountState.SUSPENDED: gettext_lazy("Suspended"),
    AccountState.ENDED: gettext_lazy("Ended"),
    AccountState.MOVED: gettext_lazy("Moved to another académie"),
}
CONTAINMENTS: dict[Containment, Promise] = {
    Containment.NONE: gettext_lazy("None"),
    Containment.ASK_FACTOR: gettext_lazy("A second proof is asked for at each sign-in"),
    Containment.HOLD_SENDING: gettext_lazy("Sending is held"),
    Containment.SUSPEND: gettext_lazy("Suspended"),
}
RESTRICTIONS: dict[Restriction, Promise] = {
    Restriction.SUSPENSION_ANNOUNCED: gettext_lazy("a suspension is announced"),
    Restriction.REPAIR_FIRST: gettext_lazy("the account is to be repaired first"),
    Restriction.SENDING_HELD: gettext_lazy("sending is held"),
    Restriction.CHANGE_PASSWORD: gettext_lazy("the password is to be changed before sending"),
    Restriction.CHANGE_PASSWORD_FIRST: gettext_lazy("the password is to be changed first"),
    Restriction.ENROL_FACTOR_FIRST: gettext_lazy("a second factor is to be set first"),
    Restriction.ACCEPT_CHARTER_FIRST: gettext_lazy("the charter is to be accepted first"),
}
Told = list[tuple[str, str]]


def tell_diagnosis(kept: Diagnosis) -> Told:
    """Labels and texts; what a diagnosis of an earlier release does not know is left out."""
    factors = _join(map(name_factor, dict.fromkeys(kept.factors))) or _("none")
    told = [
        (_("Account"), _find(STATES, kept.state)),
        (_("In the way"), _join(_title(each) for each in kept.causes) or _("nothing")),
        (_("To be done first"), _join(_find(RESTRICTIONS, each) for each in kept.restrictions)),
        (_("Containment"), _find(CONTAINMENTS, kept.containment)),
        (_("Rights that are missing"), _join(_name_right(each) for each in kept.missing)),
        (_("Second factor"), factors),
        (_("Password"), tell_password(_instant(kept.password_set_at), _instant(kept.password_expires_at))),
        (_("Mail"), tell_quota(kept.used_bytes, kept.limit_bytes)),
        (_("Begun from the page"), _title(kept.begun_from)),
    ]
    if kept.given:
        own = tell_tried(kept.tried) if kept.tried is not None else _("not a sign-in of this account")
        told.append((_("Reference %(reference)s") % {"reference": kept.given}, own))
    return [(label, text) for label, text in told if text]


def tell_sheet(sheet: Sheet) -> Told:
    """The head of the sheet."""
    factors = _join(f"{name_factor(each.kind)} {each.label}".strip() for each in sheet.factors) or _("none")
    life, quota = sheet.life, sheet.quota
    told = [
        (_("Type"), str(NAMES_OF_TYPES[sheet.person.type])),
        (_("State"), str(STATES[sheet.person.state])),
        (_("Establishment"), _join(sheet.person.establishments) or _("none")),
        (_("Identifier"), sheet.person.identifier),
        (_("Addresses"), _join(sheet.person.addresses)),
        (_("In the way"), _join(_title(each.value) for each in sheet.causes) or _("nothing")),
        (_("Password"), tell_password(life.set_at, life.expires_at) if life is not None else _("none yet")),
        (_("Second factor"), factors),
        (_("App passwords"), formats.format_count(sheet.app_password_count)),
        (_("Verified recovery contacts"), formats.format_count(sheet.contact_count)),
        (_("Mail"), tell_quota(quota.used_bytes, quota.limit_bytes) if quota is not None else _("none")),
    ]
    return [(label, text) for label, text in told if text]


def tell_tried(tried: Tried) -> str:
    """One refused sign-in on a line."""
    when, where, why = tell_moment(_instant(tried.at)), name_door(tried.door), explain_reason(tried.reason)
    return " · ".join(part for part in (when, where, tried.network, tried.program, why) if part)


def tell_password(set_at: datetime | None, expires_at: datetime | None) -> str:
    """When it was chosen and until when it lasts; never what it is."""
    if set_at is None:
        return ""
    if expires_at is None:
        return _("chosen on %(day)s") % {"day": _day(set_at)}
    return _("chosen on %(day)s, to be changed before %(end)s") % {"day": _day(set_at), "end": _day(expires_at)}


def tell_quota(used_bytes: int | None, limit_bytes: int | None) -> str:
    """« 3,1 Go sur 4 Go »."""
    if used_bytes is None:
        return ""
    used = formats.format_size(used_bytes)
    return _("%(used)s of %(limit)s") % {"used": used, "limit": formats.format_size(limit_bytes)} if limit_bytes else used


def tell_moment(at: datetime | None) -> str:
    return formats.format_moment(at, _zone()) if at is not None else ""


def _title(cause: str) -> str:
    return explain(Cause(cause))[0] if cause in set(Cause) else ""


def _name_right(right: str) -> str:
    return str(NAMES_OF_RIGHTS[Right(right)]) if right in set(Right) else ""


def _find(words: Mapping[Any, Promise], code: str) -> str:
    return str(next((text for each, text in words.items() if each == code), ""))


def _join(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)


def _day(at: datetime) -> str:
    return formats.format_day(at.astimezone(_zone()).date())


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _zone() -> ZoneInfo:
    return ZoneInfo(of(Ground).time_zone)
