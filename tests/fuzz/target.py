"""One grammar as the fuzzer sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """`take` reads any octets, and lets rise only what is a fault: refusals that the grammar names are caught in it.

    seeds          what mutation begins with
    longest_bytes  what the door that stands before the grammar lets through, or what is worth measuring
    """

    name: str
    take: Callable[[bytes], object]
    seeds: Sequence[bytes]
    longest_bytes: int = 64 * 1024
