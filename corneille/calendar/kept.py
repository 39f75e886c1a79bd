"""One event or task as it is given to programs."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """One object; `content` is empty where only its tag was asked for."""

    name: str
    etag: str
    component: str
    content: bytes
    is_recurring: bool
    size_bytes: int
    changed_at: datetime
