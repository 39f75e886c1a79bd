"""What an operator can set about support requests."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from corneille.kernel.settings import Ground, SettingsRefused, of, section, setting
from corneille.support.working import Hours, parse_weekly


@section("support")
@dataclass(frozen=True, slots=True)
class Support:
    """Support requests and who answers them."""

    opening: tuple[str, ...] = setting(
        ("mon-fri 08:30-12:00", "mon-fri 13:30-17:30"),
        'When support answers, in the time zone of the installation: lines like "mon-fri 08:30-12:00" or "sat 09:00-11:00". '
        "Delays and escalation are counted in these hours.",
    )
    closed_on_public_holidays: bool = setting(
        True, "Nobody answers on the eleven public holidays. School holidays close nothing."
    )
    closed_days: tuple[str, ...] = setting((), "Other days on which nobody answers, like 2026-12-24.")
    answer_within_hours: int = setting(
        8, "Working hours within which an answer is expected: people read until when, and the desk sees what is late."
    )
    escalate_after_hours: int = setting(
        16,
        "Working hours that a request may lie at one level without anybody taking it, or unanswered after the hour by which "
        "an answer was due; then it goes up by itself, from the establishment to the DSDEN, from there to the académie's "
        "support, all of which is told of what is late there.",
    )
    requests_per_day_count: int = setting(20, "Requests that one person may open in 24 hours.")
    unproved_per_account_and_day_count: int = setting(
        3,
        "Times in 24 hours that help may be asked for one account without signing in. What is more is dropped without a "
        "word on the page, which would tell that the account is there; the page names [support_contact] beforehand.",
    )
    unproved_per_network_and_hour_count: int = setting(
        20, "Times in an hour that help may be asked for from one network (/24 or /48) without signing in."
    )
    sheet_minutes: int = setting(
        30, "Minutes that the sheet of an account stays open to the agent who opened it; then a reason is asked again."
    )
    keep_days: int = setting(365, "Days after the end of a request in which it is kept, with its messages.")

    def check(self) -> None:
        """Raises SettingsRefused."""
        lasting = (self.answer_within_hours, self.escalate_after_hours, self.sheet_minutes, self.keep_days)
        counted = (
            self.requests_per_day_count, self.unproved_per_account_and_day_count, self.unproved_per_network_and_hour_count
        )  # fmt: skip
        if min(*lasting, *counted) < 1:
            raise SettingsRefused(
                "[support] answer_within_hours, escalate_after_hours, requests_per_day_count, "
                "unproved_per_account_and_day_count, unproved_per_network_and_hour_count, sheet_minutes, keep_days: "
                "at least 1"
            )
        try:
            self.read_hours(ZoneInfo("UTC"))
        except ValueError as error:
            raise SettingsRefused(f"[support] opening, closed_days: {error}") from error

    def read_hours(self, zone: ZoneInfo) -> Hours:
        """When support answers. Raises ValueError."""
        closed = frozenset(date.fromisoformat(each) for each in self.closed_days)
        return Hours(parse_weekly(self.opening), closed, self.closed_on_public_holidays, zone)


def find_hours() -> Hours:
    """When support answers, as it is set."""
    return of(Support).read_hours(ZoneInfo(of(Ground).time_zone))
