"""ENVELOPE (RFC 9051 §7.5.2), as IMAP text ready to send."""

from corneille.wire.mime.address import Kind, RawAddress, parse_raw_addresses
from corneille.wire.mime.imap_text import format_field, format_nstring, format_string
from corneille.wire.mime.part import Part

MISSING_LOCAL = b"MISSING_MAILBOX"
MISSING_DOMAIN = b"MISSING_DOMAIN"
"""What stands for a lost half: NIL would say "group" (RFC 9051 §7.5.2). Dovecot's words."""


def format_envelope(content: bytes, part: Part) -> bytes:
    """The envelope of a message's root part (for message/rfc822: of `part.message`).

    Sender and Reply-To missing or empty are From's (RFC 9051 §7.5.2); all else missing is NIL.
    """
    fields = part.fields
    from_ = format_addresses(fields.get(b"from"))
    sender = format_addresses(fields.get(b"sender"))
    reply_to = format_addresses(fields.get(b"reply-to"))
    return b"(%s %s %s %s %s %s %s %s %s %s)" % (
        format_field(fields, b"date"), format_field(fields, b"subject"),
        from_, from_ if sender == b"NIL" else sender, from_ if reply_to == b"NIL" else reply_to,
        format_addresses(fields.get(b"to")), format_addresses(fields.get(b"cc")), format_addresses(fields.get(b"bcc")),
        format_field(fields, b"in-reply-to"), format_field(fields, b"message-id"),
    )


def format_addresses(raw: bytes | None) -> bytes:
    """An address list, NIL when there is no address in it."""
    if not raw:
        return b"NIL"
    entries = b"".join(map(_format_address, parse_raw_addresses(raw)))
    return b"(%s)" % entries if entries else b"NIL"


def _format_address(entry: RawAddress) -> bytes:
    if entry.kind is Kind.GROUP_START:
        return b"(NIL NIL %s NIL)" % format_string(entry.local or b"")
    if entry.kind is Kind.GROUP_END:
        return b"(NIL NIL NIL NIL)"
    return b"(%s %s %s %s)" % (
        format_nstring(entry.name), format_nstring(entry.route),
        format_string(entry.local or MISSING_LOCAL), format_string(entry.domain or MISSING_DOMAIN),
    )
