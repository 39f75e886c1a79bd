"""Whether a name, as it stands before an address, is that of somebody here."""

import re

from corneille.people import queries
from corneille.people.name import fold

WORDS = 8
"""More words than this are a sentence, no name."""


def is_name_of_colleague(name: str) -> bool:
    """Whether an active person is called so: case, accents and which name stands first do not matter."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    if not 2 <= len(words) <= WORDS:
        return False
    turns = [words[start:] + words[:start] for start in range(len(words))]
    return queries.has_person_named(["".join(f" {word}" for word in turn) for turn in turns])
