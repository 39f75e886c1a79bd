"""OAUTHBEARER (RFC 7628) and XOAUTH2, its predecessor that older programs speak: an access token in one message."""

import json
import re

from corneille.wire.sasl.credentials import Bearer, SaslRefused

OAUTHBEARER, XOAUTH2 = "OAUTHBEARER", "XOAUTH2"
MECHANISMS = (OAUTHBEARER, XOAUTH2)

_HEADER = re.compile(r"[ny],(?:a=([^,\x01]*))?,")
_TOKEN = re.compile(r"[Bb][Ee][Aa][Rr][Ee][Rr] ([A-Za-z0-9\-._~+/]{1,4096}=*)")
_ESCAPED = re.compile(r"=(2C|3D)?")


def parse_oauthbearer(message: bytes) -> Bearer:
    """Reads `n,a=USER,^Ahost=…^Aport=…^Aauth=Bearer TOKEN^A^A` (RFC 7628 §3.1). Raises SaslRefused."""
    header, pairs = _split(message, OAUTHBEARER)
    found = _HEADER.fullmatch(header)
    if found is None:  # channel binding among the rest (RFC 7628 §3.1: none is offered)
        raise SaslRefused("OAUTHBEARER begins with n,a=USER, or n,,")
    return Bearer(_ESCAPED.sub(_unescape, found[1] or ""), _find_token(pairs, OAUTHBEARER))


def parse_xoauth2(message: bytes) -> Bearer:
    """Reads `user=USER^Aauth=Bearer TOKEN^A^A`. Raises SaslRefused."""
    header, pairs = _split(message, XOAUTH2)
    name, _, identifier = header.partition("=")
    if name != "user" or not identifier:
        raise SaslRefused("XOAUTH2 begins with user=USER")
    return Bearer(identifier, _find_token(pairs, XOAUTH2))


def format_failure(mechanism: str, status: str, scope: str, configuration: str) -> bytes:
    """What a refused program is told before the refusal itself; it answers with one more message, which says nothing.

    status         of the OAuth Extensions Error registry (RFC 7628 §3.2.2)
    configuration  where the program finds how to get another token
    """
    if mechanism == XOAUTH2:
        return json.dumps({"status": "401", "schemes": "bearer", "scope": scope}).encode()
    return json.dumps({"status": status, "scope": scope, "openid-configuration": configuration}).encode()


def _split(message: bytes, mechanism: str) -> tuple[str, list[str]]:
    try:
        header, *pairs = message.decode().split("\x01")
    except UnicodeDecodeError:
        raise SaslRefused(f"{mechanism} takes UTF-8") from None
    if pairs[-2:] != ["", ""] or "\0" in header:
        raise SaslRefused(f"{mechanism} ends with two octets 01 and holds no NUL")
    return header, pairs[:-2]


def _find_token(pairs: list[str], mechanism: str) -> str:
    given = [pair.partition("=")[2] for pair in pairs if pair.partition("=")[0].lower() == "auth"]
    found = _TOKEN.fullmatch(given[0]) if len(given) == 1 else None
    if found is None:
        raise SaslRefused(f"{mechanism} needs auth=Bearer and one token")
    return found[1]


def _unescape(found: re.Match[str]) -> str:
    """A saslname's comma and equals sign (RFC 5801 §4)."""
    if found[1] is None:
        raise SaslRefused("OAUTHBEARER writes = as =3D and a comma as =2C")
    return "," if found[1] == "2C" else "="
