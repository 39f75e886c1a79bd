"""Words of requests in templates."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from corneille.doors.web.support.words import LEVELS, MATTERS, SATISFACTIONS, STATES, tell_due, tell_step
from corneille.kernel import clock
from corneille.people.decide import Level
from corneille.support.decide import State
from corneille.support.reply import Satisfaction
from corneille.support.request import StepShown
from corneille.support.route import Matter

register = template.Library()


@register.filter
def matter(code: Matter) -> str:
    return str(MATTERS[code])


@register.filter
def level(code: Level) -> str:
    return str(LEVELS[code])


@register.filter
def state(code: State) -> SafeString:
    """A badge."""
    words, kind = STATES[code]
    return _badge(words, kind)


@register.filter
def own_state(code: State) -> SafeString:
    """The same for the person."""
    words, kind = STATES[code]
    return _badge(_("Waits for your answer") if code is State.WAITING else words, kind)


def _badge(words: object, kind: str) -> SafeString:
    return format_html('<span class="badge badge--{}">{}</span>', kind, words)


@register.filter
def step(shown: StepShown) -> str:
    return tell_step(shown)


@register.simple_tag
def due(at: datetime | None) -> SafeString:
    """Until when an answer is expected; nothing where none is owed. What is late has a badge."""
    if at is None:
        return SafeString()
    now = clock.now()
    words = tell_due(at, now)
    return _badge(words, "warning") if at < now else format_html("<span>{}</span>", words)


@register.filter
def satisfaction(code: str) -> str:
    return str(SATISFACTIONS[Satisfaction(code)])
