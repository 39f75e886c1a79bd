"""Mail programs that change mail over IMAP and bring it over SMTP, until the server is killed under them.

They live in the judge's process: what they heard is known, and each acknowledgement is one that went over the wire.
"""

import re
import smtplib
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from tests.doors.imap.conversation import Client, Door, Reply
from tests.faults.load import Act, Held, choose_act, content_of

GONE = (EOFError, OSError, smtplib.SMTPServerDisconnected)
"""What a program sees of a server that is killed; ssl.SSLError is an OSError."""
_UID = re.compile(r"\[(?:APPENDUID \d+|COPYUID \d+ \d+) (\d+)\]")


@dataclass(slots=True)
class Heard:
    """What one program was told: of a mail account its acts and the one in flight, of deliveries their names."""

    done: list[Act] = field(default_factory=list)
    begun: Act | None = None
    delivered: set[str] = field(default_factory=set)
    delivering: set[str] = field(default_factory=set)


class Program(threading.Thread):
    """Works until the server has gone; `join` raises what went wrong otherwise."""

    def __init__(self, work: Callable[[Heard], None]) -> None:
        super().__init__()
        self.heard = Heard()
        self._work, self._fault = work, None
        self.start()

    _fault: Exception | None

    def run(self) -> None:
        try:
            self._work(self.heard)
        except GONE:
            return
        except Exception as fault:  # noqa: BLE001  # for `join`
            self._fault = fault

    def finish(self) -> Heard:
        """What it heard, once the server is dead. Raises what it could not do."""
        self.join()
        if self._fault is not None:
            raise AssertionError(f"a program was refused: {self._fault!r}") from self._fault
        return self.heard


def change(door: Door, held: Held, run: str, heard: Heard) -> None:
    """Changes one mail account, of which nobody else knows, by IMAP."""
    random, known, count = Random(run), held.copy(), 0
    client = Client(door)
    try:
        client.log_in()
        while True:
            count += 1
            act = choose_act(random, known, f"{run}-{count}")
            act = replace(act, kind="append") if act.kind == "deliver" else act
            heard.begun = act
            act = _do(client, act)
            heard.done.append(act)
            heard.begun = None
            known.apply(act)
    finally:
        client.close()


def _do(client: Client, act: Act) -> Act:
    """One change; returns when the server says OK, with the UID that it names."""
    mailbox, uid = act.mailbox.encode(), b"%d" % act.uid
    flags = b"(" + " ".join(act.flags).encode() + b")"
    if act.kind == "append":
        return _with_uid(act, client.ok(b"APPEND " + mailbox + b" " + flags + b" {}", content_of(act.name)))
    client.ok(b"SELECT " + mailbox)
    match act.kind:
        case "flag":
            client.ok(b"UID STORE " + uid + b" FLAGS " + flags)
        case "copy" | "move":
            return _with_uid(act, client.ok(b"UID " + act.kind.upper().encode() + b" " + uid + b" " + act.target.encode()))
        case _:
            client.ok(b"UID STORE " + uid + b" +FLAGS (\\Deleted)")
            client.ok(b"UID EXPUNGE " + uid)
    return act


def _with_uid(act: Act, reply: Reply) -> Act:
    said = " ".join([reply.text, *(line.decode() for line in reply.untagged)])
    found = _UID.search(said)
    assert found is not None, f"the server names no UID: {said}"
    return replace(act, new_uid=int(found[1]))


def bring(port: int, recipient: str, run: str, heard: Heard) -> None:
    """Another server brings mail, by SMTP."""
    with smtplib.SMTP("127.0.0.1", port, "server.example.net", 10) as talk:
        _deliver_for_ever(talk, "someone@example.net", recipient, run, heard)


def submit(
    port: int, trust: ssl.SSLContext, signed: tuple[str, str], addresses: tuple[str, str], run: str, heard: Heard
) -> None:
    """Somebody writes to somebody else, by submission."""
    talk = smtplib.SMTP_SSL("localhost", port, timeout=10, context=trust)
    try:
        talk.login(*signed)
        _deliver_for_ever(talk, *addresses, run, heard)
    finally:
        talk.close()


def _deliver_for_ever(talk: smtplib.SMTP, sender: str, recipient: str, run: str, heard: Heard) -> None:
    count = 0
    while True:
        count += 1
        name = f"{run}-{count}"
        content = f"From: {sender}\r\nTo: {recipient}\r\nSubject: {name}\r\nMessage-ID: <{name}@x>\r\n\r\nUn mot.\r\n"
        heard.delivering.add(name)
        talk.sendmail(sender, [recipient], content.encode())
        heard.delivered.add(name)
        heard.delivering.discard(name)
