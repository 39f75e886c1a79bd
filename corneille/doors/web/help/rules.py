"""« Les règles d’accès »: the policy in force in sentences, made from the settings; nobody learns it by being refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from corneille.access.burst_settings import find_usual
from corneille.access.factor_policy import list_rules
from corneille.access.factor_settings import Factors
from corneille.access.password import LENGTH
from corneille.access.password_settings import EVERYBODY, Passwords
from corneille.access.settings import current_policy
from corneille.access.unusual_settings import Unusual
from corneille.doors.web.account_words import GROUPS
from corneille.doors.web.help.figures import join_minutes
from corneille.doors.web.kit.formats import format_count, format_day
from corneille.doors.web.portal.words import explain_rule
from corneille.kernel.settings import of
from corneille.people.account_type import AccountType

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Section:
    """One matter: its title, an icon, its sentences."""

    title: str
    icon: str
    lines: list[str]


@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    """The page, for anybody."""
    told: tuple[tuple[Promise, str, Iterator[str]], ...] = (
        (gettext_lazy("Wrong passwords"), "key", _tell_wrong()),
        (gettext_lazy("Choosing and changing a password"), "clock", _tell_passwords()),
        (gettext_lazy("The second factor"), "shield", _tell_factors()),
        (gettext_lazy("Mail programs and phones"), "phone", _tell_programs()),
        (gettext_lazy("What does not look like you"), "eye", _tell_unusual()),
        (gettext_lazy("To how many people one writes"), "send", _tell_sending()),
    )
    sections = [Section(str(title), icon, list(lines)) for title, icon, lines in told]
    return render(request, "help/rules.html", {"sections": sections})


def _tell_wrong() -> Iterator[str]:
    policy = current_policy()
    yield _(
        "After %(count)s different wrong passwords on one account from one network, that network waits on that account: "
        "%(minutes)s minutes, longer each time. The same one typed again counts once, your old password not at all."
    ) % {"count": policy.slow_after, "minutes": join_minutes(policy.slow_steps)}
    yield _(
        "No account is ever locked by it: a device where you have signed in before, a passkey and an app password never "
        "wait."
    )
    yield _(
        "After %(count)s on one account within %(hours)s hours, from all networks together, a device that is not known "
        "gives a second proof with the right password."
    ) % {"count": policy.account_after, "hours": policy.memory // HOUR}
    yield _(
        "A network from which %(count)s accounts were tried within %(time)s waits too; the declared network of an "
        "establishment, from %(declared)s."
    ) % {
        "time": _time(policy.spray_memory), "count": format_count(policy.spray_after),
        "declared": format_count(policy.declared_spray_after),
    }  # fmt: skip


def _tell_passwords() -> Iterator[str]:
    told = of(Passwords)
    yield _(
        "%(count)s characters at least, hard to guess, without your name or your NUMEN, never one that was stolen "
        "elsewhere, never one of your last %(former)s."
    ) % {"count": LENGTH, "former": told.former_count}
    for each in told.renewal_months:
        name, _equal, months = each.partition("=")
        who = _("everybody else") if name == EVERYBODY else GROUPS.get(AccountType(name), name)
        yield _("%(who)s: to be changed after %(months)s months.") % {"who": _begin(str(who)), "months": months}
    if not any(each.startswith(f"{EVERYBODY}=") for each in told.renewal_months):
        yield _("Everybody else: no date. A password is changed when it is known to others, not by the calendar.")
    if told.renewal_months:
        yield _(
            "The date is told %(days)s days before, on every channel. For %(soft)s days after it mail is read and sending "
            "asks for the change; then the portal asks first."
        ) % {"days": _join(told.alert_days), "soft": told.soft_landing_days_count}


def _tell_factors() -> Iterator[str]:
    told = of(Factors)
    rules = list_rules()
    for rule in rules:
        yield _("%(who)s: compulsory from %(day)s.") % {"who": _begin(explain_rule(rule)), "day": format_day(rule.from_on)}
    if not rules:
        yield _("Compulsory for nobody: it is offered to everybody.")
    else:
        yield _("From that day on there are %(days)s days, and %(count)s sign-ins in any case, to set it.") % {
            "days": told.grace_days_count, "count": told.grace_sign_ins_count
        }  # fmt: skip
    policy = current_policy()
    yield _(
        "After %(count)s wrong ones on one account from one place, the next waits there: %(minutes)s minutes, longer each "
        "time. After %(totp)s codes of an application from everywhere within %(hours)s hours, devices that are not known "
        "wait. A security key never does, and a new password ends it."
    ) % {
        "count": policy.factor_after, "minutes": join_minutes(policy.factor_steps),
        "totp": policy.totp_after, "hours": policy.memory // HOUR,
    }  # fmt: skip
    yield _("A device that gave it is not asked again for %(days)s days.") % {"days": told.remembered_days_count}


def _tell_programs() -> Iterator[str]:
    policy = current_policy()
    if not policy.is_main_password_for_mail:
        yield _("They take an app password only, made on the page “Set up my mail program”.")
    elif policy.is_main_password_for_mail_with_factor:
        yield _("They take an app password, or the password of the account.")
    else:
        yield _("They take an app password; the password of the account too, until a second factor is set or compulsory.")
    yield _(
        "While something unusual is seen on an account, its password opens no mail program in a place where none signed in "
        "before. App passwords go on."
    )
    yield _("No password is taken without encryption.")


def _tell_unusual() -> Iterator[str]:
    yield _(
        "A country never seen, a journey too fast, a first mail program from an unknown network, many new devices in a day, "
        "a new device right after wrong passwords, your old password tried elsewhere, an hour at which you are never there; "
        "and, for a little, a device or a network never seen."
    )
    yield _(
        "The more of these come together, the more is done: you are told, then a second proof is asked for, then sending is "
        "held, and nothing is lost. Wrong passwords of strangers alone do nothing."
    )
    hours = of(Unusual).announce_after_h
    told = {"notice": of(Unusual).notice_h, "hours": hours}
    if hours:
        yield _(
            "Sending that is held for %(hours)s hours, and that nobody repairs, leads to a suspension, announced %(notice)s "
            "hours before on every channel. The repair undoes it."
        ) % told
    yield _("Otherwise an officer alone suspends an account, by name, with a reason that you read.")


def _tell_sending() -> Iterator[str]:
    usual = find_usual()
    for limit in usual.limits:
        yield _("More than %(count)s recipients in %(time)s: sending is held until you have looked.") % {
            "count": format_count(limit.recipients_count), "time": _time(limit.window)
        }  # fmt: skip
    yield _("Divided by %(night)s from %(from)s h to %(to)s h, and by %(week_end)s by day at week-ends.") % {
        "night": usual.night_divisor, "from": usual.night_from_hour, "to": usual.night_to_hour,
        "week_end": usual.week_end_divisor,
    }  # fmt: skip


def _begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def _join(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _time(window: timedelta) -> str:
    """Hours where they are whole."""
    return f"{window // HOUR} h" if not window % HOUR else f"{join_minutes([window])} min"
