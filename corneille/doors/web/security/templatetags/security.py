"""Words of incidents in templates."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from corneille.doors.web.mail.warning import tell_sign
from corneille.doors.web.security.words import KINDS, name_verdict, tell_mark, tell_step
from corneille.protection.incident import StepShown
from corneille.protection.judge import Sign

register = template.Library()


@register.filter
def verdict(code: str) -> SafeString:
    """A badge."""
    return format_html('<span class="badge badge--{}">{}</span>', KINDS[code], name_verdict(code))


@register.filter
def step(shown: StepShown) -> str:
    return tell_step(shown.action, shown.data)


@register.filter
def mark(code: str) -> str:
    return tell_mark(code)


@register.filter
def sign(shown: Sign) -> str:
    return tell_sign(shown)
