"""How long the journal is kept."""

from dataclasses import dataclass
from datetime import UTC, datetime

from corneille.kernel.settings import SettingsRefused, of, section, setting


@section("journal")
@dataclass(frozen=True, slots=True)
class Journal:
    """The chained journal and the sign-in attempts that it covers."""

    kept_months_count: int = setting(
        12,
        "Whole months that are kept after the current one. CNIL, délibération 2021-122: 6 to 12 months; up to 36 only "
        "for a documented internal control.",
    )

    def check(self) -> None:
        """Raises SettingsRefused outside what the CNIL allows."""
        if not 6 <= self.kept_months_count <= 36:
            raise SettingsRefused("[journal] kept_months_count wants 6 to 36")


def find_kept_since(now: datetime) -> datetime:
    """When the first month that is kept began: what goes with the journal goes where it is older."""
    months = now.year * 12 + now.month - 1 - of(Journal).kept_months_count
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
