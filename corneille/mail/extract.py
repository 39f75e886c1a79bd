"""The text of one attached document, read in a process of its own: a hostile one costs a bounded amount, and no more."""

import logging
import os
import subprocess
import sys
import tempfile
import threading

from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.wire.document.kind import Kind, looks_like

logger = logging.getLogger(__name__)

DOCUMENT_BYTES = 32 * 1024 * 1024
"""A larger one is not read."""


def extract_document(kind: Kind, content: bytes) -> str:
    """Its text, as much as the limits let through; "" for what is none, wants a password, or cannot be read."""
    if not looks_like(kind, content[:1024]) or len(content) > DOCUMENT_BYTES:
        return ""
    settings = of(MailSettings)
    command = [
        sys.executable, "-P", "-m", "corneille.mail.extract_child", kind.value, str(settings.attachment_cpu_s),
        str(settings.attachment_memory_mib), str(settings.search_attachment_bytes),
    ]  # fmt: skip
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        child = subprocess.Popen(
            command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(), cwd="/",
            start_new_session=True,
        )  # fmt: skip
    late = threading.Timer(settings.attachment_time_s, child.kill)
    late.start()
    try:
        assert child.stdout is not None, "it was asked for"
        raw = child.stdout.read(settings.search_attachment_bytes)
    finally:
        late.cancel()
        child.kill()
        code = child.wait()
        if child.stdout is not None:
            child.stdout.close()
    if code != 0:
        logger.info("a document was not read to its end", extra={"kind": kind.value, "code": code})
    return raw.decode("utf-8", "ignore")


def _environment() -> dict[str, str]:
    """Nothing but where the code is: no secret, no proxy, no name of a service."""
    return {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each), "PYTHONDONTWRITEBYTECODE": "1"}
