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
    return 0


def list_faults() -> list[str]:
    """What differs between the table, the locks and the files; nothing when all is well."""
    faults = []
    for folder in sorted({each.folder for each in WANTED}):
        entries = json.loads((ROOT / folder / LOCK).read_text(encoding="utf-8"))
        locked = {(entry["name"], entry["version"], entry["file"]) for entry in entries}
        wanted = {(each.package, each.version, each.name) for each in WANTED if each.folder == folder}
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


def _read(opened: tarfile.TarFile, name: str) -> bytes:
    found = opened.extractfile(f"package/{name}")
    assert found is not None, name
    return found.read()


if __name__ == "__main__":
    raise SystemExit(main())
