"""Passkeys and security keys: which domain they are bound to."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from corneille.kernel.settings import Ground, SettingsRefused, of, section, setting


@section("passkeys")
@dataclass(frozen=True, slots=True)
class Passkeys:
    """What a passkey is good for: one domain, and the portal under it."""

    domain: str = setting(
        "",
        "The domain that passkeys and security keys are bound to (WebAuthn's RP ID): the portal's host name or a domain "
        "above it. Empty: ground.host_name. Changed later, every passkey that people have becomes worthless.",
    )

    def check(self) -> None:
        """Raises SettingsRefused where it cannot be a domain."""
        if self.domain != self.domain.strip(".").lower() or "/" in self.domain or ":" in self.domain:
            raise SettingsRefused(
                f"[passkeys] domain: {self.domain!r}: wants a domain in lower case, such as ac-normandie.fr"
            )


def find_domain(origin: str) -> str | None:
    """The domain to name to a browser that stands at `origin` ("https://portail.example:8443"); None: passkeys are of
    no use there, since browsers refuse them outside their domain."""
    domain, host = of(Passkeys).domain or of(Ground).host_name, urlsplit(origin).hostname or ""
    return domain if host == domain or host.endswith(f".{domain}") else None
