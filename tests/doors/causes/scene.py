"""Somebody, whatever they type, and a knock at each real door: what the cases of `test_causes` are made of."""

import base64
import http.client
import smtplib
import ssl
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client as Django

from corneille.access.app_password import create_app_password
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.tls import make_server_context
from corneille.doors.frame.tls_settings import Tls
from corneille.doors.imap.server import start_imap
from corneille.kernel import clock
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import MailAccount
from corneille.people.find import Person
from corneille.run.certificate import find_certificate
from tests.doors.dav.serving import serve_dav
from tests.doors.imap.conversation import Client, Door
from tests.doors.imap.serving import Loop, listen
from tests.doors.smtp.open_doors import Doors, open_doors
from tests.doors.web.conftest import PASSWORD, Browser, text_of
from tests.sso.program import format_bearer

QUOTA_BYTES = 20_000
SCOPES = frozenset({"imap", "smtp", "dav"})


@dataclass
class Scene:
    """Claire, who has one device that is known (`owner`: it reads the pages of auto-dépannage), and who knocks from others.

    identifier, secret  what is typed at the door; a case changes them until its cause is there
    """

    claire: Person
    mail: MailAccount
    owner: Browser
    data: Path
    monkeypatch: pytest.MonkeyPatch
    held: ExitStack
    identifier: str = "clemoine"
    secret: str = field(default=PASSWORD, repr=False)

    def knock(self, door: str, secret: str | None = None, identifier: str | None = None) -> str:
        """Signs in at a door as a program or an unknown browser does; gives all that is told."""
        typed = self.identifier if identifier is None else identifier, self.secret if secret is None else secret
        match door:
            case "web":
                return self.sign_in(stranger(), *typed)
            case "imap":
                with closing(self.imap()) as client:
                    reply = client.command(b"LOGIN {} {}", *(each.encode() for each in typed))
                    return f"{reply.untagged} {reply.status} {reply.text}"
            case "submission":
                with self.submission() as program:
                    return say(program, "AUTH PLAIN " + base64.b64encode("\0".join(("", *typed)).encode()).decode())
            case "dav":
                return self.dav("PROPFIND", "/dav/", ":".join(typed))
            case _:
                raise AssertionError(door)

    def sign_in(self, browser: Browser, identifier: str, secret: str) -> str:
        """The page that comes of it: the form with a refusal, or what follows."""
        answer = browser.sign_in(identifier, secret)
        return text_of(browser.get(answer.headers["Location"]) if answer.status_code == 302 else answer)

    def use_app_password(self) -> None:
        """A program of Claire's own knocks, which every door lets in."""
        _id, self.secret = create_app_password(self.claire.id, "x", SCOPES, clock.now())

    def show_token(self, door: str, token: str, identifier: str = "", mechanism: str = "OAUTHBEARER") -> list[str]:
        """What a program that comes with an access token is told, line by line."""
        if door == "imap":
            with closing(self.imap()) as client:
                return show_to_imap(client, mechanism, format_bearer(token, identifier, mechanism))
        with self.submission() as program:
            return show_to_submission(program, mechanism, format_bearer(token, identifier, mechanism))

    # The doors, each open from its first use to the end of the test.

    def imap(self, *, tls: bool = True) -> Client:
        return Client(self._imap, tls=tls)

    def submission(self, *, tls: bool = True, door: str = "submission") -> smtplib.SMTP:
        """A program that has said EHLO; in clear where it is told so, or at the door of reception."""
        doors = self._smtp
        if tls and door == "submission":
            program: smtplib.SMTP = smtplib.SMTP_SSL("localhost", doors.ports["submission_tls"], context=doors.trust)
        else:
            program = smtplib.SMTP("localhost", doors.ports[door])
        program.ehlo("client.example.net")
        return program

    def port(self, door: str) -> int:
        """Where a door listens for TLS from the first byte."""
        return self._imap.tls_port if door == "imap" else self._smtp.ports["submission_tls"]

    def dav(self, method: str, path: str, credentials: str) -> str:
        connection = http.client.HTTPConnection(urlsplit(self._dav).netloc)
        with closing(connection):
            pair = base64.b64encode(credentials.encode()).decode()
            connection.request(method, path, headers={"Authorization": f"Basic {pair}", "Depth": "0"})
            answer = connection.getresponse()
            return f"{answer.status} {answer.read().decode()}"

    @cached_property
    def _loop(self) -> Loop:
        loop = Loop()
        self.held.callback(loop.close)
        return loop

    @cached_property
    def _imap(self) -> Door:
        shown = find_certificate(Tls(), self.data, "localhost", clock.now())
        tls, starttls, bridge = listen(), listen(), Bridge(threads=2)
        self.held.callback(bridge.close)
        context = make_server_context(shown.chain, shown.key)
        server = self._loop.run(start_imap(tls_sockets=[tls], starttls_sockets=[starttls], tls=context, bridge=bridge))
        self.held.callback(lambda: self._loop.run(server.close()))
        trust = ssl.create_default_context(cafile=shown.authority)
        return Door(tls.getsockname()[1], starttls.getsockname()[1], trust, "", "")

    @cached_property
    def _smtp(self) -> Doors:
        doors = self._loop.run(open_doors(self.data))
        self.held.callback(lambda: self._loop.run(doors.close()))
        return doors

    @cached_property
    def _dav(self) -> str:
        return self.held.enter_context(serve_dav())


def make_scene(claire: Person, data: Path, monkeypatch: pytest.MonkeyPatch, held: ExitStack) -> Scene:
    """Claire signs in once on her own device."""
    mail = create_mail_account(claire.id, quota_bytes=QUOTA_BYTES)
    owner = stranger()
    assert owner.sign_in(claire.identifier).status_code == 302
    return Scene(claire, mail, owner, data, monkeypatch, held)


def stranger() -> Browser:
    """A browser that nobody has used yet."""
    return Browser(Django(enforce_csrf_checks=True, SERVER_NAME="localhost"))


def show_to_imap(client: Client, mechanism: str, response: str) -> list[str]:
    """AUTHENTICATE, and the word that says nothing where the mechanism itself refuses."""
    client.send(f"a AUTHENTICATE {mechanism} {response}\r\n".encode())
    told = [client.read().decode()]
    if told[0].startswith("+ "):
        client.send(b"AQ==\r\n")
        told.append(client.read().decode())
    return told


def show_to_submission(program: smtplib.SMTP, mechanism: str, response: str) -> list[str]:
    """The same for AUTH."""
    told = [say(program, f"AUTH {mechanism} {response}")]
    if told[0].startswith("334 "):
        told.append(say(program, "AQ=="))
    return told


def say(program: smtplib.SMTP, line: str) -> str:
    """One command and its reply, as one line."""
    code, told = program.docmd(line)
    return f"{code} {told.decode()}"
