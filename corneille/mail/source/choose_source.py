"""Recognises what stands at a path, measures it for the progress bar, and reads it."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from corneille.kernel.refusal import Refusal
from corneille.mail.source import folder, maildir, mbox
from corneille.mail.source.found import Found, PassedOver
from corneille.mail.source.mbox import MboxKind


class SourceRefused(Refusal):
    """Nothing here can be read as mail; data: path, and why: absent, unreadable, empty, not-mail."""

    code = "source-refused"


class SourceKind(StrEnum):
    """What a source is; AUTO looks at it."""

    AUTO = "auto"
    MBOX = "mbox"
    MAILDIR = "maildir"
    EML = "eml"


def choose_kind(path: Path) -> SourceKind:
    """What stands at this path. Raises SourceRefused."""
    try:
        if path.is_dir():
            return SourceKind.MAILDIR if maildir.is_maildir(path) else SourceKind.EML
        if not path.exists():
            raise SourceRefused(path=str(path), why="absent")
        if path.stat().st_size == 0:
            raise SourceRefused(path=str(path), why="empty")
        if mbox.is_mbox(path):
            return SourceKind.MBOX
        if path.suffix.lower() == ".eml":
            return SourceKind.EML
    except OSError as error:
        raise SourceRefused(path=str(path), why="unreadable", error=error.strerror) from error
    raise SourceRefused(path=str(path), why="not-mail")


def measure(path: Path, kind: SourceKind) -> int:
    """How many bytes there are to read."""
    if path.is_file():
        return path.stat().st_size
    if kind is SourceKind.MAILDIR:
        files = [file for _, each in maildir.list_folders(path) for file in maildir.list_files(each)]
    else:
        files = folder.list_files(path)
    return sum(file.stat().st_size for file in files if file.exists())


def read_source(
    path: Path, kind: SourceKind, *, mbox_kind: MboxKind, limit_bytes: int
) -> Iterator[Found | PassedOver]:
    """The messages of a source of a known kind. Raises SourceRefused, before the first one or between two."""
    try:
        if kind is SourceKind.MAILDIR:
            yield from maildir.read_maildir(path, limit_bytes=limit_bytes)
        elif path.is_dir():
            yield from folder.read_folder(path, kind=mbox_kind, limit_bytes=limit_bytes)
        elif kind is SourceKind.MBOX:
            yield from mbox.read_mbox(path, kind=mbox_kind, limit_bytes=limit_bytes)
        else:
            yield from folder.read_eml(path, limit_bytes=limit_bytes)
    except OSError as error:
        raise SourceRefused(path=str(path), why="unreadable", error=error.strerror) from error
