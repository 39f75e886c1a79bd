"""What an operator can set about copies of one's data."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("export")
@dataclass(frozen=True, slots=True)
class ExportSettings:
    """Copies of their own data that people ask for."""

    kept_days_count: int = setting(
        7, "Days in which a copy can be fetched; then it is deleted. A request that failed is forgotten after as many."
    )
    largest_bytes: int = setting(
        20 * 1024**3, "The largest copy, in bytes: one that grows beyond is given up, and its owner is told what to do."
    )

    def check(self) -> None:
        """Raises SettingsRefused."""
        if not 1 <= self.kept_days_count <= 90 or self.largest_bytes < 1024**2:
            raise SettingsRefused("[export] kept_days_count wants 1 to 90, largest_bytes 1048576 or more")
