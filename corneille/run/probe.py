"""The end-to-end probe: a mail goes in by submission and comes out by IMAP, over TLS, with a password, as a person's would.

Its account is made the first time; the app password lies in `probe.json` of the data directory, mode 0600.
"""

import json
import os
import secrets
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from types import TracebackType

from corneille.access.app_password import create_app_password
from corneille.desk.probe import Probed, note_probe
from corneille.doors.frame.tls_settings import Tls
from corneille.kernel import clock
from corneille.kernel.settings import Ground, of
from corneille.mail.open_mail_account import create_mail_account
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import find_account
from corneille.run.certificate import find_certificate
from corneille.run.listen import Listen
from corneille.run.probe_settings import ProbeSettings

FILE_NAME = "probe.json"
QUOTA_BYTES = 16 * 1024**2
LABEL = "sonde"


class ProbeFailed(Exception):
    """A step did not go as it should; the text says which, and what was said."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the probe knocks, and how it knows the server."""

    host: str
    submission_port: int
    imap_port: int
    server_name: str
    context: ssl.SSLContext


def probe(doors: Doors, now: datetime) -> Probed:
    """Sends one mail and reads it, takes it away again, and keeps what was found. Never raises what a door does."""
    begun_s = clock.monotonic_s()
    sent_s = begun_s
    try:
        identifier, secret, address = _open_account(now)
        mark = f"<probe-{secrets.token_hex(8)}@{of(Ground).domain}>"
        _send(doors, identifier, secret, address, mark, now)
        sent_s = clock.monotonic_s()
        _read(doors, identifier, secret, mark)
        fault = ""
    except (OSError, ProbeFailed) as error:  # ssl.SSLError, timeouts and refused connections are OSErrors
        fault = f"{type(error).__name__}: {error}"
    ended_s = clock.monotonic_s()
    probed = Probed(now, round(1000 * (sent_s - begun_s)), round(1000 * (ended_s - sent_s)), fault)
    note_probe(probed)
    return probed


def find_doors(data: Path, now: datetime) -> Doors:
    """This installation's own doors, by the name and the certificate that people see."""
    listen, ground = of(Listen), of(Ground)
    authority = find_certificate(of(Tls), data, ground.host_name, now, domain=ground.domain).authority
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listen.host, listen.host)  # noqa: S104  # a place to connect to
    context = ssl.create_default_context(cafile=str(authority) if authority is not None else None)
    return Doors(host, listen.submission_tls_port, listen.imap_tls_port, ground.host_name, context)


def _open_account(now: datetime) -> tuple[str, str, str]:
    """Identifier, app password and address; made when they are missing."""
    file = Path(of(Ground).data) / FILE_NAME
    if file.exists():
        kept = json.loads(file.read_text(encoding="utf-8"))
        return kept["identifier"], kept["secret"], kept["address"]
    address = f"{of(ProbeSettings).local_part}@{of(Ground).domain}"
    person = find_account(address)
    if person is None:
        new = NewPerson(
            AccountType.PARTNER, "", LABEL.capitalize(), now, local_part=of(ProbeSettings).local_part,
            state=AccountState.ACTIVE,
        )  # fmt: skip
        person = add_person(new)
    create_mail_account(person.id, quota_bytes=QUOTA_BYTES)
    _, secret = create_app_password(person.id, LABEL, frozenset({"imap", "smtp"}), now)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump({"identifier": person.identifier, "secret": secret, "address": address}, stream)
    return person.identifier, secret, address


def _send(doors: Doors, identifier: str, secret: str, address: str, mark: str, now: datetime) -> None:
    proof = b64encode(f"\0{identifier}\0{secret}".encode()).decode()
    content = (
        f"From: {address}\r\nTo: {address}\r\nSubject: sonde\r\nDate: {format_datetime(now)}\r\nMessage-ID: {mark}\r\n"
        "Auto-Submitted: auto-generated\r\n\r\nCorneille\r\n."
    )
    with _Talk(doors, doors.submission_port, "submission") as talk:
        talk.expect(lambda line: line.startswith("220 "))
        for command, code in (
            ("EHLO probe.invalid", "250"), (f"AUTH PLAIN {proof}", "235"), (f"MAIL FROM:<{address}>", "250"),
            (f"RCPT TO:<{address}>", "250"), ("DATA", "354"), (content, "250"), ("QUIT", "221"),
        ):  # fmt: skip
            talk.say(command)
            said = talk.expect(lambda line: line[3:4] != "-")
            if not said.startswith(code):
                raise ProbeFailed(f"submission, {command.split(' ')[0]}: {said}")


def _read(doors: Doors, identifier: str, secret: str, mark: str) -> None:
    with _Talk(doors, doors.imap_port, "imap") as talk:
        talk.expect(lambda line: line.startswith("* OK"))
        _ask(talk, f'LOGIN "{identifier}" "{secret}"')
        _ask(talk, "SELECT INBOX")
        while not (uids := _find(talk, mark)):
            talk.say("i IDLE")  # it went by the queue: the server says when something has come
            talk.expect(lambda line: "EXISTS" in line)
            talk.say("DONE")
            talk.expect(lambda line: line.startswith("i "))
        if not any("BODY[TEXT]" in line for line in _ask(talk, f"UID FETCH {uids} (BODY.PEEK[TEXT])")):
            raise ProbeFailed("imap, FETCH: the mail has no text")
        _ask(talk, f"UID STORE {uids} +FLAGS.SILENT (\\Deleted)")
        _ask(talk, f"UID EXPUNGE {uids}")
        _ask(talk, "LOGOUT")


def _find(talk: "_Talk", mark: str) -> str:
    found = [line for line in _ask(talk, f'UID SEARCH HEADER Message-ID "{mark}"') if line.startswith("* SEARCH")]
    return ",".join(found[0].split()[2:]) if found else ""


def _ask(talk: "_Talk", command: str) -> list[str]:
    """The untagged replies. Raises ProbeFailed unless it ends with OK."""
    talk.say(f"p {command}")
    said = talk.read_until(lambda line: line.startswith("p "))
    if not said[-1].startswith("p OK"):
        raise ProbeFailed(f"imap, {command.split(' ')[0]}: {said[-1]}")
    return said[:-1]


class _Talk:
    """Lines said and read over TLS, each within its time."""

    def __init__(self, doors: Doors, port: int, name: str) -> None:
        self._name = name
        timeout_s = of(ProbeSettings).timeout_s
        plain = socket.create_connection((doors.host, port), timeout_s)
        try:
            self._socket = doors.context.wrap_socket(plain, server_hostname=doors.server_name)
        except BaseException:
            plain.close()
            raise
        self._lines = self._socket.makefile("rb")

    def __enter__(self) -> "_Talk":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._lines.close()
        self._socket.close()

    def say(self, line: str) -> None:
        self._socket.sendall(f"{line}\r\n".encode())

    def expect(self, is_wanted: Callable[[str], bool]) -> str:
        """The first line that is wanted."""
        return self.read_until(is_wanted)[-1]

    def read_until(self, is_last: Callable[[str], bool]) -> list[str]:
        """Lines up to the last one. Raises ProbeFailed when the server closes before."""
        lines: list[str] = []
        while not lines or not is_last(lines[-1]):
            raw = self._lines.readline(64 * 1024)
            if not raw:
                raise ProbeFailed(f"{self._name}: the server closed after {lines[-1:] or 'nothing'}")
            lines.append(raw.decode("utf-8", "replace").rstrip("\r\n"))
        return lines
