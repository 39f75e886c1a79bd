"""Prints docs/privacy.md from what each room declares: python -m tools.privacy > docs/privacy.md."""

import sys
import tempfile
from pathlib import Path

from corneille.run.ground import prepare

HEAD = """# What is kept of people

The register of processing (GDPR art. 30), as each noun declares it in its `retention.py`, with the durations that a new
installation has; printed by `python -m tools.privacy`. `corneille privacy register` prints it as an installation is set, in
French or English, as a page or for a spreadsheet. A table of the database that is in no declaration fails a test. Everybody
reads their own part at `/mes-donnees`, with how many records of theirs there are, and asks there for a copy of their data.

The last column names what deletes it by itself. Each purge runs every hour; a test proves that it takes what is past the
duration and leaves the rest. `corneille privacy purges` and the page `/confidentialite` (account type `delegue`) show when
each last ran, what it deleted, and the oldest that is left.

"""


def format_privacy() -> str:
    """The page, in English as all of docs/."""
    from corneille.privacy.format_register import format_markdown

    return HEAD + format_markdown("en")


if __name__ == "__main__":
    prepare(Path(tempfile.mkdtemp()) / "var")
    sys.stdout.write(format_privacy())
