"""What did not look like the owner, in words: « connexion à 03 h 12 depuis un pays jamais vu (Maroc) »."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.access.locate import locate
from corneille.access.unusual import Sign
from corneille.kernel.settings import Ground, of
from corneille.notices.place_words import name_place

SIGNS: dict[Sign, Promise] = {
    Sign.NEW_COUNTRY: _("a sign-in at %(time)s from a country never seen (%(place)s)"),
    Sign.TRAVEL: _("%(km)s km in %(minutes)s minutes since the one before"),
    Sign.FIRST_PROGRAM: _("a mail program for the first time, from an unknown network (%(network)s)"),
    Sign.MANY_CLIENTS: _("%(count)s new devices or programs within one day"),
    Sign.WRONG_RUN: _("a new device right after %(count)s wrong passwords (%(network)s)"),
    Sign.OLD_PASSWORD: _("your old password tried from %(count)s unknown networks"),
    Sign.NEW_HOUR: _("an hour at which you are never there (%(time)s)"),
    Sign.NEW_DEVICE: _("a device or program never seen"),
    Sign.NEW_NETWORK: _("a network never used (%(network)s)"),
}


def describe_signs(data: Mapping[str, object]) -> str:
    """The signs that a notice or a containment holds, in the language of the moment."""
    signs, network = data.get("signs"), str(data.get("network", ""))
    at = datetime.fromisoformat(str(data.get("signed_in_at"))).astimezone(ZoneInfo(of(Ground).time_zone))
    time = _now("%(hour)s:%(minute)s") % {"hour": f"{at:%H}", "minute": f"{at:%M}"}
    told = []
    for sign in (Sign(each) for each in signs) if isinstance(signs, list) else ():
        numbers = {name: data.get(f"{sign.value}-{name}") for name in ("km", "minutes", "count")}
        told.append(str(SIGNS[sign]) % {"time": time, "place": name_place(locate(network)), "network": network, **numbers})
    return _now(", ").join(told)
