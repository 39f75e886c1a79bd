"""Single sign-on: how long what is given to services is good, and how long their use is remembered."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting

SCOPES = ("openid", "profile", "email", "affiliation")
"""What a service may be told: a name that means nothing, who the person is, the address, where they work as what."""


@section("sso")
@dataclass(frozen=True, slots=True)
class Sso:
    """OpenID Connect for the other services of the académie."""

    code_s: int = setting(60, "How long a service may take to exchange a code (RFC 6749 §4.1.2: ten minutes at most).")
    token_s: int = setting(
        600, "How long an access token opens claims, so long as the web session behind it lasts; an ID token too."
    )
    kept_days_count: int = setting(365, "How long it is remembered who went on to which service.")

    def check(self) -> None:
        """Raises SettingsRefused."""
        if not 1 <= self.code_s <= 600:
            raise SettingsRefused("[sso] code_s wants from 1 to 600")
        if min(self.token_s, self.kept_days_count) < 1:
            raise SettingsRefused("[sso] every number wants 1 or more")
