"""How support is reached by somebody who cannot sign in: said in notices, refusals and causes."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _now

from corneille.kernel.settings import SettingsRefused, of, section, setting

LONGEST = 200
SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f", " "))
"""French is written with these, and Python takes them for unprintable."""


@section("support_contact")
@dataclass(frozen=True, slots=True)
class SupportContact:
    """Where people reach support without signing in. Shown to anybody: on refusals, on the pages of causes, in notices."""

    telephone: str = setting("", "The telephone number, as people dial it. Empty: none is told.")
    address: str = setting(
        "", "A mail address to which anybody may write, from whatever mailbox they still have. Empty: none is told."
    )
    hours_french: str = setting("", "When somebody answers, in French, such as « du lundi au vendredi, 8 h 30 à 17 h 30 ».")
    hours_english: str = setting("", "The same in English; empty: pages in English show the French words.")

    def check(self) -> None:
        """Raises SettingsRefused."""
        for name in ("telephone", "address", "hours_french", "hours_english"):
            value = str(getattr(self, name))
            if len(value) > LONGEST or not value.translate(SPACES).isprintable():
                raise SettingsRefused(f"[support_contact] {name}: one line of {LONGEST} characters at most")
        if self.telephone and not any(each.isdecimal() for each in self.telephone):
            raise SettingsRefused("[support_contact] telephone: wants digits, such as 01 23 45 67 89")
        if self.address and "@" not in self.address.strip("@"):
            raise SettingsRefused("[support_contact] address: wants a mail address, such as assistance@ac-exemple.fr")

    @property
    def hours(self) -> str:
        """In the language of the page."""
        is_english = (get_language() or "fr").startswith("en")
        return (self.hours_english if is_english else "") or self.hours_french

    @property
    def unbroken(self) -> str:
        """The number on one line."""
        return self.telephone.replace(" ", "\u00a0")

    @property
    def dialled(self) -> str:
        """The number as a link wants it (RFC 3966)."""
        return "".join(each for each in self.telephone if each.isdecimal() or each == "+")


def describe_support() -> str:
    """One sentence, in the language in force; where nothing is set, who knows."""
    contact = of(SupportContact)
    ways = ", ".join(each for each in (contact.telephone, contact.address) if each)
    if not ways:
        return _now("Your establishment says how to reach support.")
    if not contact.hours:
        return _now("Support: %(ways)s.") % {"ways": ways}
    return _now("Support: %(ways)s (%(hours)s).") % {"ways": ways, "hours": contact.hours}
