"""Finds where an address is: in the networks that the académie declared, then in the GeoIP file, if there is one.

The file stays where it is and is mapped, not read; whoever renews it puts another in its place and need not restart.
"""

import functools
import ipaddress
import logging
from collections.abc import Mapping
from pathlib import Path

import maxminddb

from corneille.access.network import Address, Network, is_declared, parse_address
from corneille.access.place import Name, Place, Point
from corneille.access.place_settings import Places
from corneille.access.settings import Access
from corneille.kernel.settings import of

NOWHERE = Place()
SOON = (OSError, ValueError, maxminddb.InvalidDatabaseError)
"""What a file that is no GeoIP file, or is being replaced, makes of a look-up."""

logger = logging.getLogger(__name__)

_opened: dict[tuple[str, int, int], maxminddb.Reader] = {}
"""The file in use, by its path, inode and time; at most one."""


def locate(address: str) -> Place:
    """Where the address is; `NOWHERE` when nothing here knows."""
    parsed = parse_address(address)
    if parsed is None:
        return NOWHERE
    name = _find_establishment(parsed)
    if name or is_declared(address, of(Access).declared_networks):
        return Place(is_declared=True, establishment=name)
    file = of(Places).geoip_file
    if not file or not parsed.is_global:
        return NOWHERE
    try:
        found = _open(file).get(parsed)
    except SOON as error:
        logger.warning("geoip file cannot be read", extra={"file": file, "why": type(error).__name__})
        return NOWHERE
    return _read(found) if isinstance(found, dict) else NOWHERE


def _find_establishment(address: Address) -> str:
    """The name of the narrowest network that holds the address."""
    held = [(network.prefixlen, name) for network, name in _parse_names(of(Places).names) if address in network]
    return max(held)[1] if held else ""


@functools.lru_cache(2)
def _parse_names(names: tuple[str, ...]) -> list[tuple[Network, str]]:
    """`NETWORK = name` of the settings, parsed once: an académie has hundreds."""
    told = [(network, name.strip()) for network, _equal, name in (each.partition("=") for each in names)]
    return [(ipaddress.ip_network(network, strict=False), name) for network, name in told]


def _open(file: str) -> maxminddb.Reader:
    told = Path(file).stat()
    key = (file, told.st_ino, told.st_mtime_ns)
    reader = _opened.get(key)
    if reader is None:
        reader = maxminddb.open_database(file)
        _opened.clear()  # the one before is let go when nobody reads in it any more
        _opened[key] = reader
    return reader


def _read(record: Mapping[str, object]) -> Place:
    """A record of a country or city file; what has another shape than ours is left out."""
    country, city, location = (_mapping(record.get(part)) for part in ("country", "city", "location"))
    code = country.get("iso_code")
    latitude, longitude = location.get("latitude"), location.get("longitude")
    is_point = isinstance(latitude, int | float) and isinstance(longitude, int | float)
    return Place(
        country_code=code if isinstance(code, str) else "",
        country=_name(country),
        city=_name(city),
        point=Point(float(latitude), float(longitude)) if is_point else None,  # type: ignore[arg-type]
    )


def _name(part: Mapping[str, object]) -> Name:
    names = _mapping(part.get("names"))
    english = str(names.get("en", ""))
    return Name(str(names.get("fr", "") or english), english)


def _mapping(part: object) -> Mapping[str, object]:
    return part if isinstance(part, dict) else {}
