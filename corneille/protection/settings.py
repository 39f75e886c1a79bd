"""What an operator can set about reports and incidents."""

import re
from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("protection")
@dataclass(frozen=True, slots=True)
class Protection:
    """Reports of phishing, incidents, removals."""

    report_local_part: str = setting(
        "signalement",
        "What stands before the @ of the address to which people forward a suspicious message, in the principal domain. "
        "A mailbox of its own is made for it. Empty: there is none, and reports come from the pages alone.",
    )
    reports_per_day_count: int = setting(
        200, "Reports that one person may make in 24 hours; beyond, the message goes to Junk and no report is made."
    )
    idle_days: int = setting(
        30,
        "Days without a report and without an act of an officer after which an incident that is judged ends by itself: "
        "those whom it touched are told. One that waits for a verdict never does; the officers are reminded every week.",
    )
    keep_days: int = setting(
        180,
        "Days after the end of an incident in which its reports, the messages that were taken out and who received them "
        "are kept. Until then what was taken out can be put back.",
    )

    def check(self) -> None:
        """Raises SettingsRefused."""
        if self.report_local_part and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,40}", self.report_local_part):
            raise SettingsRefused("[protection] report_local_part: lower-case letters, digits, dots and dashes, or empty")
        if min(self.keep_days, self.idle_days, self.reports_per_day_count) < 1:
            raise SettingsRefused("[protection] keep_days, idle_days, reports_per_day_count: at least 1")
