"""Real programs: run one, and say which Debian package holds it when it is missing."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

PACKAGES = {"mbsync": "isync", "curl": "curl", "neomutt": "neomutt", "offlineimap": "offlineimap3"}
TIMEOUT_S = 60


def run(
    command: Sequence[str], *, folder: Path, given: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Runs a program in a folder of its own. A missing one fails the test and names its package."""
    program = shutil.which(command[0])
    assert program is not None, f"{command[0]} is missing: apt-get install {PACKAGES.get(command[0], command[0])}"
    kept = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm", **(environment or {})}
    return subprocess.run(
        [program, *command[1:]], cwd=folder, env=kept, input=given, capture_output=True, timeout=TIMEOUT_S, check=False
    )
