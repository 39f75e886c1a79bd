"""Thunderbird learns this issuer from our extension, opens a browser, is let in there, and reads mail with its token."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched
from tests.peers.thunderbird import PATIENCE_S, WAITING, run_thunderbird

pytestmark = pytest.mark.slow

COMMON = WAITING + """
    const findServer = () => MailServices.accounts.allServers.find(each => each.type == "imap");
"""
BEGIN = COMMON + """
    const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
    const { OAuth2Providers } = ChromeUtils.importESModule("resource:///modules/OAuth2Providers.sys.mjs");
    const { FileUtils } = ChromeUtils.importESModule("resource://gre/modules/FileUtils.sys.mjs");
    const [authority, extension, user, host, port] = given;
    Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).addCertFromBase64(authority, "C,C,C");
    const before = OAuth2Providers.getHostnameDetails(host, "imap")?.issuer ?? null;
    await AddonManager.installTemporaryAddon(new FileUtils.File(extension));
    await until(() => OAuth2Providers.getHostnameDetails(host, "imap"));
    const server = MailServices.accounts.createIncomingServer(user, host, "imap");
    server.port = port;
    server.socketType = Ci.nsMsgSocketType.SSL;
    server.authMethod = Ci.nsMsgAuthMethod.OAuth2;
    const account = MailServices.accounts.createAccount();
    account.addIdentity(MailServices.accounts.createIdentity());
    account.incomingServer = server;
    server.performExpand(await until(() => Services.wm.getMostRecentWindow("mail:3pane")?.msgWindow));
    return before;
"""
READ = COMMON + """
    const inbox = await until(() => findServer().rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox));
    inbox.updateFolder(Services.wm.getMostRecentWindow("mail:3pane").msgWindow);
    await until(() => [...inbox.messages].length);
    return [...inbox.messages].map(each => each.mime2DecodedSubject);
"""
CLOSES = "Scripts may close only the windows that were opened by them."
"""What the browser says of the page that Thunderbird itself shows last."""
BROWSER = """\
[Desktop Entry]
Type=Application
Name=Browser
Exec=curl --silent --get --data-urlencode address=%u http://127.0.0.1:{port}/
MimeType=x-scheme-handler/http;x-scheme-handler/https;
"""
DEFAULTS = "[Default Applications]\nx-scheme-handler/http=browser.desktop\nx-scheme-handler/https=browser.desktop\n"


@contextmanager
def default_browser(home: Path) -> Iterator[Callable[[], str]]:
    """What the desktop opens addresses with; the function waits for the next one and gives it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(PATIENCE_S)
        applications = home / ".local/share/applications"
        applications.mkdir(parents=True)
        (applications / "browser.desktop").write_text(BROWSER.format(port=listening.getsockname()[1]))
        (applications / "mimeapps.list").write_text(DEFAULTS)

        def take() -> str:
            asked, _address = listening.accept()
            with asked, asked.makefile("rb") as lines:
                path = lines.readline().split()[1].decode()
                asked.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            return parse_qs(urlsplit(path).query)["address"][0]

        yield take


def write_extension(demonstration: Demonstration, out: Path) -> Path:
    """As an administrator does."""
    command = [
        sys.executable, "-m", "corneille.run", "--data", str(demonstration.data), "sso", "thunderbird",
        "thunderbird", "--host", demonstration.told["imap"]["host"], "--out", str(out),
    ]  # fmt: skip
    environment = {**os.environ, "CORNEILLE_GROUND_WEB_URL": demonstration.web}
    subprocess.run(command, env=environment, check=True)
    return out


def test_thunderbird_is_let_in_from_a_browser_and_reads_the_mail(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, tmp_path: Path
) -> None:
    person, imap = demonstration.person("enseignant", 10), demonstration.told["imap"]
    found = re.search("CERTIFICATE-----(.*?)-----END", demonstration.ca.read_text(), re.DOTALL)
    assert found is not None
    home = tmp_path / "thunderbird"
    with default_browser(home) as take_address, run_thunderbird(home) as thunderbird:
        extension = write_extension(demonstration, tmp_path / "academie.xpi")
        known_before = thunderbird.run(
            BEGIN, "".join(found[1].split()), str(extension), person.address, imap["host"], imap["tls_port"]
        )
        assert known_before is None, "Thunderbird knows no issuer that it was not taught"
        watched = open_page()
        watched.page.goto(take_address())
        sign_in(watched, person)
        watched.page.get_by_role("button", name="Autoriser").click()
        expect(watched.page).to_have_url(re.compile("^http://localhost:"))
        assert thunderbird.run(READ)
        watched.faults = [each for each in watched.faults if CLOSES not in each]
        watched.page.goto("/configurer")
        expect(watched.page.locator("#app-passwords table")).to_contain_text("Thunderbird")
