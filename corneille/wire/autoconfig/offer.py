"""What is there for mail programs to find."""

from dataclasses import dataclass
from urllib.parse import urlsplit

HTTPS_PORT = 443


def list_looked_for(domain: str) -> tuple[str, ...]:
    """The names of machines at which programs look for the settings of a mail domain."""
    return (domain, f"autoconfig.{domain}", f"autodiscover.{domain}")


@dataclass(frozen=True, slots=True)
class Server:
    """One server by its name, with a port for TLS from the first byte and one for STARTTLS."""

    host: str
    tls_port: int
    starttls_port: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Who offers mail, for which domains (the principal one first), on which servers; `portal` ends without a slash."""

    name: str
    domains: tuple[str, ...]
    imap: Server
    submission: Server
    portal: str

    @property
    def dav_url(self) -> str:
        return f"{self.portal}/dav/"

    @property
    def portal_host(self) -> str:
        return urlsplit(self.portal).hostname or ""

    @property
    def portal_port(self) -> int:
        return urlsplit(self.portal).port or HTTPS_PORT


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose mail it is, where a program is told."""

    name: str
    address: str
