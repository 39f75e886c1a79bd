"""Matters, levels, states and steps of requests in words, and how long an answer usually takes."""

from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from corneille.desk.cause import Cause
from corneille.doors.web.help.words import explain
from corneille.doors.web.kit.formats import format_until
from corneille.kernel.settings import Ground, of
from corneille.people.decide import Level
from corneille.support.decide import State
from corneille.support.reply import Satisfaction
from corneille.support.request import StepShown
from corneille.support.route import Matter

MATTERS: dict[Matter, Promise] = {
    Matter.SIGN_IN: _("Signing in"),
    Matter.PROGRAM: _("My mail program or my phone"),
    Matter.NOT_ARRIVING: _("Mail that does not arrive or does not leave"),
    Matter.PHISHING: _("A suspicious message"),
    Matter.CALENDAR: _("The calendar"),
    Matter.RIGHTS: _("My rights"),
    Matter.OTHER: _("Something else"),
}
LEVELS: dict[Level, Promise] = {
    Level.ESTABLISHMENT: _("the correspondent of the establishment"),
    Level.DEPARTMENT: _("the support of the DSDEN"),
    Level.ACADEMIE: _("the support of the académie"),
}
STATES: dict[State, tuple[Promise, str]] = {
    State.NEW: (_("New"), "info"),
    State.TAKEN: (_("Being dealt with"), "info"),
    State.WAITING: (_("Waits for the person"), "warning"),
    State.SOLVED: (_("Solved"), "success"),
    State.CLOSED: (_("Closed"), "neutral"),
}
"""In words, and the kind of badge."""
STEPS: dict[str, Promise] = {
    "open": _("%(who)s has asked"),
    "blocked": _("Opened by itself: the account was blocked three times within seven days"),
    "letter": _(
        "Opened by itself: a letter to unlock the account was ended as not made for its owner, from the mailbox or by a "
        "recovery contact"
    ),
    "outside": _("Asked without signing in: nobody has proved who wrote this"),
    "reply-outside": _("Added without signing in: nobody has proved who wrote this"),
    "take": _("%(who)s looks after it"),
    "answer": _("%(who)s has answered"),
    "ask": _("%(who)s asks something, and waits for the answer"),
    "solve": _("%(who)s says that it is solved"),
    "escalate": _("%(who)s has handed it on: %(level)s"),
    "late": _("Nobody had taken it, so it has gone on by itself: %(level)s"),
    "reply": _("%(who)s has replied"),
    "withdraw": _("%(who)s says that it is no longer needed"),
    "rate": _("%(who)s has said how it went"),
    "reopen": _("%(who)s has opened it again"),
    "note": _("%(who)s notes for support alone"),
    "expire": _("Closed by itself, as nothing more was said"),
    "agree": _("%(who)s agrees that the sheet of the account be looked at"),
    "disagree": _("%(who)s no longer agrees that the sheet of the account be looked at"),
}
SATISFACTIONS: dict[Satisfaction, Promise] = {
    Satisfaction.GOOD: _("Well"),
    Satisfaction.FAIR: _("So-so"),
    Satisfaction.BAD: _("Badly"),
}
REFUSED: dict[str, Promise] = {
    "state": _("The request has moved on meanwhile: nothing was changed. Here is where it stands."),
    "level": _("There is nobody above: nothing was changed."),
    "text": _("Write something, in 4,000 characters at most."),
    "many": _("You have opened very many requests today. Add to one of them, or come back tomorrow."),
    "network": _("Help was asked for very often from this network within the hour. Try again later, or call support."),
    "place": _("You do not work there."),
    "satisfaction": _("Choose how it went, with a word of 500 characters at most."),
}


BY_ITSELF = {"open": "blocked", "escalate": "late", "reply": "reply-outside"}
"""What the service does as people do, and what came without signing in."""


def tell_step(step: StepShown) -> str:
    """What happened."""
    action = BY_ITSELF.get(step.action, step.action) if step.is_by_itself else step.action
    return str(STEPS[action]) % {"who": step.who or _now("Somebody who has left"), "level": LEVELS[step.level]}


def begin_text(cause: str) -> str:
    """What a request may begin with, by the cause on whose page it was begun; nothing where there is none."""
    if cause not in set(Cause):
        return ""
    return _now("What I see: %(title)s.\nWhat I wanted to do: \nSince when: ") % {"title": explain(Cause(cause))[0]}


def tell_usual(delay: timedelta | None) -> str:
    """« En général répondu en 4 heures ouvrées »; nothing where nobody can say."""
    if delay is None:
        return ""
    hours = max(1, ceil(delay / timedelta(hours=1)))
    return ngettext(
        "Usually answered within %(count)d working hour", "Usually answered within %(count)d working hours", hours
    ) % {"count": hours}


def tell_due(due_at: datetime, now: datetime) -> str:
    """« Réponse attendue avant mardi 24 novembre à 14 h 00 »; once that is past, it says so."""
    until = format_until(due_at, now, ZoneInfo(of(Ground).time_zone))
    if due_at < now:
        return _now("Answer late: it was expected before %(until)s") % {"until": until}
    return _now("Answer expected before %(until)s") % {"until": until}
