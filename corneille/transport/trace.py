"""Trace fields (RFC 5321 §4.4): Received, Return-Path; and references, by which logs and people name a
message."""

import base64
import re
import secrets
from datetime import datetime
from email.utils import format_datetime

from corneille.kernel.settings import Ground, of
from corneille.transport.values import Arrival, Envelope

_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
_UNSAFE = re.compile(r"[^!-'*-\[\]-~\x80-\U0010ffff]")


def draw_reference() -> str:
    """A name for one message: 80 random bits, read over the telephone without doubt."""
    return "M-" + base64.b32encode(secrets.token_bytes(10)).translate(_LETTERS).decode()


def format_received(envelope: Envelope, reference: str, now: datetime) -> bytes:
    """The Received line that this server adds. The recipient is named only when there is but one: Bcc stays
    blind."""
    arrival = envelope.arrival or Arrival("HTTPS")
    name = _clean(arrival.client_name) or "unknown"
    if arrival.network_address is None:
        source = "from authenticated-writer"
    elif ":" in arrival.network_address:
        source = f"from {name} ([IPv6:{_clean(arrival.network_address)}])"
    else:
        source = f"from {name} ([{_clean(arrival.network_address)}])"
    lines = [source, f"by {_clean(of(Ground).host_name)} with {arrival.protocol} id {reference}"]
    if len(envelope.recipients) == 1:
        lines.append(f"for <{_clean(envelope.recipients[0])}>")
    return ("Received: " + "\r\n\t".join(lines) + f";\r\n\t{format_datetime(now)}\r\n").encode()


def format_return_path(reverse_path: str) -> bytes:
    return f"Return-Path: <{_clean(reverse_path)}>\r\n".encode()


def _clean(text: str) -> str:
    return _UNSAFE.sub("?", text)
