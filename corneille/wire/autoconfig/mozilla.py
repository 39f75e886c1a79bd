"""The file `config-v1.1.xml` that Thunderbird and its kin look for (draft-ietf-mailmaint-autoconfig)."""

from xml.etree.ElementTree import Element

from corneille.wire.autoconfig.offer import Offer, Server
from corneille.wire.dav.tree import format_xml, make

ADDRESS = "%EMAILADDRESS%"
"""The program puts what its person has typed in this place: the file is the same for everybody."""


def format_config(offer: Offer) -> bytes:
    """The whole file; what stands first is taken first."""
    provider = make(
        "emailProvider",
        *(make("domain", text=domain) for domain in offer.domains),
        make("displayName", text=offer.name),
        make("displayShortName", text=offer.name),
        *_servers("incomingServer", "imap", offer.imap),
        *_servers("outgoingServer", "smtp", offer.submission),
        make(
            "documentation",
            make("descr", text="Configurer mon logiciel de messagerie", lang="fr"),
            make("descr", text="Set up my mail program", lang="en"),
            url=f"{offer.portal}/configurer",
        ),
        id=offer.domains[0],
    )
    calendar = make(
        "calendar",
        make("username", text=ADDRESS),
        make("authentication", text="http-basic"),
        make("serverURL", text=offer.dav_url),
        type="caldav",
    )
    return format_xml(make("clientConfig", provider, calendar, version="1.1"))


def _servers(name: str, kind: str, server: Server) -> list[Element]:
    ports = (server.tls_port, "SSL"), (server.starttls_port, "STARTTLS")
    return [
        make(
            name,
            make("hostname", text=server.host),
            make("port", text=str(port)),
            make("socketType", text=security),
            make("authentication", text="password-cleartext"),  # over TLS alone; the password is an app password
            make("username", text=ADDRESS),
            type=kind,
        )
        for port, security in ports
    ]
