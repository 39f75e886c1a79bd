"""What an operator may say about the web door."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("web")
@dataclass(frozen=True, slots=True)
class Web:
    """How pages are reached."""

    trusted_proxies: tuple[str, ...] = setting(
        (),
        "Network addresses of reverse proxies whose X-Forwarded-For is believed. "
        "Empty: the peer's own address counts.",
    )
    other_host_names: tuple[str, ...] = setting(
        (), "Names, besides ground.host_name and localhost, under which the pages answer; any other is refused."
    )
    fresh_proof_s: int = setting(
        600, "How old the last proof of identity may be for a sensitive act (app password, factor, contact, export)."
    )
    strength_per_minute: int = setting(
        60, "How often in a minute one person may ask how strong a password is while typing it; each question takes some "
        "milliseconds of the machine. The page asks when typing pauses: nobody types a password in sixty pieces a minute."
    )
    help_url: str = setting(
        "", "Where « Help » leads: a page of the académie’s own. Empty: to the questions and answers that are shipped."
    )
    catcher_url: str = setting("", "In the demonstration: the page that shows mail which would have left.")
    legal_url: str = setting("", "The address of the legal notice; empty: none is linked.")

    def check(self) -> None:
        """Raises SettingsRefused where nobody could be told how strong a password is."""
        if self.strength_per_minute < 1:
            raise SettingsRefused("[web] strength_per_minute: at least 1")
