"""Octets of messages kept for an incident, outside the mail they were taken from.

They stand under a line of their own, so that none is ever the blob of another room, which would drop it as its own.
"""

from corneille.kernel import blobs
from corneille.kernel.ids import BlobId
from corneille.protection.models import RemovedCopy, Report

_HEAD = b"protection\n"
REPORT_BYTES = 1024 * 1024
"""What is kept of a reported message; a removed one is kept whole."""


def keep(content: bytes) -> BlobId:
    """Keeps the octets durably."""
    return blobs.current().add(_HEAD + content)


def read(blob: str) -> bytes:
    """The octets. Raises Gone."""
    return blobs.current().read(BlobId(blob))[len(_HEAD) :]


def drop_unused(names: set[str]) -> None:
    """Removes those of these contents that no report and no copy names any more."""
    used = {
        *Report.objects.filter(content__in=names).values_list("content", flat=True),
        *RemovedCopy.objects.filter(content__in=names).values_list("content", flat=True),
    }
    for name in names - used:
        blobs.current().drop(BlobId(name))
