"""Names of files in the copy: as the person named the folder, as far as every system can unpack it. Pure."""

import unicodedata
from collections.abc import Collection

LEVEL_CHARS = 80
_REFUSED = frozenset('\\:*?"<>|')
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


def choose_name(top: str, name: str, ending: str, taken: Collection[str]) -> str:
    """« courrier/Projets/2026.mbox »; a number is added where another has that name already, whatever its case.

    taken  names given before, in lower case
    """
    *above, last = (_clean(level) for level in name.split("/"))
    above = [f"{level}_" if level.lower().endswith(ending) else level for level in above]  # no folder is named as a file
    stem = "/".join((top, *above, last))
    made, number = f"{stem}{ending}", 2
    while made.lower() in taken:
        made, number = f"{stem} ({number}){ending}", number + 1
    return made


def _clean(level: str) -> str:
    """One level: Windows refuses these characters, these names, and what ends in a dot or a space."""
    text = unicodedata.normalize("NFC", level)
    kept = "".join("_" if each in _REFUSED or not each.isprintable() else each for each in text)
    kept = kept[:LEVEL_CHARS].strip(" .")
    return f"_{kept}" if not kept or kept.partition(".")[0].lower() in _RESERVED else kept
