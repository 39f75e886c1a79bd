"""Files of letters that hold codes: only who makes them can read the file, which is there before a code is drawn."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from corneille.doors.cli.outcome import CommandRefused
from corneille.doors.cli.words import _


@contextmanager
def open_letters(path: Path) -> Iterator[BinaryIO]:
    """A new file, mode 0600; nothing is left of it where no letter is made. Raises CommandRefused."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise CommandRefused(_("{file} is there already: name a new file.").format(file=path)) from None
    except OSError as error:
        raise CommandRefused(_("{file} cannot be written: {why}").format(file=path, why=error.strerror)) from error
    with os.fdopen(handle, "wb") as stream:
        try:
            yield stream
        except BaseException:
            path.unlink(missing_ok=True)
            raise
