"""What tells people in words where a sign-in came from: a GeoIP file and the names of the establishments' networks."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from corneille.kernel.settings import SettingsRefused, section, setting


@section("places")
@dataclass(frozen=True, slots=True)
class Places:
    """Where sign-ins come from, in words."""

    geoip_file: str = setting(
        "", "A file in MaxMind DB format with countries or cities (GeoLite2, DB-IP, …), read again when it is replaced. "
        "Empty: no country, no city, and the signals “new country” and “impossible travel” stay silent."
    )  # fmt: skip
    names: tuple[str, ...] = setting(
        (), "NETWORK=NAME of an establishment (`192.0.2.0/24=collège Marcelle-Pardé`), shown in the place of an address; "
        "declare the network in `[access] declared_networks` too."
    )  # fmt: skip

    def check(self) -> None:
        """Raises SettingsRefused where the values cannot be used."""
        if self.geoip_file and not Path(self.geoip_file).is_file():
            raise SettingsRefused(f"[places] geoip_file: there is no file {self.geoip_file}")
        for each in self.names:
            network, equal, name = each.partition("=")
            try:
                ipaddress.ip_network(network, strict=False)
            except ValueError as error:
                raise SettingsRefused(f"[places] names: {network!r} is not a network: {error}") from error
            if not equal or not name.strip():
                raise SettingsRefused(f"[places] names: {each!r}: wants NETWORK=NAME")
