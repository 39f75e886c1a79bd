"""One request and its reply, as values: the methods see no socket and no ASGI."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from corneille.kernel.ids import AccountId

PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, proved."""

    account: AccountId
    identifier: str


@dataclass(frozen=True, slots=True)
class Request:
    """`path`: decoded, below the door's root, with its first slash; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    content: bytes
    caller: Caller
    now: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, a body, and headers beside those that every reply has."""

    status: int
    content: bytes = b""
    kind: str = "application/xml; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
