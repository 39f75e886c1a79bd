"""Names of agendas and events in addresses. Pure."""

import re

from corneille.kernel.slug import choose_free, slugify

OWN = "agenda"
"""Everybody's first agenda; it cannot be removed."""
SHARED = "partage-"
"""How an agenda of somebody else is named among one's own: `partage-17`."""
LENGTH = 80
OBJECT_LENGTH = 200


def is_slug(text: str) -> bool:
    """Whether a program may name an agenda so."""
    return re.fullmatch(r"[A-Za-z0-9._@~-]{1,80}", text) is not None and not text.startswith((".", SHARED))


def is_object_name(text: str) -> bool:
    """Whether a program may name an event so."""
    return 0 < len(text) <= OBJECT_LENGTH and text.isprintable() and "/" not in text and not text.startswith(".")


def make_slug(name: str, taken: frozenset[str]) -> str:
    """« Conseil d’école » → "conseil-d-ecole", with a number where it is taken."""
    base = slugify(name)[: LENGTH - 8] or "agenda"
    return choose_free(base if is_slug(base) else f"a-{base}", taken)
