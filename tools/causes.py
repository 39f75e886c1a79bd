"""Prints docs/causes.md from the table of causes and its words: python -m tools.causes > docs/causes.md."""

import sys
import tempfile
from pathlib import Path

from django.utils import translation

from corneille.run.ground import prepare

HEAD = """# Causes

Every cause that can keep somebody out or hold their mail, as `desk/cause.py` has them; printed by `python -m tools.causes`.
Each has a page, `/depannage/cause/<code>`, in French and English. Each is produced at each of its doors by a case of
`tests/doors/causes`, which fails where a cell of this table has none: the case makes the cause come about, meets the
refusal over the real door, and follows the address that the refusal gives. Who has a refusal's reference reads the cause at
`/depannage/<reference>`: exactly on a known device or a session of the account, or at its recovery contacts; anybody else
reads what was said at the time, which is the exact cause where the first proof was right, and then for a day who decided it,
why and until when.

Doors: `web` the portal, `imap` and `submission` (SMTP) mail programs, `dav` (CalDAV) calendar programs. A calendar program
that speaks in clear is sent to the same address over TLS; mailboxes alone have a quota.

| code | doors | what a program shows | cause | why | what to do |
|---|---|---|---|---|---|
"""


def format_causes() -> str:
    """The page, in English as all of docs/."""
    from corneille.desk.cause import ROWS
    from corneille.doors.web.help.words import explain

    lines = []
    with translation.override("en"):
        for row in ROWS:
            title, why, todo = explain(row.cause)
            lines.append(f"| `{row.cause.value}` | {', '.join(row.doors)} | {row.seen} | {title} | {why} | {todo} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    prepare(Path(tempfile.mkdtemp()) / "var")
    sys.stdout.write(format_causes())
