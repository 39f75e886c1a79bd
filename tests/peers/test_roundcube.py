"""Roundcube on our IMAP: it signs in, lists, reads, marks, searches, moves, makes folders and keeps drafts."""

import re
from pathlib import Path

import pytest

from corneille.run.ground import Ground
from tests.doors.imap.conversation import message, signed_in
from tests.doors.imap.serving import make_door
from tests.peers.maildir import contents
from tests.peers.roundcube import Pages, serve_roundcube

pytestmark = pytest.mark.slow


def find(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found is not None, page
    return found[1]


def test_roundcube_reads_marks_searches_moves_and_keeps_drafts(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data) as (door, _, _), signed_in(door) as client:
        client.append(message("Réunion de rentrée"))
        client.append(message("Cantine", "Le menu de la semaine\r\n"))
        with serve_roundcube(tmp_path / "roundcube", door, ground.data / "tls" / "ca.pem") as address:
            pages = Pages(address)
            assert "INBOX" in pages.sign_in(door.identifier, door.secret)
            listed = pages.get(_task="mail", _action="list", _mbox="INBOX", _remote="1")
            assert '"messagecount":2' in listed
            assert "Réunion de rentrée" in listed
            assert "à demain" in pages.get(_task="mail", _action="show", _uid="1", _mbox="INBOX")
            pages.mail("mark", _uid="2", _mbox="INBOX", _flag="flagged")
            assert contents(client, b"INBOX") == {
                ("Réunion de rentrée".encode(), b"\\Seen"), (b"Cantine", b"\\Flagged"),
            }  # fmt: skip
            found = pages.get(
                _task="mail", _action="search", _q="menu", _headers="text", _scope="base", _mbox="INBOX", _remote="1"
            )
            assert "Cantine" in found
            assert "Réunion" not in found
            compose = pages.get(_task="mail", _action="compose")
            pages.post(
                {"_task": "mail", "_action": "send"}, _task="mail", _action="send", _draft="1",
                _to="paul@ac-exemple.example",
                _id=find(r'"compose_id":"(\w+)"', compose), _from=find(r'<option value="(\d+)"', compose),
                _subject="Brouillon", _message="à finir", _is_html="0",
            )  # fmt: skip
            assert contents(client, b"Drafts") == {(b"Brouillon", b"\\Seen")}
            pages.post({"_task": "settings", "_action": "save-folder"}, _name="Élèves", _parent="", _mbox="")
            pages.mail("move", _uid="2", _mbox="INBOX", _target_mbox="&AMk-l&AOg-ves")
            assert contents(client, b"&AMk-l&AOg-ves") == {(b"Cantine", b"\\Flagged")}
            pages.mail("move", _uid="1", _mbox="INBOX", _target_mbox="Trash")
            assert client.ok(b"STATUS INBOX (MESSAGES)").find(b"MESSAGES 0")
            assert client.ok(b"STATUS Trash (MESSAGES)").find(b"MESSAGES 1")
