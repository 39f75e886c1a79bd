"""The gateway of other services: how much one may post, and how long it is kept."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("gateway")
@dataclass(frozen=True, slots=True)
class Gateway:
    """Notices that other services (MINA, teaching tools) post for people."""

    posts_per_minute_count: int = setting(
        3000,
        "New or changed notices, and replays for a population, that one service may post in a minute; then 429.",
    )
    mail_local_part: str = setting(
        "avis", "Services may post by mail to this address of the principal domain; empty: they may not."
    )
    body_bytes: int = setting(65_536, "The largest post.")
    kept_days_count: int = setting(180, "How long a notice is kept after its last day, or its posting where it has none.")

    def check(self) -> None:
        """Raises SettingsRefused where nothing could be posted."""
        if min(self.posts_per_minute_count, self.body_bytes, self.kept_days_count) < 1:
            raise SettingsRefused("[gateway] every number wants 1 or more")
