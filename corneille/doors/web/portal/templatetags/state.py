"""What templates say of the state of the service."""

from django import template
from django.utils.translation import get_language

from corneille.desk.disruption import DisruptionShown, list_near
from corneille.doors.web.portal.state import name_affected
from corneille.kernel import clock

register = template.Library()


@register.filter
def affected(shown: DisruptionShown) -> str:
    """What it concerns, in words."""
    return name_affected(shown)


@register.simple_tag
def disruptions() -> list[DisruptionShown]:
    """What does not work at this moment, or will not within a week."""
    return list_near(clock.now(), get_language() or "fr")
