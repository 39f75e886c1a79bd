"""neomutt opens the inbox over TLS, reads, marks and moves."""

import shlex
import shutil
from pathlib import Path

import pytest

from corneille.run.ground import Ground
from tests.doors.imap.conversation import message, signed_in
from tests.doors.imap.serving import make_door
from tests.peers.program import run

pytestmark = pytest.mark.slow


def test_neomutt_reads_flags_and_moves(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data) as (door, _, _), signed_in(door) as client:
        client.append(message("a lire"))
        client.append(message("a garder"))
        configuration = tmp_path / "neomuttrc"
        configuration.write_text(f"""
set ssl_ca_certificates_file = "{ground.data}/tls/ca.pem"
set imap_user = "{door.identifier}"
set imap_pass = "{door.secret}"
set folder = "imaps://localhost:{door.tls_port}/"
set spoolfile = "+INBOX"
set sort = mailbox-order
set imap_qresync = yes
set imap_condstore = yes
set confirmappend = no
set confirmcreate = no
set delete = yes
set mbox_type = Maildir
set record = ""
set sleep_time = 0
set header_cache = ""
set pipe_decode = yes
""")
        keys = (
            "push '<first-entry><pipe-message>cat > read.txt<enter><enter><next-entry><flag-message>"
            "<save-message>=Archive<enter><quit>'"
        )
        assert shutil.which("neomutt"), "neomutt is missing: apt-get install neomutt"
        # It wants a terminal; `script` (bsdutils, always there) gives it one.
        command = shlex.join(["neomutt", "-F", str(configuration), "-e", keys])
        done = run(["script", "-qec", command, "screen.txt"], folder=tmp_path)
        assert (tmp_path / "read.txt").exists(), done.stderr.decode() + done.stdout.decode()[-2000:]
        assert "à demain" in (tmp_path / "read.txt").read_text()
        assert client.ok(b"SELECT INBOX").find(b"1 EXISTS")
        client.ok(b"SELECT Archive")
        assert b"\\Flagged" in client.ok(b"FETCH 1 FLAGS").one(b"FETCH")
