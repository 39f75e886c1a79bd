"""One event or task as it is given to programs."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """One object.

    is_masked  without its words and when it was changed, since who asks may only know when it is
    span       start and end where it happens once; None: it has to be read to know when
    """

    name: str
    etag: str
    component: str
    content: bytes
    is_recurring: bool
    size_bytes: int
    changed_at: datetime
    is_masked: bool = False
    span: tuple[datetime, datetime] | None = None
