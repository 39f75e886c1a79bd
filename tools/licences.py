"""Checks that all that is installed at run time has a licence that the project allows; prints what has not."""

import re
import sys
from email.message import Message
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import cast

ALLOWED = re.compile(
    r"\b(MIT|0?BSD|ISC|Apache|PSF|Python Software Foundation|MPL|Mozilla Public License|LGPL|Unlicense)\b",
    re.I,
)
REFUSED = re.compile(r"(?<!L)\b(AGPL|GPL)|Affero|(?<!Lesser )General Public License", re.I)

KNOWN = {"apsw": "any-OSI"}
"""Licence expressions that the table above does not read, looked up by hand (apsw: any OSI licence one likes)."""


def licence_of(installed: Distribution) -> str:
    """What the distribution says of itself: SPDX expression, then classifiers, then the free text's first line."""
    meta = cast("Message[str, str]", installed.metadata)
    classifiers = [each for each in meta.get_all("Classifier", []) if each.startswith("License ::")]
    texts = [meta.get("License-Expression") or "", *classifiers, (meta.get("License") or "").split("\n")[0]]
    return " | ".join(text for text in texts if text)


def list_refused(lock: Path) -> list[str]:
    """One line for each pinned distribution whose licence is not allowed or not understood."""
    refused = []
    for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="ascii"), re.M):
        licence = licence_of(distribution(name))
        if KNOWN.get(name.lower()) == licence:
            continue
        if not ALLOWED.search(licence) or REFUSED.search(licence):
            refused.append(f"{name}: {licence or 'no licence given'}")
    return refused


if __name__ == "__main__":
    found = list_refused(Path("requirements/run.txt"))
    print("\n".join(found))
    sys.exit(1 if found else 0)
