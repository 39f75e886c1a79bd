"""The process that reads one stranger's document: `python -m corneille.mail.extract_child KIND CPU_S MEMORY_MIB TEXT_BYTES`.

Standard input holds the document, standard output its text. Limits are set before one octet is read, and they hold
whatever the document makes a library do: so much processor time and memory, no file written, and no descriptor but the
three it has, so that nothing can be opened: no file, no socket, no other process's pipe. It knows nothing of Django, of
the store, of the settings; its environment is empty.
"""

import contextlib
import encodings
import importlib
import logging
import os
import pkgutil
import resource
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

from corneille.wire.document.kind import Kind

NICENESS = 10
"""Nobody waits for it: deliveries and pages go first."""

Reader = Callable[[bytes], Iterator[str]]


def main(kind: str, cpu_s: str, memory_mib: str, text_bytes: str) -> None:
    """Writes piece by piece: what a limit cuts off has given what came before."""
    logging.disable()
    os.nice(NICENESS)
    read = find_reader(Kind(kind))
    import_all(encodings)
    limit(int(cpu_s), int(memory_mib) * 1024 * 1024)
    left = int(text_bytes)
    for piece in read(sys.stdin.buffer.read()):
        raw = piece.encode("utf-8", "replace")[:left]
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        left -= len(raw)
        if left <= 0:
            return


def find_reader(kind: Kind) -> Reader:
    """The reader, with all that it will ever import; a PDF's library takes longest, and only a PDF waits for it."""
    if kind is Kind.PDF:
        import pypdf

        from corneille.wire.document.pdf import read_pdf

        import_all(pypdf)
        return read_pdf
    from corneille.wire.document.office import read_odf, read_ooxml

    return read_odf if kind is Kind.ODF else read_ooxml


def import_all(*packages: ModuleType) -> None:
    """Imports what libraries would import when they need it: after `limit` no file can be opened any more."""
    for package in packages:
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            with contextlib.suppress(ImportError):
                importlib.import_module(each.name)


def limit(cpu_s: int, memory_bytes: int) -> None:
    """From here on; nothing lifts them again."""
    for what, most in (
        (resource.RLIMIT_CPU, cpu_s), (resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 3),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(*sys.argv[1:])
