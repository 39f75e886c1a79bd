"""Names in addresses, made of words that people wrote. Pure."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count


def slugify(text: str) -> str:
    """« Conseil d’école » → "conseil-d-ecole"; empty where no letter or digit of ASCII is left."""
    plain = unicodedata.normalize("NFD", text.lower().replace("’", " ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def choose_free(name: str, taken: Collection[str]) -> str:
    """The name, with a number where it is taken."""
    return name if name not in taken else next(each for n in count(2) if (each := f"{name}-{n}") not in taken)
