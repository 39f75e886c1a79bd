"""The words that people see: collected from the code into .po files, compiled into .mo files.

    python -m tools.messages collect   # developers, after changing words; needs GNU gettext
    python -m tools.messages compile   # before running; pure Python, does nothing when all is fresh
    python -m tools.messages check     # says what is missing, unsure or untranslated

Msgids are English. Each place of the web door has its own catalogue; French is written by hand, and complete.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import django
import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = (
    "gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3",
    "pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3", "_", "_now", "ngettext:1,2",
)  # fmt: skip
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
    "Language": "fr",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}

_WEB = Path("corneille/doors/web")


def list_catalogues() -> dict[Path, list[Path]]:
    """Each .po file and the sources whose words it holds."""
    places = {each.name: each for each in (ROOT / _WEB).iterdir() if (each / "apps.py").exists()}
    catalogues = {}
    for name, place in sorted(places.items()):
        sources = [
            each
            for each in place.rglob("*")
            if each.suffix in {".py", ".html", ".txt"} and "static" not in each.parts
        ]
        if name == "kit":  # what belongs to no place: errors, navigation
            sources += list((ROOT / _WEB).glob("*.py"))
        catalogues[place / "locale/fr/LC_MESSAGES/django.po"] = sorted(sources)
    notices = ROOT / "corneille/notices"
    catalogues[notices / "locale/fr/LC_MESSAGES/django.po"] = sorted(notices.glob("*.py"))
    return catalogues


def extract(sources: list[Path]) -> polib.POFile:
    """The msgids of these sources, with where they stand."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for source in sources:
            name = str(source.relative_to(ROOT))
            text = source.read_text(encoding="utf-8")
            if source.suffix != ".py":
                text = templatize(text, origin=name)
            copy = Path(folder) / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, encoding="utf-8")
            names.append(name)
        options = [f"--keyword={each}" for each in KEYWORDS]
        made = subprocess.run(
            [
                "xgettext", "--language=Python", "--from-code=UTF-8", "--no-location", "--output=-",
                *options, *names,
            ],
            cwd=folder, check=True, capture_output=True, text=True,
        )  # fmt: skip
    return polib.pofile(made.stdout)


def collect() -> int:
    """Adds new msgids without a translation, drops those that no source has, keeps the rest as it is."""
    for target, sources in list_catalogues().items():
        fresh = extract(sources)
        kept = polib.pofile(str(target)) if target.exists() else polib.POFile(wrapwidth=100)
        known = {(entry.msgctxt, entry.msgid): entry for entry in kept}
        written = polib.POFile(wrapwidth=100)
        written.metadata = dict(HEADER)
        for entry in sorted(fresh, key=lambda each: (each.msgid.casefold(), each.msgctxt or "")):
            old = known.get((entry.msgctxt, entry.msgid))
            if old is not None and bool(old.msgid_plural) == bool(entry.msgid_plural):
                entry.msgstr, entry.msgstr_plural, entry.flags = old.msgstr, old.msgstr_plural, old.flags
                entry.flags = [flag for flag in entry.flags if flag in {"python-format", "fuzzy"}]
            entry.comment = ""
            written.append(entry)
        target.parent.mkdir(parents=True, exist_ok=True)
        written.save(str(target))
        print(
            f"{target.relative_to(ROOT)}: {len(written)} entries, "
            f"{len(written.untranslated_entries())} to translate",
            file=sys.stderr,
        )
    return 0


def compile_all() -> int:
    """Writes each .mo that is older than its .po."""
    for source in sorted((ROOT / "corneille").rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
    return 0


def list_faults(catalogue: Path) -> list[str]:
    """Every entry of a catalogue that is missing, unsure, untranslated or left over, as one line each."""
    if not catalogue.exists():
        return [f"{catalogue}: missing"]
    sources = list_catalogues()[catalogue]
    written = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(catalogue))}
    found = {(entry.msgctxt, entry.msgid) for entry in extract(sources)}
    return [
        *(f"not collected: {msgid!r}" for _context, msgid in sorted(found - set(written), key=str)),
        *(f"in no source: {msgid!r}" for _context, msgid in sorted(set(written) - found, key=str)),
        *(f"untranslated: {entry.msgid!r}" for entry in written.values() if not entry.translated()),
        *(f"unsure: {entry.msgid!r}" for entry in written.values() if entry.fuzzy),
    ]


def check() -> int:
    """Prints what `list_faults` finds."""
    faults = [f"{each.relative_to(ROOT)}: {told}" for each in list_catalogues() for told in list_faults(each)]
    print("\n".join(faults) or "every word is translated", file=sys.stderr)
    return 1 if faults else 0


def main() -> int:
    """Runs one of the three."""
    commands: dict[str, Callable[[], int]] = {"collect": collect, "compile": compile_all, "check": check}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=sorted(commands))
    return commands[parser.parse_args().command]()


if __name__ == "__main__":
    raise SystemExit(main())
