"""Brings the few JavaScript files that are committed here, and says in a lock file what each of them is.

    python -m tools.vendor            # fetches what the table names, again, from npm
    python -m tools.vendor --check    # compares the files with their locks; needs no network

Only developers run it: the files are committed, so that installing needs no Node.
"""

import argparse
import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = "vendor.lock.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file of one npm package, and where it goes."""

    package: str
    version: str
    source: str
    folder: str
    name: str
    license: str
    license_file: str


WANTED = (
    Wanted(
        "htmx.org", "4.0.1", "dist/htmx.min.js",
        "corneille/doors/web/kit/static/kit/vendor", "htmx-4.0.1.min.js", "0BSD", "LICENSE",
    ),
    Wanted(
        "axe-core", "4.14.1", "axe.min.js",
        "tests/journeys/vendor", "axe-4.14.1.min.js", "MPL-2.0", "LICENSE",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bundle:
    """Several npm packages as one ES module and one style sheet, put together by esbuild.

    packages  name, version, licence, licence file
    entry     the module that esbuild begins at; `styles`: files of the packages, one after the other
    """

    packages: tuple[tuple[str, str, str, str], ...]
    entry: str
    styles: tuple[str, ...]
    folder: str
    name: str


ESBUILD = "0.28.2"
CALENDAR = """
import "temporal-polyfill/global";
import { Calendar } from "fullcalendar";
import dayGrid from "fullcalendar/daygrid";
import timeGrid from "fullcalendar/timegrid";
import interaction from "fullcalendar/interaction";
import theme from "fullcalendar/themes/classic";
import fr from "fullcalendar/locales/fr";
export { Calendar, fr };
export const plugins = [dayGrid, timeGrid, interaction, theme];
"""
BUNDLES = (
    Bundle(
        (
            ("fullcalendar", "7.1.0", "MIT", "LICENSE.md"),
            ("@fullcalendar/core", "7.1.0", "MIT", "LICENSE.md"),
            ("@full-ui/headless-calendar", "7.1.0", "MIT", "LICENSE.md"),
            ("preact", "10.29.8", "MIT", "LICENSE"),
            ("temporal-polyfill", "1.0.8", "MIT", "LICENSE"),
        ),
        CALENDAR,
        ("fullcalendar/skeleton.css", "fullcalendar/themes/classic/theme.css"),
        "corneille/doors/web/calendar/static/calendar/vendor", "fullcalendar-7.1.0",
    ),
)  # fmt: skip


def main() -> int:
    """Fetches or checks everything in the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare with the lock files, change nothing")
    if parser.parse_args().check:
        faults = list_faults()
        print("\n".join(faults) or "every vendored file is what its lock says")
        return 1 if faults else 0
    for folder in sorted({each.folder for each in WANTED}):
        entries = [_fetch(each) for each in WANTED if each.folder == folder]
        (ROOT / folder / LOCK).write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    for bundle in BUNDLES:
        (ROOT / bundle.folder / LOCK).write_text(json.dumps(_bundle(bundle), indent=2) + "\n", encoding="utf-8")
    return 0


def list_faults() -> list[str]:
    """What differs between the table, the locks and the files; nothing when all is well."""
    faults = []
    for folder in sorted({each.folder for each in (*WANTED, *BUNDLES)}):
        entries = json.loads((ROOT / folder / LOCK).read_text(encoding="utf-8"))
        locked = {(entry["name"], entry["version"], entry["file"]) for entry in entries}
        wanted = {(each.package, each.version, each.name) for each in WANTED if each.folder == folder}
        for bundle in (each for each in BUNDLES if each.folder == folder):
            wanted |= {(name, version, f"{bundle.name}.js") for name, version, _, _ in bundle.packages}
            wanted |= {(bundle.packages[0][0], bundle.packages[0][1], f"{bundle.name}.css")}
        if locked != wanted:
            faults.append(f"{folder}: the lock names {sorted(locked)}, the table {sorted(wanted)}")
        named = {LOCK}
        for entry in entries:
            named |= {entry["file"], entry["license_file"]}
            found = hashlib.sha256((ROOT / folder / entry["file"]).read_bytes()).hexdigest()
            if found != entry["sha256"]:
                faults.append(f"{folder}/{entry['file']}: sha256 {found}, the lock says {entry['sha256']}")
            if not (ROOT / folder / entry["license_file"]).exists():
                faults.append(f"{folder}/{entry['license_file']}: missing")
        strangers = {each.name for each in (ROOT / folder).iterdir()} - named
        if strangers:
            faults.append(f"{folder}: not in the lock: {sorted(strangers)}")
    return faults


def _fetch(wanted: Wanted) -> dict[str, str]:
    asked = f"{wanted.package}@{wanted.version}"
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(
            ["npm", "pack", asked, "--json", "--ignore-scripts", "--pack-destination", folder],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        packed = json.loads(told.stdout)[0]
        archive = (Path(folder) / packed["filename"]).read_bytes()
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if integrity != packed["integrity"]:
        raise SystemExit(f"{asked}: the archive is not what npm announced")
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        content = _read(opened, wanted.source)
        license_text = _read(opened, wanted.license_file)
    # The map is not shipped, and naming it makes browsers ask for it.
    lines = [line for line in content.split(b"\n") if not line.startswith(b"//# sourceMappingURL")]
    content = b"\n".join(lines)
    target = ROOT / wanted.folder
    target.mkdir(parents=True, exist_ok=True)
    (target / wanted.name).write_bytes(content)
    license_file = f"{wanted.package}.LICENSE.txt"
    (target / license_file).write_bytes(license_text)
    print(f"{asked}: {len(content)} bytes in {wanted.folder}/{wanted.name}", file=sys.stderr)
    return {
        "name": wanted.package,
        "version": wanted.version,
        "integrity": integrity,
        "license": wanted.license,
        "license_file": license_file,
        "source": wanted.source,
        "file": wanted.name,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _bundle(bundle: Bundle) -> list[dict[str, str]]:
    target = ROOT / bundle.folder
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        asked = [f"{name}@{version}" for name, version, _, _ in bundle.packages]
        command = ["npm", "install", "--ignore-scripts", "--save-exact", "--no-audit", f"esbuild@{ESBUILD}", *asked]
        subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)
        (folder / "entry.js").write_text(bundle.entry, encoding="utf-8")
        script = target / f"{bundle.name}.js"
        options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none", f"--outfile={script}"]
        subprocess.run([folder / "node_modules/.bin/esbuild", "entry.js", *options], cwd=folder, check=True)
        packages = folder / "node_modules"
        styles = "\n".join((packages / each).read_text(encoding="utf-8") for each in bundle.styles)
        (target / f"{bundle.name}.css").write_text(styles, encoding="utf-8")
        locked = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        entries = []
        for name, version, license_name, license_file in bundle.packages:
            found = locked[f"node_modules/{name}"]
            assert found["version"] == version, (name, found["version"])
            kept = name.replace("/", "-").removeprefix("@") + ".LICENSE.txt"
            (target / kept).write_bytes((packages / name / license_file).read_bytes())
            files = [script.name, f"{bundle.name}.css"] if name == bundle.packages[0][0] else [script.name]
            entries += [
                {"name": name, "version": version, "integrity": found["integrity"], "license": license_name,
                 "license_file": kept, "source": f"esbuild {ESBUILD}", "file": file,
                 "sha256": hashlib.sha256((target / file).read_bytes()).hexdigest()}
                for file in files
            ]  # fmt: skip
    return entries


def _read(opened: tarfile.TarFile, name: str) -> bytes:
    found = opened.extractfile(f"package/{name}")
    assert found is not None, name
    return found.read()


if __name__ == "__main__":
    raise SystemExit(main())
