"""Lists in words: who keeps one, who may write, how somebody came on it, and why a change is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.groups.decide import Keeper, Origin, Rule, Writers
from corneille.groups.group import GroupRefused, GroupShown
from corneille.people.establishment import find_establishment_name

KEEPERS: dict[Keeper, Promise] = {
    Keeper.HEAD: _("The head of the establishment"),
    Keeper.COMPUTED: _("Nobody by hand: it follows the directory"),
}
WRITERS: dict[Writers, Promise] = {
    Writers.MEMBERS: _("The people on it"),
    Writers.ESTABLISHMENT: _("Everybody of the establishment"),
    Writers.ACADEMIE: _("Everybody in the académie"),
    Writers.OWNERS: _("The head of the establishment alone"),
    Writers.WORLD: _("Everybody, from outside the académie too"),
}
ORIGINS: dict[Origin, Promise] = {
    Origin.RULE: _("by assignment"),
    Origin.HAND: _("added by hand"),
    Origin.INNER: _("from a list that is on it"),
}
REFUSED: dict[str, Promise] = {
    "local": _("Small letters without accents, digits and hyphens, 40 at most, such as “maths” or “conseil-3e”."),
    "taken": _("This address has been given before: choose another word."),
    "title": _("A title of 1 to 120 characters."),
    "term": _("The last day comes before the first."),
    "function": _("80 characters at most."),
    "nobody": _("Nobody here has this identifier or address."),
    "member": _("This person is on the list already."),
    "absent": _("This person is not on the list."),
    "itself": _("A list cannot be put on itself."),
    "inner": _("This list is on it already."),
}
NOT_DONE = _("This cannot be done with this list: nothing was changed.")


def tell_refusal(refused: GroupRefused) -> str:
    """Why a list was not changed."""
    return str(REFUSED.get(str(refused.data["reason"]), NOT_DONE))


def tell_rule(rule: Rule) -> list[str]:
    """What the directory must say of somebody for them to be on the list; empty: people come by hand alone."""
    told = [_now("everybody at %(place)s") % {"place": find_establishment_name(rule.uai)}] if rule.uai else []
    told += [_now("everybody in the department %(number)s") % {"number": rule.department}] if rule.department else []
    told += [_now("whose function is “%(function)s”") % {"function": rule.function}] if rule.function else []
    return told + ([_now("who teaches “%(subject)s”") % {"subject": rule.subject}] if rule.subject else [])


def tell_writers(group: GroupShown) -> str:
    """Who may write to it."""
    return str(WRITERS[group.writers])
