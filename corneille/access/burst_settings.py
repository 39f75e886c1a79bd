"""To how many people one account usually writes: beyond it, its sending is held until its owner has looked."""

import re
from dataclasses import dataclass
from datetime import timedelta

from corneille.access.burst import Limit, Usual
from corneille.kernel.settings import SettingsRefused, of, section, setting

COUNTED_FOR = timedelta(days=1)
"""How long what was sent is counted: no window is longer."""
SHAPE = re.compile(r"([1-9][0-9]{0,3})=([1-9][0-9]{0,6})")


@section("burst")
@dataclass(frozen=True, slots=True)
class UsualSending:
    """What is a burst of sending, which holds an account's mail."""

    limits: tuple[str, ...] = setting(
        ("1=500", "10=800", "60=2000", "600=5000"),
        "MINUTES=RECIPIENTS, the most in each window by day. The figures are those that one académie publishes: a class, a "
        "school and a whole basin fit in.",
    )
    night_from_hour: int = setting(20, "From this hour of the académie's time the limits are those of the night.")
    night_to_hour: int = setting(7, "Until this hour.")
    night_divisor: int = setting(4, "By night the limits are divided by this: thieves send while the owner sleeps.")
    week_end_divisor: int = setting(2, "By day at week-ends the limits are divided by this: few write to a school then.")

    def check(self) -> None:
        """Raises SettingsRefused where the values cannot be used."""
        max_minutes = COUNTED_FOR // timedelta(minutes=1)
        for each in self.limits:
            found = SHAPE.fullmatch(each)
            if found is None or int(found[1]) > max_minutes:
                raise SettingsRefused(
                    f"[burst] limits: {each!r}: wants MINUTES=RECIPIENTS, such as 60=2000, of at most {max_minutes} minutes"
                )
        if not self.limits:
            raise SettingsRefused("[burst] limits wants at least one, such as 60=2000")
        if not 0 <= self.night_to_hour <= self.night_from_hour <= 24:
            raise SettingsRefused("[burst] night_to_hour wants 0 to night_from_hour, night_from_hour at most 24")
        if self.night_divisor < 1 or self.week_end_divisor < 1:
            raise SettingsRefused("[burst] night_divisor and week_end_divisor want 1 or more")


def find_usual() -> Usual:
    """What is usual by the settings in force."""
    told = of(UsualSending)
    limits = tuple(
        Limit(timedelta(minutes=int(minutes)), int(count))
        for minutes, count in (each.split("=") for each in told.limits)
    )
    return Usual(limits, told.night_from_hour, told.night_to_hour, told.night_divisor, told.week_end_divisor)
