"""TLS for every mail door: one server context, and less memory for each connection."""

import asyncio.sslproto
import ssl
from pathlib import Path

TLS12_CIPHERS = (
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
)
"""Forward secrecy and authenticated encryption only; TLS 1.3 has no weak one to leave out."""

READ_BUFFER_BYTES = 16 * 1024
"""One TLS record. asyncio gives each connection 256 KiB, which 5,000 idle ones would turn into 1.3 GB."""

HANDSHAKE_S = 20.0
SHUTDOWN_S = 5.0


def make_server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """A context for TLS 1.2 and later with this chain (PEM) and its key."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(TLS12_CIPHERS)
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION | ssl.OP_CIPHER_SERVER_PREFERENCE
    context.load_cert_chain(certificate, key)
    # Two session tickets are a sixth of a handshake's cost, and no other process could read them; who comes back makes as
    # many round trips without one (RFC 8446 §2.2).
    context.num_tickets = 0
    return context


def shrink_buffers() -> None:
    """Makes asyncio's TLS connections of this process read into small buffers; called once, before serving."""
    asyncio.sslproto.SSLProtocol.max_size = READ_BUFFER_BYTES
