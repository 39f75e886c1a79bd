"""Paths and mailboxes (RFC 5321 §4.1.2), with UTF-8 where SMTPUTF8 allows it (RFC 6531 §3.3)."""

import ipaddress
import re
from dataclasses import dataclass

LOCAL_BYTES = 64
DOMAIN_BYTES = 255
PATH_BYTES = 256
"""RFC 5321 §4.5.3.1.1 to .3; a path counts its "<" and ">"."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\x80-\U0010ffff]+"
_DOT_STRING = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_QUOTED = re.compile(r'"(?:[ !#-\[\]-~\x80-\U0010ffff]|\\[ -~])*"')
_LABEL = r"[A-Za-z0-9_\x80-\U0010ffff](?:[A-Za-z0-9_\-\x80-\U0010ffff]*[A-Za-z0-9_\x80-\U0010ffff])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_ROUTE = re.compile(rf"@{_LABEL}(?:\.{_LABEL})*(?:,@{_LABEL}(?:\.{_LABEL})*)*:")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half a character, as JSON and broken headers can carry it; no address has one, and UTF-8 cannot write it."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address: `local` as it is meant (quotes taken off), `domain` as it was written, [1.2.3.4]
    included."""

    local: str
    domain: str

    @property
    def address(self) -> str:
        """Written again, with quotes only where the local part needs them."""
        local = self.local
        if not _DOT_STRING.fullmatch(local):
            local = '"' + re.sub(r'(["\\])', r"\\\1", local) + '"'
        return f"{local}@{self.domain}" if self.domain else local

    @property
    def is_ascii(self) -> bool:
        return self.local.isascii() and self.domain.isascii()


def parse_mailbox(text: str) -> Mailbox | None:
    """Reads `local@domain`; None when it is not one, or is longer than RFC 5321 allows."""
    local, at, domain = text.rpartition("@")
    if not at or _SURROGATE.search(text) or len(local.encode()) > LOCAL_BYTES or len(domain.encode()) > DOMAIN_BYTES:
        return None
    if not is_domain(domain):
        return None
    if _DOT_STRING.fullmatch(local):
        return Mailbox(local, domain.rstrip("."))
    if _QUOTED.fullmatch(local):
        return Mailbox(re.sub(r"\\(.)", r"\1", local[1:-1]), domain.rstrip("."))
    return None


def parse_path(text: str) -> Mailbox | None:
    """Reads what stands between "<" and ">", a source route dropped (RFC 5321 §4.1.1.3: accepted,
    ignored)."""
    if _SURROGATE.search(text) or len(text.encode()) > PATH_BYTES - 2:
        return None
    if text.startswith("@"):
        route = _ROUTE.match(text)
        if route is None:
            return None
        text = text[route.end() :]
    if text.lower() == "postmaster":  # RFC 5321 §4.5.1: without a domain it is ours
        return Mailbox(text, "")
    return parse_mailbox(text)


def is_domain(text: str) -> bool:
    """A domain name, or an address literal (RFC 5321 §4.1.3)."""
    if text.startswith("["):
        return text.endswith("]") and _is_literal(text[1:-1])
    if not _DOMAIN.fullmatch(text) or len(text.encode()) > DOMAIN_BYTES:
        return False
    return all(len(label.encode()) <= 63 or not label.isascii() for label in text.split("."))


def _is_literal(text: str) -> bool:
    if text[:5].lower() == "ipv6:":
        text = text[5:]
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
