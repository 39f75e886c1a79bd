"""Makes the mail index again from the segments, when it is lost or corrupt.

Nobody may have that index open; a server that refused it takes the new one up by itself.
"""

from collections.abc import Iterator
from pathlib import Path

from corneille.mail import queries
from corneille.mail.store.rebuild import Rebuilt, rebuild_index

__all__ = ["Rebuilt", "rebuild"]


def rebuild(data: Path) -> Iterator[Rebuilt]:
    """Rebuilds every shard of a data directory; quotas come from the main database.

    raises  StoreOpen
    """
    quotas = queries.list_quotas()
    for folder in sorted((data / "mail").iterdir()):
        if folder.is_dir():
            yield from rebuild_index(folder, quotas)
