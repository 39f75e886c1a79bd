"""What of the demonstration's mail is already there, in a file of the data directory: a second start asks it first.

The mail is a function of the seed and of the day it was first made; the file keeps both, and how many messages of each
mailbox are filed. It is written after each commit; an interruption between the two leaves a few batches in doubt, so
after one everything that comes is looked up by its content first.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

FILE = "demonstration-mail.json"


@dataclass(slots=True)
class Filled:
    """`counts` is keyed by what is filled ("17/INBOX", "flood"); `is_done` once everything is there."""

    file: Path
    seed: int
    now: datetime
    counts: dict[str, int] = field(default_factory=dict)
    is_done: bool = False
    is_resumed: bool = False

    def add(self, key: str, count: int) -> None:
        """Notes that so many more messages are filed."""
        self.counts[key] = self.counts.get(key, 0) + count
        self.write()

    def write(self) -> None:
        """Puts the file in its place, whole."""
        fresh = self.file.with_suffix(".new")
        kept = {"seed": self.seed, "now": self.now.isoformat(), "is_done": self.is_done, "counts": self.counts}
        fresh.write_text(json.dumps(kept), encoding="ascii")
        fresh.replace(self.file)


def read_filled(data: Path, seed: int, now: datetime) -> Filled:
    """What an earlier start left; a new beginning when there is none, or for another seed."""
    file = data / FILE
    try:
        kept = json.loads(file.read_text(encoding="ascii"))
    except FileNotFoundError:
        return Filled(file, seed, now)
    if kept["seed"] != seed:
        return Filled(file, seed, now)
    return Filled(file, seed, datetime.fromisoformat(kept["now"]), kept["counts"], kept["is_done"], is_resumed=True)
