"""The command line's words in the reader's language: French unless the environment asks for English.

The catalogue is compiled from its .po when it is first asked for: it is small, and nothing has to be built
before the command answers.
"""

import gettext
import os
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import polib

CATALOGUE = Path(__file__).parent / "locale/fr.po"


def choose_language(environment: Mapping[str, str]) -> str:
    """`fr` or `en`, from the variables that POSIX names, the strongest first; a locale that says nothing is French."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].startswith("en") else "fr"
    return "fr"


@cache
def read_catalogue(language: str) -> gettext.NullTranslations:
    """The words of a language; English is what the code is written in."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.GNUTranslations(BytesIO(polib.pofile(str(CATALOGUE)).to_binary()))


def _(text: str) -> str:
    """The text in the reader's language."""
    return read_catalogue(choose_language(os.environ)).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The text for a count, in the reader's language."""
    return read_catalogue(choose_language(os.environ)).ngettext(one, many, count)
