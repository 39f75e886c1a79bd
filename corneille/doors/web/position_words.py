"""What a position gives, in words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneille.people.position_right import PositionRight

NAMES: dict[PositionRight, Promise] = {
    PositionRight.READ: _("read"),
    PositionRight.WRITE: _("file, mark and delete"),
    PositionRight.SEND_AS: _("write under its address"),
    PositionRight.ON_BEHALF: _("write on its behalf, the writer’s name beside it"),
}


def name_rights(rights: Iterable[PositionRight]) -> str:
    """All of them on one line."""
    had = set(rights)
    return ", ".join(str(name) for right, name in NAMES.items() if right in had)
