"""A small GeoIP file of our own: four made-up networks in Dijon, Sydney, Besançon and somewhere in France."""

from pathlib import Path
from typing import Any

from mmdb_writer import MMDBWriter
from netaddr import IPSet  # type: ignore[import-untyped]

FRANCE = {"iso_code": "FR", "names": {"fr": "France", "en": "France"}}
PLACES: dict[str, dict[str, Any]] = {
    "8.8.4.0/24": {
        "country": FRANCE, "city": {"names": {"fr": "Dijon", "en": "Dijon"}},
        "location": {"latitude": 47.32, "longitude": 5.04},
    },
    "8.8.5.0/24": {
        "country": {"iso_code": "AU", "names": {"fr": "Australie", "en": "Australia"}},
        "city": {"names": {"en": "Sydney"}}, "location": {"latitude": -33.87, "longitude": 151.21},
    },
    "8.8.6.0/24": {"country": FRANCE},
    "8.8.7.0/24": {
        "country": FRANCE, "city": {"names": {"fr": "Besançon", "en": "Besançon"}},
        "location": {"latitude": 47.24, "longitude": 6.02},
    },
}  # fmt: skip
DIJON, SYDNEY, FRANCE_ONLY, BESANCON, UNLISTED = "8.8.4.7", "8.8.5.7", "8.8.6.7", "8.8.7.7", "8.8.9.9"


def write_geoip(file: Path) -> str:
    """Writes it, and gives its path as a setting wants it."""
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Test-City", languages=["fr", "en"])
    for network, record in PLACES.items():
        writer.insert_network(IPSet([network]), record)
    writer.to_db_file(str(file))
    return str(file)
