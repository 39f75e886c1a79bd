"""How long the journal is kept."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


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
