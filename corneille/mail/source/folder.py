"""Reads folders of .eml files, and the mbox files among them as Thunderbird keeps them ("Sent", "Archives.sbd/2024")."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from corneille.mail.source.found import Found, PassedOver, choose_crlf, find_date
from corneille.mail.source.mbox import MboxKind, is_mbox, read_mbox

IGNORED = frozenset({".msf", ".dat", ".json", ".sqlite", ".html", ".db", ".ini", ".index", ".log"})
"""Indexes and settings that mail programs put beside mail."""


def list_files(root: Path) -> list[Path]:
    """Every file below the folder, in order of name; hidden ones and symbolic links are left out."""
    files: list[Path] = []
    for directory, children, names in os.walk(root):
        children[:] = sorted(each for each in children if not each.startswith("."))
        paths = (Path(directory) / name for name in sorted(names) if not name.startswith("."))
        files += [path for path in paths if path.is_file() and not path.is_symlink()]
    return files


def read_folder(root: Path, *, kind: MboxKind = MboxKind.AUTO, limit_bytes: int) -> Iterator[Found | PassedOver]:
    """The messages of a folder and those below it; a sub-folder's name becomes a level of `folder`."""
    done_bytes = 0
    for file in list_files(root):
        relative = file.relative_to(root)
        try:
            size_bytes = file.stat().st_size
            if file.suffix.lower() == ".eml":
                yield _read_eml(file, str(relative), _levels(relative.parent), done_bytes + size_bytes, limit_bytes)
            elif size_bytes and is_mbox(file):
                levels = _levels(relative.with_suffix("") if file.suffix.lower() == ".mbox" else relative)
                yield from read_mbox(
                    file, folder=levels, kind=kind, limit_bytes=limit_bytes, start_bytes=done_bytes
                )  # fmt: skip
            elif size_bytes and file.suffix.lower() not in IGNORED:
                yield PassedOver(str(relative), "not-mail", done_bytes + size_bytes)
        except OSError as error:
            yield PassedOver(str(relative), "unreadable", done_bytes, {"error": error.strerror})
        else:
            done_bytes += size_bytes


def read_eml(file: Path, *, limit_bytes: int) -> Iterator[Found | PassedOver]:
    """One message in a file of its own. Raises OSError."""
    yield _read_eml(file, file.name, (), file.stat().st_size, limit_bytes)


def _read_eml(
    file: Path, place: str, folder: tuple[str, ...], done_bytes: int, limit_bytes: int
) -> Found | PassedOver:
    facts = file.stat()
    if facts.st_size > limit_bytes:
        return PassedOver(place, "too-large", done_bytes, {"size_bytes": facts.st_size})
    content = file.read_bytes()
    if not content:
        return PassedOver(place, "empty", done_bytes)
    # A saved .eml has the time of its saving; the message's own date says more, unless it comes from the future.
    modified_at = datetime.fromtimestamp(facts.st_mtime, UTC)
    dated_at = find_date(content)
    received_at = dated_at if dated_at is not None and dated_at <= modified_at else modified_at
    return Found(place, folder, choose_crlf(content), received_at, frozenset(), done_bytes)


def _levels(relative: Path) -> tuple[str, ...]:
    """The folder's levels; Thunderbird puts what is below "Archives" in "Archives.sbd"."""
    return tuple(part.removesuffix(".sbd").removesuffix(".mbox") for part in relative.parts)
