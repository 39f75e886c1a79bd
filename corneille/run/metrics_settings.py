"""Where the metrics are given."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("metrics")
@dataclass(frozen=True, slots=True)
class Metrics:
    """Where Prometheus asks, in clear: keep it on this machine or on a network of the operators' own."""

    host: str = setting("127.0.0.1", "The address that the metrics listen on.")
    port: int = setting(0, "Their port (9464 is usual), plus the process's number with several; 0: none are given.")

    def check(self) -> None:
        """Raises SettingsRefused for a port that is none."""
        if not 0 <= self.port <= 65000:
            raise SettingsRefused("[metrics] port: 0, or up to 65000")
