"""What a journey is looked at in: a window, a language, colours. Every look stands in the one table here."""

from dataclasses import dataclass
from typing import Any

import pytest

from corneille.doors.web.cookies import LANGUAGE_COOKIE
from tests.journeys.conftest import PHONE, WIDE


@dataclass(frozen=True, slots=True)
class Look:
    """One look; `open_page(**look.options)` opens a browser in it."""

    name: str
    language: str
    viewport: dict[str, int]
    colour: str

    @property
    def options(self) -> dict[str, Any]:
        """The language is chosen as by its button: a browser's own gives way to an account's once somebody is signed in."""
        chosen = {
            "name": LANGUAGE_COOKIE, "value": self.language, "domain": "localhost", "path": "/", "expires": -1,
            "httpOnly": True, "secure": True, "sameSite": "Lax",
        }  # fmt: skip
        return {
            "viewport": self.viewport,
            "locale": {"fr": "fr-FR", "en": "en-GB"}[self.language],
            "color_scheme": self.colour,
            "storage_state": {"cookies": [chosen], "origins": []},
        }

    def say(self, french: str, english: str) -> str:
        return french if self.language == "fr" else english


LOOKS = {
    each.name: each
    for each in (
        Look("phone-fr", "fr", PHONE, "dark"),  # French words are the longer ones
        Look("wide-fr", "fr", WIDE, "light"),
        Look("phone-en", "en", PHONE, "light"),
        Look("wide-en", "en", WIDE, "light"),
    )
}


def looks(*names: str) -> pytest.MarkDecorator:
    """Walks a journey once in each of these, given as `look`."""
    return pytest.mark.parametrize("look", [LOOKS[each] for each in names], ids=names)


BOTH = looks("phone-fr", "wide-en")
"""Each window and each language once, for what is too long to walk four times."""
