"""Whether a program wrote a message by itself: an absence message, a receipt, a report of delivery."""

from corneille.wire.mime.header import Headers

_PRECEDENCES = frozenset({b"auto_reply", b"bulk", b"junk"})
_RESPONDERS = ("x-autoreply", "x-autorespond")
"""What responders wrote before RFC 3834 and write still."""


def is_automatic(headers: Headers) -> bool:
    """By RFC 3834 §5, RFC 3462 and what responders write instead; a subject alone makes nothing automatic."""
    submitted = (headers.get("auto-submitted") or b"no").partition(b";")[0].strip().lower()
    precedence = (headers.get("precedence") or b"").strip().lower()
    return (
        submitted != b"no"
        or precedence in _PRECEDENCES
        or any(headers.get(name) is not None for name in _RESPONDERS)
        or is_report(headers)
    )


def is_report(headers: Headers) -> bool:
    """Whether it reports on another message: a failure, a delay, a receipt (RFC 3462)."""
    return (headers.get("content-type") or b"").lower().startswith(b"multipart/report")
