"""Static files under names that carry their content's hash, so that browsers keep them for ever."""

import hashlib
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import call_command

STAMP = "published.txt"


class Storage(ManifestStaticFilesStorage):
    """Hashed names once `publish` has run; before that the plain ones, which are served too."""

    support_js_module_import_aggregation = True
    manifest_strict = False

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._urls: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:  # type: ignore[override]  # as in Django's own, above it
        """Asked thirty times for each page; once published, the answer does not change."""
        if not self.hashed_files:
            return super().url(name, force)
        if name not in self._urls:
            self._urls[name] = super().url(name, force)
        return self._urls[name]

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name


def publish() -> None:
    """Writes the hashed files where the web server finds them; does nothing when they are there already."""
    storage = Storage()
    root = Path(storage.location)
    wanted = _digest()
    stamp = root / STAMP
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted, encoding="ascii")


def _digest() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            with storage.open(name) as opened:
                digest.update(name.encode() + b"\0" + hashlib.sha256(opened.read()).digest())
    return digest.hexdigest()
