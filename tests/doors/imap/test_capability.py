"""What is announced is what `docs/rfc.md` says."""

import re
from pathlib import Path

from corneille.doors.imap.capability import list_capabilities
from tests.doors.imap.conversation import Client

TABLE = Path(__file__).parents[3] / "docs" / "rfc.md"
OF_THE_CONNECTION = {"STARTTLS", "LOGINDISABLED"}  # RFC 9051 itself


def list_rows() -> list[tuple[set[str], str]]:
    """What each row of the IMAP table is about, and its state."""
    text = TABLE.read_text(encoding="utf-8").partition("\n## IMAP\n")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    return [(set(re.split(r"[ ,]+", row[1])), row[2].strip()) for row in rows]


def list_names(announced: bytes) -> set[str]:
    return {re.sub(r"=\d+$", "", name) for name in announced.decode().split()}


def test_every_capability_has_a_row_that_says_yes_or_partial() -> None:
    kept = set().union(*(names for names, state in list_rows() if state in {"yes", "partial"}))
    for is_tls, is_signed_in in ((False, False), (True, False), (True, True)):
        announced = list_names(list_capabilities(is_tls=is_tls, is_signed_in=is_signed_in))
        assert announced - kept - OF_THE_CONNECTION == set()


def test_every_row_that_says_yes_or_partial_is_announced() -> None:
    """Capabilities begin with a capital; what else a row is about, as response codes are, does not."""
    kept = set().union(*(names for names, state in list_rows() if state in {"yes", "partial"}))
    announced = [list_names(list_capabilities(is_tls=True, is_signed_in=each)) for each in (False, True)]
    assert {name for name in kept if name[:1].isupper()} - set().union(*announced) == set()


def test_nothing_is_announced_that_a_row_says_no_to() -> None:
    refused = set().union(*(names for names, state in list_rows() if state == "no"))
    assert refused
    assert refused & list_names(list_capabilities(is_tls=True, is_signed_in=True)) == set()


def test_capability_tells_the_same_as_the_sign_in(client: Client) -> None:
    told = client.ok(b"CAPABILITY").one(b"* CAPABILITY").removeprefix(b"* CAPABILITY ")
    assert told == list_capabilities(is_tls=True, is_signed_in=True)
