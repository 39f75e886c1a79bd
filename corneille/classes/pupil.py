"""A pupil and those responsible for them, as a file says them and as they are kept. Pure."""

from dataclasses import dataclass

NAME_CHARS = 80
ROLE_CHARS = 40
GUARDIANS = 6
"""The most for one pupil."""


@dataclass(frozen=True, slots=True)
class GuardianSaid:
    """Somebody responsible for a pupil, who has an address."""

    family_name: str
    given_name: str
    address: str
    role: str = ""

    @property
    def name(self) -> str:
        """« Claire Durand »; "" where only the address is known."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class PupilSaid:
    """A pupil; `address` "" where there is none."""

    family_name: str
    given_name: str
    address: str = ""
    guardians: tuple[GuardianSaid, ...] = ()

    @property
    def name(self) -> str:
        """« Léa Durand »."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class GuardianKept:
    """A guardian of a class."""

    id: int
    said: GuardianSaid


@dataclass(frozen=True, slots=True)
class PupilKept:
    """A pupil of a class, with those responsible for them."""

    id: int
    said: PupilSaid
    guardians: tuple[GuardianKept, ...] = ()
