"""Certificates that follow their files: renewed without a restart, and without losing anybody who is connected."""

import asyncio
import logging
import ssl
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from corneille.doors.frame.tls import make_server_context

LOOK_S = 60.0

_UNREADABLE = (
    ValueError, UnsupportedAlgorithm, x509.DuplicateExtension, x509.InvalidVersion, x509.UnsupportedGeneralNameType,
)  # fmt: skip
"""What cryptography raises for a certificate that it does not understand; they have no base of their own."""

logger = logging.getLogger(__name__)


class Certificates:
    """The server context of all doors; the files of several certificates, each shown to whoever asks for a name of its (SNI,
    RFC 6066 §3), and the first to everybody else.

    What is connected keeps the keys it agreed on; whoever connects after a reload is shown the new certificate.
    """

    def __init__(self, chain: Path, key: Path, more: Iterable[tuple[Path, Path]] = ()) -> None:
        self._shown = [_Shown(chain, key), *(_Shown(*pair) for pair in more)]
        self.context = self._shown[0].context
        if len(self._shown) > 1:
            self.context.sni_callback = self._choose

    def reload(self) -> bool:
        """Reads all files again; a pair that does not fit is refused, logged, and changes nothing. False: one was."""
        done = [each.reload() for each in self._shown]
        return all(done)

    def reload_if_changed(self) -> bool:
        """Reads those again of which one is another file, or was written since; a bad pair is tried again."""
        done = [each.reload_if_changed() for each in self._shown]
        return any(done)

    async def watch(self) -> None:
        """Looks every minute, until it is cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                self.reload_if_changed()
            except Exception:  # else no certificate would follow its files again until a restart
                logger.exception("the certificates could not be looked at")

    def _choose(self, asking: ssl.SSLSocket | ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        chosen = next((each for each in self._shown if name is not None and each.is_for(name)), None)
        if chosen is not None:
            asking.context = chosen.context


class _Shown:
    """One certificate, and the files that it is read from."""

    def __init__(self, chain: Path, key: Path) -> None:
        self._chain, self._key = chain, key
        self._seen = self._look()
        self._names = _read_names(chain)
        self.context = make_server_context(chain, key)

    def is_for(self, name: str) -> bool:
        """Whether it holds this name, or one with a star for its first label (RFC 9525 §6.3)."""
        name = name.lower()
        return name in self._names or f"*.{name.partition('.')[2]}" in self._names

    def reload(self) -> bool:
        seen = self._look()
        try:
            make_server_context(self._chain, self._key)  # on a context that nobody uses: a half-loaded one serves nobody
            names = _read_names(self._chain)
            self.context.load_cert_chain(self._chain, self._key)
        except (OSError, ValueError) as error:
            told = {"chain": str(self._chain), "why": str(error)}
            logger.error("the certificate cannot be used, the one before stays", extra=told)
            return False
        self._seen, self._names = seen, names
        logger.info("certificate read again", extra={"chain": str(self._chain)})
        return True

    def reload_if_changed(self) -> bool:
        return self._look() != self._seen and self.reload()

    def _look(self) -> tuple[tuple[int, int, int] | None, ...]:
        return tuple(_stamp(path) for path in (self._chain, self._key))


def _read_names(chain: Path) -> frozenset[str]:
    """The names of a chain's first certificate; none where it has none, or none that can be read: it is then shown to those
    alone who ask for no other. Whether it can be used OpenSSL says, which takes more than this library. Raises OSError."""
    content = chain.read_bytes()
    try:
        leaf = x509.load_pem_x509_certificates(content)[0]
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    except _UNREADABLE as error:
        logger.warning("the certificate's names cannot be read", extra={"chain": str(chain), "why": str(error)})
        return frozenset()
    return frozenset(name.lower() for name in names.get_values_for_type(x509.DNSName))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:  # being replaced: the next look sees what came
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
