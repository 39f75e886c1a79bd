"""How support is reached without signing in, on pages: a number to dial, an address to write to, the hours."""

from django import template

from corneille.kernel.settings import of
from corneille.notices.support_contact import SupportContact

register = template.Library()


@register.inclusion_tag("help/_support.html")
def support_contact() -> dict[str, object]:
    """As it is set; where nothing is, who knows."""
    return {"contact": of(SupportContact)}
