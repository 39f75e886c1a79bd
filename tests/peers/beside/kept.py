"""Our own answers where the two servers differ, kept: a row accepts a difference for its reason, whatever ours says there,
so that a later change of ours would not be noticed.

`CORNEILLE_KEEP_ANSWERS=1 .venv/bin/python -m pytest tests/peers/beside` writes them anew: what the change of each says is to
be read before it is committed.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from tests.peers.beside.difference import Difference

FOLDER = Path(__file__).parent / "kept"
VARIABLE = "CORNEILLE_KEEP_ANSWERS"
SHOWN_CHARACTERS = 300
"""Of a longer answer its beginning is kept, and the digest of the whole."""


def check_kept(name: str, differences: Iterable[Difference]) -> None:
    """Raises AssertionError where ours is not what it was."""
    file = FOLDER / f"{name}.json"
    told = {f"{each.asked} | {each.about}": _shorten(each.ours) for each in differences}
    if os.environ.get(VARIABLE):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(json.dumps(told, indent=0, sort_keys=True) + "\n")
        return
    kept: dict[str, str] = json.loads(file.read_text())
    changed = [
        f"{asked}:\n  was: {kept.get(asked)}\n  is:  {told.get(asked)}"
        for asked in sorted(kept.keys() | told.keys()) if kept.get(asked) != told.get(asked)
    ]  # fmt: skip
    shown = "\n".join(changed[:20])
    assert not changed, f"{len(changed)} answers of ours have changed; with {VARIABLE}=1 they are kept anew:\n{shown}"


def _shorten(value: object) -> str:
    shown = repr(value)
    if len(shown) <= SHOWN_CHARACTERS:
        return shown
    return f"{shown[:SHOWN_CHARACTERS]}… {hashlib.sha256(shown.encode()).hexdigest()}"
