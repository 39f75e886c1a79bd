"""SEARCH in the large mailbox, and what a client that returns asks. Answers are compared before they are timed."""

import time
import urllib.parse
from collections.abc import Callable, Sequence

from bench.client import Connection, Server
from bench.measures import BIG
from bench.web import Site

HEADERS = b'UID SEARCH FROM "m7" SUBJECT "conseil"'
TEXT = b'UID SEARCH TEXT "absence remplacement salle"'
BODY = b'UID SEARCH BODY "absence remplacement salle"'
COMMON_TEXT = b'UID SEARCH TEXT "nous"'
ASKED = (HEADERS, TEXT, BODY, COMMON_TEXT)
WORDS = "absence remplacement salle"
"""Typed into the search of the pages."""
CHANGED = 100
UIDS_ASKED = 1000


class AnswersDiffer(Exception):
    """The servers do not find the same messages: their times mean nothing."""


def search_ms(command: bytes) -> Callable[[Server], float]:
    """One SEARCH of the large mailbox, warm."""

    def measure(server: Server) -> float:
        connection = Connection(server, BIG)
        try:
            connection.ask(b"SELECT INBOX")
            connection.ask(command)
            start = time.perf_counter()
            connection.ask(command)
            return (time.perf_counter() - start) * 1000
        finally:
            connection.close()

    return measure


def search_page_ms(server: Server) -> float:
    """A person with the large mailbox looks for three words in the pages, warm: the whole answer of the server."""
    site = Site(server.web[BIG])
    site.sign_in()
    asked = f"/courrier/recherche?{urllib.parse.urlencode({'q': WORDS})}"
    if "conseil" not in site.get(asked).lower():
        raise AnswersDiffer(f"{asked} shows no message")
    start = time.perf_counter()
    site.get(asked)
    return (time.perf_counter() - start) * 1000


def compare_answers(both: Sequence[Server], commands: Sequence[bytes]) -> None:
    """Raises AnswersDiffer unless both find the same messages, one at least, by each command."""
    for command in commands:
        found = [_find(server, command) for server in both]
        if not found[0] or any(each != found[0] for each in found):
            counts = ", ".join(f"{server.name} {len(each)}" for server, each in zip(both, found, strict=True))
            raise AnswersDiffer(f"{command.decode()}: {counts}")


def _find(server: Server, command: bytes) -> set[bytes]:
    """By Message-ID: parallel deliveries give each server an order of its own."""
    connection = Connection(server, BIG)
    try:
        connection.ask(b"SELECT INBOX")
        uids = connection.read(command).split(b"* SEARCH", 1)[1].split(b"\r\n", 1)[0].split()
        if not uids:
            return set()
        asked = [b",".join(uids[start : start + UIDS_ASKED]) for start in range(0, len(uids), UIDS_ASKED)]
        told = [connection.read(b"UID FETCH %b (BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])" % each) for each in asked]
        return {line for line in b"".join(told).split(b"\r\n") if line.lower().startswith(b"message-id:")}
    finally:
        connection.close()


def resync_ms(server: Server) -> float:
    """SELECT with QRESYNC (RFC 7162 §3.2.5) after a hundred changes in the large mailbox, to its OK."""
    changing, returning = Connection(server, BIG), Connection(server, BIG)
    try:
        returning.ask(b"ENABLE QRESYNC")
        told = returning.read(b"SELECT INBOX")
        validity, modseq = (_read_code(told, code) for code in (b"UIDVALIDITY", b"HIGHESTMODSEQ"))
        returning.ask(b"UNSELECT")
        changing.ask(b"SELECT INBOX")
        for sign in (b"+", b"-"):
            changing.ask(b"STORE 1:%d %bFLAGS.SILENT (\\Answered)" % (CHANGED, sign))
        start = time.perf_counter()
        returning.ask(b"SELECT INBOX (QRESYNC (%b %b))" % (validity, modseq))
        return (time.perf_counter() - start) * 1000
    finally:
        changing.close()
        returning.close()


def _read_code(told: bytes, code: bytes) -> bytes:
    return told.split(b"[" + code + b" ", 1)[1].split(b"]", 1)[0]
