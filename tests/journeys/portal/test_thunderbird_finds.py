"""Thunderbird is given a name, an address and an app password, finds the servers by itself, and reads the mail."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.demonstration import Demonstration
from tests.peers.thunderbird import WAITING, run_thunderbird

pytestmark = pytest.mark.slow

FIND = (
    WAITING
    + """
    const FOLDER = "resource:///modules/accountcreation/";
    const { FindConfig } = ChromeUtils.importESModule(FOLDER + "FindConfig.sys.mjs");
    const { AccountConfig } = ChromeUtils.importESModule(FOLDER + "AccountConfig.sys.mjs");
    const { CreateInBackend } = ChromeUtils.importESModule(FOLDER + "CreateInBackend.sys.mjs");
    const [authority, name, address, secret] = given;
    Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).addCertFromBase64(authority, "C,C,C");
    let found = null;
    for (let turn = 0; turn < 8 && !found; turn++) {  // it gives each question five seconds: a busy machine may take more
      const search = FindConfig.parallelAutoDiscovery(address.split("@")[1], address, new AbortController().signal);
      found = (await search.next()).value;
    }
    AccountConfig.replaceVariables(found, name, address, secret);
    found.rememberPassword = true;
    const { incomingServer } = await CreateInBackend.createAccountInBackend(found);
    incomingServer.performExpand(await until(() => Services.wm.getMostRecentWindow("mail:3pane")?.msgWindow));
    const inbox = await until(() => incomingServer.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox));
    inbox.updateFolder(Services.wm.getMostRecentWindow("mail:3pane").msgWindow);
    await until(() => [...inbox.messages].length);
    return {
      how: found.subSource,
      name: found.displayName,
      incoming: [found.incoming.type, found.incoming.hostname, found.incoming.port, found.incoming.username],
      outgoing: [found.outgoing.type, found.outgoing.hostname, found.outgoing.port, found.outgoing.username],
    };
"""
)


def test_thunderbird_finds_its_settings_from_the_address_alone(demonstration: Demonstration, tmp_path: Path) -> None:
    person, told = demonstration.person("enseignant", 10), demonstration.told
    found = re.search("CERTIFICATE-----(.*?)-----END", demonstration.ca.read_text(), re.DOTALL)
    assert found is not None
    domain = person.address.partition("@")[2]
    here = {
        "network.dns.localDomains": f"autoconfig.{domain},{domain},autodiscover.{domain}",
        "network.socket.forcePort": f"443={urlsplit(demonstration.web).port}",
    }
    with run_thunderbird(tmp_path / "thunderbird", here) as thunderbird:
        shown = thunderbird.run(FIND, "".join(found[1].split()), person.name, person.address, person.app_password)
    assert shown["how"] == "xml-from-isp-https"
    assert shown["incoming"] == ["imap", "localhost", told["imap"]["tls_port"], person.address]
    assert shown["outgoing"][0] == "smtp"
    assert shown["outgoing"][3] == person.address
