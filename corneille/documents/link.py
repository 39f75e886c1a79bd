"""The secret of a document's link: its name and a mac of it, so that a copy of the database alone opens nothing."""

import hmac
import re

from corneille.kernel import keys
from corneille.kernel.settings import portal_address

PURPOSE = "documents/link"
_SHAPE = re.compile(r"([0-9a-f]{16})([0-9a-f]{32})")


def format_link(name: str) -> str:
    """The address that opens the document of this name."""
    return f"{portal_address()}/partage/{name}{_mac(keys.current().newest(PURPOSE), name)}"


def read_link(secret: str) -> str | None:
    """The name that a link's secret stands for; None: it was never given."""
    shape = _SHAPE.fullmatch(secret)
    if shape is None:
        return None
    given = [_mac(key, shape[1]) for key in keys.current().all(PURPOSE)]
    return shape[1] if any(hmac.compare_digest(each, shape[2]) for each in given) else None


def _mac(key: keys.Key, name: str) -> str:
    """128 bits: nobody guesses one, and a link stays short enough for a letter."""
    return keys.keyed_hash(key.secret, name.encode()).hex()[:32]
