"""Parameters of MAIL and RCPT (RFC 5321 §4.1.1.11): only those of extensions that we announce."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PARAMETER = re.compile(r"([A-Za-z0-9][A-Za-z0-9\-]*)(?:=([!-<>-~]+))?")
SIZE_DIGITS = 20
"""RFC 1870 §4."""


class ParameterFault(Exception):
    """A parameter that cannot be taken; `is_unknown` tells 555 from 501 (RFC 5321 §4.1.1.11)."""

    def __init__(self, why: str, *, is_unknown: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.is_unknown = is_unknown


@dataclass(frozen=True, slots=True)
class MailParameters:
    """size_bytes: what the client says the content will weigh (RFC 1870), None when it does not say."""

    size_bytes: int | None = None
    is_8bit: bool = False  # BODY=8BITMIME (RFC 6152)
    is_utf8: bool = False  # SMTPUTF8 (RFC 6531)
    authenticated: str | None = None  # AUTH= (RFC 4954 §5): read, never believed


def parse_mail_parameters(words: Iterable[str]) -> MailParameters:
    """Reads the words after MAIL's path. Raises ParameterFault."""
    size_bytes: int | None = None
    is_8bit = is_utf8 = False
    authenticated = None
    for name, value in _split(words).items():
        match name:
            case "SIZE":
                if value is None or not (value.isascii() and value.isdigit()) or len(value) > SIZE_DIGITS:
                    raise ParameterFault("SIZE=<number of octets>")
                size_bytes = int(value)
            case "BODY":
                if value is None or value.upper() not in {"7BIT", "8BITMIME"}:
                    raise ParameterFault("BODY=7BIT or BODY=8BITMIME")
                is_8bit = value.upper() == "8BITMIME"
            case "SMTPUTF8":
                if value is not None:
                    raise ParameterFault("SMTPUTF8 takes no value")
                is_utf8 = True
            case "AUTH":
                if value is None:
                    raise ParameterFault("AUTH=<mailbox> or AUTH=<>")
                authenticated = value
            case _:
                raise ParameterFault(f"{name[:40]} is not announced here", is_unknown=True)
    return MailParameters(size_bytes, is_8bit, is_utf8, authenticated)


def parse_rcpt_parameters(words: Iterable[str]) -> None:
    """RCPT takes none here: DSN is not announced. Raises ParameterFault."""
    for name in _split(words):
        raise ParameterFault(f"{name[:40]} is not announced here", is_unknown=True)


def _split(words: Iterable[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for word in words:
        matched = _PARAMETER.fullmatch(word)
        if matched is None:
            raise ParameterFault("a parameter is NAME or NAME=value")
        name = matched[1].upper()
        if name in found:
            raise ParameterFault(f"{name[:40]} twice")
        found[name] = matched[2]
    return found
