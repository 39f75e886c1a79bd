"""Thunderbird: it connects with the authority it was given, shows folders and messages, and what it changes is changed."""

import re
from pathlib import Path

import pytest

from corneille.run.ground import Ground
from tests.doors.imap.conversation import message, signed_in
from tests.doors.imap.serving import make_door
from tests.peers.maildir import contents
from tests.peers.thunderbird import WAITING, run_thunderbird

pytestmark = pytest.mark.slow

COMMON = WAITING + """
    const findInbox = () => MailServices.accounts.allServers.find(each => each.type == "imap")
      ?.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
"""
CONNECT = COMMON + """
    const [authority, user, secret, port] = given;
    Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).addCertFromBase64(authority, "C,C,C");
    const server = MailServices.accounts.createIncomingServer(user, "localhost", "imap");
    server.port = port;
    server.socketType = Ci.nsMsgSocketType.SSL;
    server.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
    server.password = secret;
    const account = MailServices.accounts.createAccount();
    account.addIdentity(MailServices.accounts.createIdentity());
    account.incomingServer = server;
    const window = await until(() => Services.wm.getMostRecentWindow("mail:3pane")?.msgWindow);
    server.performExpand(window);
    const inbox = await until(findInbox);
    inbox.updateFolder(window);
    await until(() => server.rootFolder.descendants.some(each => each.name == "3e A"));
    await until(() => [...inbox.messages].length == 2);
    return {
      folders: server.rootFolder.descendants.map(each => each.name),
      subjects: [...inbox.messages].map(each => each.mime2DecodedSubject),
    };
"""
CHANGE = COMMON + """
    const inbox = findInbox();
    const [first, second] = [...inbox.messages];
    inbox.markMessagesFlagged([first], true);
    inbox.markMessagesRead([first], true);
    const target = inbox.server.rootFolder.descendants.find(each => each.name == "3e A");
    MailServices.copy.copyMessages(inbox, [second], target, true, null, null, false);
    await until(() => [...inbox.messages].length == 1);
    return target.name;
"""
NEXT = COMMON + """
    const inbox = findInbox();
    inbox.updateFolder(null);
    await until(() => [...inbox.messages].some(each => each.mime2DecodedSubject == given[0]));
    return true;
"""


def test_thunderbird_connects_shows_and_changes(ground: Ground, tmp_path: Path) -> None:
    authority = ground.data / "tls" / "ca.pem"
    with make_door(ground.data) as (door, _, _), signed_in(door) as client:
        client.append(message("Réunion de rentrée"))
        client.append(message("Cantine"))
        client.ok(b'CREATE "&AMk-l&AOg-ves/3e A"')
        for name in (b"&AMk-l&AOg-ves", b'"&AMk-l&AOg-ves/3e A"'):
            client.ok(b"SUBSCRIBE " + name)  # it shows no others
        found = re.search("CERTIFICATE-----(.*?)-----END", authority.read_text(), re.DOTALL)
        assert found is not None
        with run_thunderbird(tmp_path / "thunderbird") as thunderbird:
            shown = thunderbird.run(CONNECT, "".join(found[1].split()), door.identifier, door.secret, door.tls_port)
            assert shown["subjects"] == ["Réunion de rentrée", "Cantine"]
            assert {"Élèves", "3e A"} <= set(shown["folders"])
            thunderbird.run(CHANGE)
            assert contents(client, b"INBOX") == {("Réunion de rentrée".encode(), b"\\Flagged \\Seen")}
            assert contents(client, b'"&AMk-l&AOg-ves/3e A"') == {(b"Cantine", b"")}
            client.append(message("Sortie"))
            assert thunderbird.run(NEXT, "Sortie")
