"""A place in words: « Dijon, France », « France », « réseau de l’établissement … »; nothing when nobody knows."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from corneille.access.place import Name, Place


def name_place(place: Place) -> str:
    """In the language of the moment."""
    if place.is_declared:
        return _("network of %(name)s") % {"name": place.establishment} if place.establishment else _("network of a school")
    return ", ".join(part for part in (_choose(place.city), _choose(place.country)) if part)


def _choose(name: Name) -> str:
    return name.french if (get_language() or "fr").startswith("fr") else name.english or name.french
