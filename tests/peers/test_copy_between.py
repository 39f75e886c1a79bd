"""A copy from one server to another, as imapsync makes it, between ours and Dovecot: folders, octets, flags and dates."""

import imaplib
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.doors.imap.conversation import Door, message
from tests.peers.beside.both import serve_both

pytestmark = pytest.mark.slow

_LISTED = re.compile(rb'\((?P<attributes>[^)]*)\) "/" "?(?P<name>[^"]*)"?\Z')
_FETCHED = re.compile(rb'UID (?P<uid>\d+) FLAGS \((?P<flags>[^)]*)\) INTERNALDATE "(?P<date>[^"]*)"')


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, wherever it lies."""

    content: bytes
    flags: frozenset[str]
    received_at: datetime


@contextmanager
def entered(door: Door) -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4_SSL("localhost", door.tls_port, ssl_context=door.context, timeout=60) as imap:
        imap.login(door.identifier, door.secret)
        yield imap


def must(answer: tuple[str, list[Any]]) -> list[Any]:
    assert answer[0] == "OK", answer
    return answer[1]


def list_names(imap: imaplib.IMAP4) -> list[str]:
    found = [_LISTED.match(line) for line in must(imap.list()) if isinstance(line, bytes)]
    assert all(found)
    return sorted(each["name"].decode() for each in found if each and b"\\Noselect" not in each["attributes"])


def read_mailbox(imap: imaplib.IMAP4, name: str) -> dict[str, Letter]:
    """UID → letter."""
    (count,) = must(imap.select(f'"{name}"', readonly=True))
    letters: dict[str, Letter] = {}
    if count != b"0":
        for part in must(imap.uid("FETCH", "1:*", "(UID FLAGS INTERNALDATE BODY.PEEK[])")):
            if isinstance(part, tuple):
                head = _FETCHED.search(part[0])
                assert head is not None, part[0]
                at = datetime.strptime(head["date"].decode().strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
                flags = frozenset(head["flags"].decode().split()) - {"\\Recent"}
                letters[head["uid"].decode()] = Letter(part[1], flags, at)
    return letters


def read_account(imap: imaplib.IMAP4) -> dict[str, Counter[Letter]]:
    return {name: Counter(read_mailbox(imap, name).values()) for name in list_names(imap)}


def copy_account(source: imaplib.IMAP4, target: imaplib.IMAP4) -> int:
    """Makes missing folders, copies what is not there, and gives the rest the source's flags; how much there was to do."""
    done, there = 0, list_names(target)
    for name in list_names(source):
        if name not in there:
            must(target.create(f'"{name}"'))
            done += 1
        wanted, had = read_mailbox(source, name).values(), read_mailbox(target, name)
        known = {letter.content: (uid, letter) for uid, letter in had.items()}
        must(target.select(f'"{name}"'))
        for letter in wanted:
            flags = f"({' '.join(sorted(letter.flags))})"
            if letter.content not in known:
                date = letter.received_at.strftime('"%d-%b-%Y %H:%M:%S %z"')
                must(target.append(f'"{name}"', flags, date, letter.content))
                done += 1
            elif known[letter.content][1].flags != letter.flags:
                must(target.uid("STORE", known[letter.content][0], "FLAGS", flags))
                done += 1
    return done


def test_a_copy_there_and_back_is_the_same(migrated: Path) -> None:
    with serve_both(migrated) as both, entered(both.ours) as ours, entered(both.theirs) as theirs:
        for name in ("Classe/3e A", "&AMk-l&AOg-ves"):
            must(ours.create(f'"{name}"'))
        for place, (name, flags) in enumerate((
            ("INBOX", ""), ("INBOX", "\\Seen \\Flagged"), ("Classe/3e A", "\\Answered $Forwarded devoirs"),
            ("&AMk-l&AOg-ves", "\\Draft \\Deleted"), ("Sent", "\\Seen"),
        )):  # fmt: skip
            date = f'" {place + 1}-Feb-2026 08:0{place}:00 +0100"'
            must(ours.append(f'"{name}"', f"({flags})", date, message(f"lettre {place}", "à é €\r\n" * 500)))
        assert copy_account(ours, theirs) == 5 + 8  # letters, and folders that Dovecot does not begin with
        before = read_account(ours)
        assert before == read_account(theirs)
        assert sum(map(sum, (each.values() for each in before.values()))) == 5

        must(theirs.create('"Classe/6e B"'))
        must(theirs.append('"Classe/6e B"', "(\\Seen)", '"30-Jun-2026 23:59:59 +0200"', message("retour")))
        must(theirs.select("INBOX"))
        must(theirs.store("1", "+FLAGS", "(\\Answered)"))
        must(theirs.store("2", "-FLAGS", "(\\Flagged)"))
        assert copy_account(theirs, ours) == 4
        assert read_account(ours) == read_account(theirs) != before
        assert (copy_account(ours, theirs), copy_account(theirs, ours)) == (0, 0)
