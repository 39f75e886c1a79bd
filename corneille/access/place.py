"""Where a network address is, as well as anybody knows: context, and a sign among others, never a proof. Pure."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in both languages; empty when it is not known."""

    french: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """Somewhere on earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of where an address is.

    is_declared    it is in a network of the académie's establishments: then neither country nor city is looked for
    establishment  whose network that is, when it was named
    country_code   ISO 3166-1, "FR"
    """

    is_declared: bool = False
    establishment: str = ""
    country_code: str = ""
    country: Name = Name()
    city: Name = Name()
    point: Point | None = None


def measure_km(one: Point, other: Point) -> float:
    """The shortest way over the ground between two points (haversine)."""
    north = radians(other.latitude - one.latitude) / 2
    east = radians(other.longitude - one.longitude) / 2
    flat = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * EARTH_KM * asin(min(1.0, sqrt(sin(north) ** 2 + flat * sin(east) ** 2)))
