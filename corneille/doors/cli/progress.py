"""How far a long command is: one line that grows on a terminal, a line every tenth elsewhere. Always on standard error."""

import sys
from typing import TextIO

WIDTH = 30


class ProgressBar:
    """A bar for a total in any unit."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._tenth = -1
        self._part = ""

    def show(self, done: int, total: int, words: str, *, part: str = "") -> None:
        """Shows how far it is; `words` say what was done, and another `part` of the work begins anew."""
        if part != self._part:
            self._part, self._tenth = part, -1
        share = min(done / total, 1.0) if total else 1.0
        if self._is_terminal:
            full = int(share * WIDTH)
            self._stream.write(f"\r[{'█' * full}{'·' * (WIDTH - full)}] {share:4.0%} {words}\x1b[K")
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            self._stream.write(f"{share:4.0%} {words}\n")
        self._stream.flush()

    def clear(self) -> None:
        """Leaves the terminal's line to what comes after."""
        if self._is_terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
