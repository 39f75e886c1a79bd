"""How long passwords last, by account type, and what they may not be."""

from dataclasses import dataclass
from pathlib import Path

from corneille.kernel.settings import SettingsRefused, of, section, setting

SHIPPED = Path(__file__).parent / "leaked.bin"
EVERYBODY = "all"


@section("passwords")
@dataclass(frozen=True, slots=True)
class Passwords:
    """The life of a password."""

    renewal_months: tuple[str, ...] = setting(
        ("support=12", "securite=12", "delegue=12"),
        "After how many months a password is to be changed, by account type (`support=12`), or for all (`all=12`). ANSSI "
        "(guide of October 2021) and CNIL (2022-100) advise none for ordinary accounts, and one for privileged ones.",
    )
    spread_days_count: int = setting(
        28, "Dates are drawn within so many days before the full term, so that a school does not expire on one morning."
    )
    soft_landing_days_count: int = setting(
        14, "After the date, for so many days, mail is read everywhere and sending asks for the change."
    )
    alert_days: tuple[str, ...] = setting(
        ("30", "15", "7", "3", "1"), "How many days before the date its owner is told, on every channel."
    )
    former_count: int = setting(5, "The last so many passwords are not taken again.")
    leaked_file: str = setting(
        "", "A file of leaked passwords made by `corneille access leaked`; empty: the small one that is shipped."
    )

    def check(self) -> None:
        """Raises SettingsRefused where the values cannot be used."""
        for each in self.renewal_months:
            name, _equal, months = each.partition("=")
            if not name or not months.isdecimal() or int(months) < 1:
                raise SettingsRefused(f"[passwords] renewal_months: {each!r}: wants TYPE=MONTHS, such as support=12")
        if not all(day.isdecimal() for day in self.alert_days):
            raise SettingsRefused("[passwords] alert_days wants whole numbers of days")
        if self.former_count < 1 or self.soft_landing_days_count < 1 or not 0 <= self.spread_days_count <= 28:
            raise SettingsRefused(
                "[passwords] former_count and soft_landing_days_count want 1 or more, spread_days_count 0 to 28"
            )


def find_renewal_months(account_type: str) -> int | None:
    """After how many months passwords of this type are changed; None: never by a date."""
    given = dict(each.split("=") for each in of(Passwords).renewal_months)
    months = given.get(account_type, given.get(EVERYBODY))
    return int(months) if months is not None else None
