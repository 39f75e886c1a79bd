"""The main journey with two processes on one data directory: whoever accepts a connection, everybody sees the same mail."""

import http.cookiejar
import imaplib
import re
import smtplib
import ssl
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.journeys import demonstration as served
from tests.journeys.demonstration import Demonstration, DemoPerson

ROUNDS = 8
"""Connections of each kind: the kernel shares them between the processes, so that both answer some."""


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    with served.start(tmp_path_factory.mktemp("two") / "var", "--processes", "2") as started:
        yield started


class Site:
    """A browser without a screen: cookies, forms, TLS checked against the demonstration's authority."""

    def __init__(self, demonstration: Demonstration) -> None:
        self._web = demonstration.web
        context = ssl.create_default_context(cafile=str(demonstration.ca))
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )
        self._opener.addheaders = [("Accept-Language", "fr"), ("Origin", self._web)]

    def get(self, path: str) -> str:
        with self._opener.open(self._web + path) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: dict[str, str]) -> str:
        with self._opener.open(self._web + path, urllib.parse.urlencode(fields).encode()) as answer:
            return str(answer.read().decode())

    def sign_in(self, person: DemoPerson) -> str:
        page = self.get("/connexion")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        secret = re.search(r'<input[^>]*type="password"[^>]*>', page)
        assert token is not None
        assert secret is not None
        name = re.search(r'name="([^"]+)"', secret.group())
        assert name is not None
        fields = {"csrfmiddlewaretoken": token.group(1), "identifier": person.identifier, name.group(1): person.password}
        return self.post("/connexion", fields)


def _write(demonstration: Demonstration, writer: DemoPerson, reader: DemoPerson, subject: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = writer.address, reader.address, subject
    message.set_content("Bonjour, la réunion est avancée à 14 h.")
    door = demonstration.told["submission"]
    context = ssl.create_default_context(cafile=str(demonstration.ca))
    context.check_hostname = False
    with smtplib.SMTP_SSL(door["host"], door["tls_port"], context=context) as smtp:
        smtp.login(writer.identifier, writer.app_password)
        smtp.send_message(message)


def _find(demonstration: Demonstration, reader: DemoPerson, subject: str) -> int:
    door = demonstration.told["imap"]
    context = ssl.create_default_context(cafile=str(demonstration.ca))
    context.check_hostname = False
    imap = imaplib.IMAP4_SSL(door["host"], door["tls_port"], ssl_context=context)
    imap.login(reader.identifier, reader.app_password)
    imap.select("INBOX")
    found = imap.search(None, "SUBJECT", f'"{subject}"')[1][0]
    imap.logout()
    return len(found.split())


def test_what_one_process_files_the_other_shows(two: Demonstration) -> None:
    writer, reader = two.person("enseignant"), two.person("direction")
    for number in range(ROUNDS):
        subject = f"Deux processus {number}"
        _write(two, writer, reader, subject)
        assert _find(two, reader, subject) == 1


def test_a_session_opened_in_one_process_is_known_in_the_other(two: Demonstration) -> None:
    reader = two.person("direction")
    _write(two, two.person("enseignant"), reader, "Séance partagée")
    site = Site(two)
    assert reader.name.split()[0] in site.sign_in(reader)
    pages = [site.get("/courrier/") for _ in range(ROUNDS)]
    assert ["Séance partagée" in page for page in pages] == [True] * ROUNDS


def _open_imap(demonstration: Demonstration, reader: DemoPerson) -> imaplib.IMAP4_SSL:
    door = demonstration.told["imap"]
    context = ssl.create_default_context(cafile=str(demonstration.ca))
    context.check_hostname = False
    imap = imaplib.IMAP4_SSL(door["host"], door["tls_port"], ssl_context=context)
    imap.login(reader.identifier, reader.app_password)
    imap.sock.settimeout(20)
    return imap


def test_ending_all_sessions_disconnects_programs_in_both_processes(two: Demonstration) -> None:
    reader = two.person("direction")
    site = Site(two)
    site.sign_in(reader)
    programs = [_open_imap(two, reader) for _ in range(ROUNDS)]
    page = site.get("/mes-connexions")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    site.post("/mes-connexions/fermer-les-autres", {"csrfmiddlewaretoken": token.group(1)})
    for program in programs:
        assert program.readline().startswith(b"* BYE Votre acces a change")
        program.shutdown()
