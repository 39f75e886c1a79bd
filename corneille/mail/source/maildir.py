"""Reads Maildirs, with Maildir++ sub-folders (".Sent", ".Cours.6A") and folders within folders; tmp/ is ignored."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from corneille.mail.source.found import Found, PassedOver, choose_crlf
from corneille.mail.values import ANSWERED, DELETED, DRAFT, FLAGGED, SEEN
from corneille.wire.imap.mailbox_name import decode_mailbox_name

FLAGS = {"D": DRAFT, "F": FLAGGED, "P": "$Forwarded", "R": ANSWERED, "S": SEEN, "T": DELETED}
KEYWORDS_FILE = "dovecot-keywords"
_STAMP = re.compile(r"(\d{9,10})\.")


def is_maildir(path: Path) -> bool:
    """Whether the directory, or one of its sub-folders, has messages as Maildir keeps them."""
    return _is_folder(path) or any(_is_folder(child) for child in path.iterdir() if child.is_dir())


def list_folders(root: Path) -> list[tuple[tuple[str, ...], Path]]:
    """Each folder's levels and its directory, the root's own first, then by name."""
    folders = []
    for directory, children, _ in os.walk(root):
        path = Path(directory)
        children[:] = sorted(each for each in children if each not in {"cur", "new", "tmp"})
        if _is_folder(path):
            folders.append((_folder_of(path.relative_to(root)), path))
    return folders


def list_files(folder: Path) -> list[Path]:
    """The messages' files, oldest first as their names tell; symbolic links are not followed."""
    files = [
        Path(entry.path)
        for part in ("cur", "new")
        if (folder / part).is_dir()
        for entry in os.scandir(folder / part)
        if entry.is_file(follow_symlinks=False) and not entry.name.startswith(".")
    ]
    return sorted(files, key=lambda file: (_stamp_of(file.name) or 0, file.name))


def read_maildir(root: Path, *, limit_bytes: int) -> Iterator[Found | PassedOver]:
    """The messages of a Maildir and its sub-folders. Raises OSError when a directory cannot be read."""
    done_bytes = 0
    for levels, folder in list_folders(root):
        keywords = _read_keywords(folder)
        for file in list_files(folder):
            place = str(file.relative_to(root))
            try:
                size_bytes = file.stat().st_size
                content = file.read_bytes() if size_bytes <= limit_bytes else b""
                modified_at = file.stat().st_mtime
            except OSError as error:  # another program may have moved it since it was listed
                yield PassedOver(place, "unreadable", done_bytes, {"error": error.strerror})
                continue
            done_bytes += size_bytes
            if size_bytes > limit_bytes:
                yield PassedOver(place, "too-large", done_bytes, {"size_bytes": size_bytes})
            elif not content:
                yield PassedOver(place, "empty", done_bytes)
            else:
                # Copied without their times, files are younger than the second of delivery that begins their name.
                received_s = min(modified_at, _stamp_of(file.name) or modified_at)
                received_at = datetime.fromtimestamp(received_s, UTC)
                flags = _choose_flags(file, keywords)
                yield Found(place, levels, choose_crlf(content), received_at, flags, done_bytes)


def _is_folder(path: Path) -> bool:
    return (path / "cur").is_dir() or (path / "new").is_dir()


def _folder_of(relative: Path) -> tuple[str, ...]:
    levels: list[str] = []
    for part in relative.parts:
        levels += [level for level in part.split(".") if level] if part.startswith(".") else [part]
    return tuple(decode_mailbox_name(level.encode("utf-8", "surrogateescape")) for level in levels)


def _stamp_of(name: str) -> int | None:
    found = _STAMP.match(name)
    return int(found[1]) if found else None


def _choose_flags(file: Path, keywords: dict[str, str]) -> frozenset[str]:
    if file.parent.name == "new":
        return frozenset()
    letters = file.name.rpartition(":2,")[2] if ":2," in file.name else ""
    return frozenset(each for letter in letters if (each := FLAGS.get(letter) or keywords.get(letter)))


def _read_keywords(folder: Path) -> dict[str, str]:
    """Dovecot's letters: line "0 $Label1" means that `a` in a file's name is $Label1."""
    try:
        lines = (folder / KEYWORDS_FILE).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    keywords = {}
    for line in lines:
        number, _, keyword = line.partition(" ")
        if keyword and number.isdecimal() and int(number) < 26:
            keywords[chr(ord("a") + int(number))] = keyword
    return keywords
