"""How often a mail is sent and read to see that it works."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("probe")
@dataclass(frozen=True, slots=True)
class ProbeSettings:
    """The end-to-end probe: `corneille probe`, and by itself while the doors serve."""

    every_s: int = setting(300, "How often a mail is sent and read by itself; 0: only by `corneille probe`.")
    local_part: str = setting("sonde", "The account that sends and reads it, made the first time: its address's local part.")
    timeout_s: float = setting(20.0, "How long each step may take before the probe has failed.")

    def check(self) -> None:
        """Raises SettingsRefused for a pace that would be a load of its own."""
        if 0 < self.every_s < 30 or self.every_s < 0 or self.timeout_s <= 0:
            raise SettingsRefused("[probe] every_s: 0, or 30 at least; timeout_s: more than 0")
