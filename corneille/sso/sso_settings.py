"""Single sign-on: how long what is given to services is good, and how long their use is remembered."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from corneille.kernel.settings import SettingsRefused, section, setting

Network = IPv4Network | IPv6Network
MAIL = "mail"
"""Not told but opened: IMAP and submission (`sso/bearer`)."""
SCOPES = ("openid", "profile", "email", "affiliation", MAIL)
"""What a service may be told: a name that means nothing, who the person is, the address, where they work as what."""


@section("sso")
@dataclass(frozen=True, slots=True)
class Sso:
    """OpenID Connect for the other services of the académie."""

    code_s: int = setting(60, "How long a service may take to exchange a code (RFC 6749 §4.1.2: ten minutes at most).")
    token_s: int = setting(
        600, "How long an access token opens claims, so long as the web session behind it lasts; an ID token too."
    )
    program_days_count: int = setting(
        180, "How long a mail program that its owner permitted reads and sends without asking again; it renews its tokens "
        "meanwhile. Its owner ends it at any time."
    )
    kept_days_count: int = setting(365, "How long it is remembered who went on to which service.")
    logout_networks: tuple[str, ...] = setting(
        (), "Networks inside the académie, like 10.0.0.0/8, where services may be told that a session has ended. Addresses "
        "of the internet are always reached, any other never.",
    )
    logout_authority: str = setting(
        "", "A file of certificate authorities (PEM) by which those services are known, besides the machine's own."
    )

    def check(self) -> None:
        """Raises SettingsRefused."""
        if not 1 <= self.code_s <= 600:
            raise SettingsRefused("[sso] code_s wants from 1 to 600")
        if min(self.token_s, self.program_days_count, self.kept_days_count) < 1:
            raise SettingsRefused("[sso] every number wants 1 or more")
        try:
            self.read_networks()
        except ValueError as error:
            raise SettingsRefused(f"[sso] logout_networks: {error}") from error

    def read_networks(self) -> tuple[Network, ...]:
        """Raises ValueError."""
        return tuple(ip_network(each) for each in self.logout_networks)
