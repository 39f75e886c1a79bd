"""Rights in words: what they open, for whom somebody decided, what it changes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.access.right import Right
from corneille.access.rights import ACCOUNT, ESTABLISHMENT, FUNCTION
from corneille.people.establishment import find_establishment_name

NAMES: dict[Right, Promise] = {
    Right.PORTAL: _("The portal and mail in the browser"),
    Right.READING: _("Reading in a mail program or on a phone"),
    Right.SENDING: _("Sending from a mail program or a phone"),
    Right.CALENDAR: _("The calendar in a program"),
}


def name_scope(scope: str) -> str:
    """For whom a decision is, to somebody for whom it is, after « for »."""
    kind, _slash, name = scope.partition("/")
    if kind == ACCOUNT:
        return _now("you alone")
    if kind == FUNCTION:
        return _now("everybody with the function “%(name)s”") % {"name": name}
    if kind == ESTABLISHMENT:
        return _now("everybody at %(name)s") % {"name": find_establishment_name(name)}
    return _now("everybody with your account type")


def say_change(data: Mapping[str, object]) -> str:
    """What a right becomes."""
    if not data.get("is_allowed"):
        state = _now("not allowed any more")
    elif data.get("networks"):
        state = _now("allowed from the networks of the académie alone")
    else:
        state = _now("allowed from everywhere")
    right = data.get("right")
    name = str(NAMES[Right(str(right))]) if right in set(Right) else str(right)
    return _now("%(right)s: %(state)s") % {"right": name, "state": state}
