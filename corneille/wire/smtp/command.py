"""One command line -> one value (RFC 5321 §4.1, RFC 4954, RFC 2033, RFC 3207)."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from corneille.wire.smtp.parameter import (
    MailParameters,
    ParameterFault,
    parse_mail_parameters,
    parse_rcpt_parameters,
)
from corneille.wire.smtp.path import Mailbox, is_domain, parse_path

# Quirk: many programs put a space after "FROM:" or "TO:"; RFC 5321 §3.3 notes that servers do well to take
# it.
_MAIL = re.compile(r"FROM: ?<(.*?)>(?: (.*))?", re.IGNORECASE)
_RCPT = re.compile(r"TO: ?<(.*?)>(?: (.*))?", re.IGNORECASE)
_QUOTED_PATH = re.compile(r'(FROM|TO): ?<((?:[^">]*"(?:[^"\\]|\\.)*")[^>]*)>(?: (.*))?', re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MECHANISM = re.compile(r"[A-Za-z0-9\-_]{1,20}")


@dataclass(frozen=True, slots=True)
class Greeting:
    """HELO, EHLO or LHLO; `word` in upper case, `name` as the client calls itself."""

    word: str
    name: str


@dataclass(frozen=True, slots=True)
class Mail:
    """MAIL FROM; `reverse_path` None is the null path "<>"."""

    reverse_path: Mailbox | None
    parameters: MailParameters


@dataclass(frozen=True, slots=True)
class Rcpt:
    forward_path: Mailbox


@dataclass(frozen=True, slots=True)
class Auth:
    """AUTH; `initial` is the initial response still in base64, "=" standing for an empty one (RFC 4954
    §4)."""

    mechanism: str
    initial: str | None


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """XCORNEILLE-PERSON: an inner caller says for whom it calls; `statement` is `access/inner`'s to judge."""

    statement: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A command that takes no argument, or whose argument counts for nothing: DATA RSET NOOP QUIT HELP
    STARTTLS VRFY EXPN."""

    word: str


@dataclass(frozen=True, slots=True)
class Unknown:
    word: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """A known command, badly written: `code` and `enhanced` to answer with, `why` says what would be
    right."""

    code: int
    enhanced: str
    why: str


Command: TypeAlias = Greeting | Mail | Rcpt | Auth | OnBehalf | Plain | Unknown | Malformed

_WITHOUT_ARGUMENT = frozenset({"DATA", "RSET", "QUIT", "STARTTLS"})
_ANY_ARGUMENT = frozenset({"NOOP", "HELP", "VRFY", "EXPN"})


def parse_command(line: bytes) -> Command:
    """Reads one line without its CR LF. Never raises."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return Malformed(500, "5.5.2", "a command is ASCII, or UTF-8 where SMTPUTF8 allows it")
    word, _, argument = text.rstrip(" \t").partition(" ")
    word = word.upper()
    if _CONTROL.search(text) is not None:
        return Malformed(501, "5.5.2", "no control character in a command")
    if word in _WITHOUT_ARGUMENT:
        return Plain(word) if not argument else Malformed(501, "5.5.4", f"{word} takes no argument")
    if word in _ANY_ARGUMENT:
        return Plain(word)
    match word:
        case "EHLO" | "HELO" | "LHLO":
            return _parse_greeting(word, argument.strip())
        case "MAIL":
            return _parse_mail(argument)
        case "RCPT":
            return _parse_rcpt(argument)
        case "AUTH":
            return _parse_auth(argument)
        case "XCORNEILLE-PERSON":
            return OnBehalf(argument.strip())
        case _:
            return Unknown(word[:20])


def _parse_greeting(word: str, name: str) -> Command:
    if not name or not name.isascii() or " " in name or len(name) > 255:
        return Malformed(501, "5.5.4", f"{word} <domain> or {word} [address]")
    # Departs from RFC 5321 §4.1.1.1: phones and printers greet with names that are no domain; §4.1.4
    # forbids to refuse mail for the name alone, so any word passes that cannot harm the Received line it is
    # written in.
    if not is_domain(name) and not re.fullmatch(r"[A-Za-z0-9._:\-\[\]]+", name):
        return Malformed(501, "5.5.4", f"{word} <domain> or {word} [address]")
    return Greeting(word, name)


def _split_path(kind: str, argument: str) -> tuple[str, list[str]] | None:
    pattern = _MAIL if kind == "FROM" else _RCPT
    found = _QUOTED_PATH.fullmatch(argument)
    if found is not None and found[1].upper() == kind:
        path, rest = found[2], found[3]
    else:
        plain = pattern.fullmatch(argument)
        if plain is None:
            return None
        path, rest = plain[1], plain[2]
    return path, (rest or "").split()


def _parse_mail(argument: str) -> Command:
    split = _split_path("FROM", argument)
    if split is None:
        return Malformed(501, "5.5.4", "MAIL FROM:<address> [parameters]")
    path, words = split
    reverse_path = parse_path(path) if path else None
    if path and (reverse_path is None or not reverse_path.domain):
        return Malformed(553, "5.1.7", "the sender's address is not one: <name@domain> or <>")
    try:
        parameters = parse_mail_parameters(words)
    except ParameterFault as fault:
        return _parameter_malformed(fault)
    if reverse_path is not None and not reverse_path.is_ascii and not parameters.is_utf8:
        return Malformed(553, "5.6.7", "an address beyond ASCII needs the parameter SMTPUTF8")
    return Mail(reverse_path, parameters)


def _parse_rcpt(argument: str) -> Command:
    split = _split_path("TO", argument)
    if split is None:
        return Malformed(501, "5.5.4", "RCPT TO:<address>")
    path, words = split
    forward_path = parse_path(path)
    if forward_path is None:
        return Malformed(553, "5.1.3", "the recipient's address is not one: <name@domain>")
    try:
        parse_rcpt_parameters(words)
    except ParameterFault as fault:
        return _parameter_malformed(fault)
    return Rcpt(forward_path)


def _parse_auth(argument: str) -> Command:
    words = argument.split()
    if not 1 <= len(words) <= 2 or not _MECHANISM.fullmatch(words[0]):
        return Malformed(501, "5.5.4", "AUTH <mechanism> [initial response in base64]")
    return Auth(words[0].upper(), words[1] if len(words) == 2 else None)


def _parameter_malformed(fault: ParameterFault) -> Malformed:
    return Malformed(555 if fault.is_unknown else 501, "5.5.4", fault.why)
