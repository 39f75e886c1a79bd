"""What an operator can set about support requests."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("support")
@dataclass(frozen=True, slots=True)
class Support:
    """Support requests and who answers them."""

    escalate_after_hours: int = setting(
        48,
        "Hours that a request may lie at one level without anybody taking it; then it goes up by itself, from the "
        "establishment to the DSDEN, from there to the académie's support.",
    )
    requests_per_day_count: int = setting(20, "Requests that one person may open in 24 hours.")
    sheet_minutes: int = setting(
        30, "Minutes that the sheet of an account stays open to the agent who opened it; then a reason is asked again."
    )
    keep_days: int = setting(365, "Days after the end of a request in which it is kept, with its messages.")

    def check(self) -> None:
        """Raises SettingsRefused."""
        if min(self.escalate_after_hours, self.requests_per_day_count, self.sheet_minutes, self.keep_days) < 1:
            raise SettingsRefused(
                "[support] escalate_after_hours, requests_per_day_count, sheet_minutes, keep_days: at least 1"
            )
