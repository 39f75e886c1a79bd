"""What every page shows around its own matter: whose it is, where one can go, how it looks."""

from dataclasses import dataclass

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corneille.doors.web.display import Display, read_display
from corneille.doors.web.person import person_of
from corneille.doors.web.settings import Web
from corneille.kernel import settings
from corneille.kernel.settings import Ground
from corneille.people.find import Person


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main navigation."""

    url: str
    label: Promise
    short: Promise
    icon: str
    current: bool


_PLACES = (
    ("portal:home", _("Home"), _("Home"), "home"),
    ("mail:inbox", _("Mail"), _("Mail"), "inbox"),
    ("calendar:agenda", _("Calendar"), _("Calendar"), "calendar"),
    ("portal:activity", _("My sign-ins"), _("Sign-ins"), "shield"),
    ("portal:programs", _("My mail program"), _("Program"), "laptop"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """Read by `kit/base.html`."""

    academie: str
    domain: str
    demonstration: bool
    person: Person | None
    places: list[Place]
    languages: list[tuple[str, str]]
    language: str
    here: str
    display: Display
    help_url: str
    legal_url: str

    @property
    def initials(self) -> str:
        if self.person is None:
            return ""
        return (self.person.given_name[:1] + self.person.family_name[:1]).upper()


def site(request: HttpRequest) -> dict[str, object]:
    """Context processor; nothing is read unless a template asks for it."""
    return {"site": SimpleLazyObject(lambda: _read(request))}


def _read(request: HttpRequest) -> Site:
    ground = settings.of(Ground)
    web = settings.of(Web)
    person = person_of(request)
    return Site(
        academie=ground.academie,
        domain=ground.domain,
        demonstration=ground.demonstration,
        person=person,
        places=_list_places(request.path) if person else [],
        languages=list(django_settings.LANGUAGES),
        language=get_language() or django_settings.LANGUAGE_CODE,
        here=request.get_full_path() if request.method in {"GET", "HEAD"} else request.path,
        display=read_display(request),
        help_url=web.help_url,
        legal_url=web.legal_url,
    )


def _list_places(path: str) -> list[Place]:
    places = []
    for name, label, short, icon in _PLACES:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        top = "/" + url.split("/")[1]  # « /courrier/ » is current on every page below it
        current = path == url or (url != "/" and (path + "/").startswith(top + "/"))
        places.append(Place(url, label, short, icon, current))
    return places
