"""Prints docs/differences.md from the rows: `python -m tests.peers.beside.document > docs/differences.md`."""

import sys
from collections.abc import Iterator, Sequence

from tests.peers.beside import rows_change, rows_fetch, rows_find
from tests.peers.beside.difference import Row

HEAD = """# Where our answers differ from Dovecot's

`tests/peers/beside` gives the same messages, well-formed and broken, to Dovecot 2.3 of Debian 12 and to our server, says
the same to both and compares what they answer, value by value. Each difference that stays has a row here with the section
that leaves it open or decides it; a difference without a row fails the test, and so does a row that no answer uses any more.
What is asked is a regular expression, as the test matches it. The page is printed from the tests' tables:
`.venv/bin/python -m tests.peers.beside.document > docs/differences.md`.
"""
SECTIONS = (
    ("FETCH: our corpus and made messages", rows_fetch.ROWS),
    ("SEARCH, SORT, THREAD: our corpus and made messages", rows_find.ROWS),
    ("Changes of messages", [*rows_change.CHANGES, *rows_change.MODSEQS]),
    ("Mailboxes", rows_change.MAILBOXES),
    ("FETCH: a public corpus beside the repository", rows_fetch.PUBLIC_ROWS),
    ("SEARCH, SORT, THREAD: the same corpus", rows_find.PUBLIC_ROWS),
)


def format_page() -> str:
    lines = [HEAD]
    for title, rows in SECTIONS:
        lines += [
            f"## {title}",
            "",
            "| asked | of | where it is written | why |",
            "|---|---|---|---|",
            *_format_rows(rows),
            "",
        ]
    return "\n".join(lines)


def _format_rows(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        about = "any" if row.about == "*" else ", ".join(f"`{name}`" for name in row.about.split())
        asked, section, why = (text.replace("|", "\\|") for text in (row.asked, row.section, row.why))
        yield f"| `{asked}` | {about} | {section} | {why} |"


if __name__ == "__main__":
    sys.stdout.write(format_page())
