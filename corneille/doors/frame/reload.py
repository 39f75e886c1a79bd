"""A certificate that follows its files: renewed without a restart, and without losing anybody who is connected."""

import asyncio
import logging
import ssl
from pathlib import Path

from corneille.doors.frame.tls import make_server_context

LOOK_S = 60.0

logger = logging.getLogger(__name__)


class Certificates:
    """The server context of all doors, and the files that its certificate is read from.

    What is connected keeps the keys it agreed on; whoever connects after a reload is shown the new certificate.
    """

    def __init__(self, chain: Path, key: Path) -> None:
        self._chain, self._key = chain, key
        self._seen = self._look()
        self.context = make_server_context(chain, key)

    def reload(self) -> bool:
        """Reads the files again; a pair that does not fit is refused, logged, and changes nothing."""
        seen = self._look()
        try:
            make_server_context(self._chain, self._key)  # on a context that nobody uses: a half-loaded one serves nobody
            self.context.load_cert_chain(self._chain, self._key)
        except (OSError, ssl.SSLError) as error:
            logger.error("the certificate cannot be used, the one before stays", extra={"why": str(error)})
            return False
        self._seen = seen
        logger.info("certificate read again", extra={"chain": str(self._chain)})
        return True

    def reload_if_changed(self) -> bool:
        """Reads them again when one of the two is another file, or was written since; a bad pair is tried again."""
        return self._look() != self._seen and self.reload()

    async def watch(self) -> None:
        """Looks every minute, until it is cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            self.reload_if_changed()

    def _look(self) -> tuple[tuple[int, int, int] | None, ...]:
        return tuple(_stamp(path) for path in (self._chain, self._key))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:  # being replaced: the next look sees what came
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
