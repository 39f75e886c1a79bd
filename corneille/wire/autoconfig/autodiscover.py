"""Microsoft's Autodiscover: « plain old XML » (MS-OXDSCLI) for IMAP and SMTP, and the JSON that leads to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corneille.wire.autoconfig.offer import Offer
from corneille.wire.dav.tree import BadRequest, format_xml, make, parse_xml, text_of

REQUEST = "{http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006}"
ENVELOPE = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
OUTLOOK = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"
INVALID_REQUEST, NO_PROVIDER = "600", "601"
JSON_PROTOCOL = "AutodiscoverV1"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose settings, and in which words; an empty `schema`: it does not say."""

    address: str
    schema: str


def parse_asked(content: bytes) -> Asked | None:
    """What a program asks for; None when it is not understood."""
    try:
        root = parse_xml(content)
    except BadRequest:
        return None
    address = text_of(root.find(f"{REQUEST}Request/{REQUEST}EMailAddress"))
    return (
        Asked(address, text_of(root.find(f"{REQUEST}Request/{REQUEST}AcceptableResponseSchema"))) if "@" in address else None
    )


def format_settings(offer: Offer, asked: Asked | None) -> bytes:
    """The answer, the same for an address that exists and for one that does not."""
    if asked is None:
        return _refuse(INVALID_REQUEST, "Invalid Request")
    if asked.schema not in {"", OUTLOOK}:  # phones ask for ActiveSync, which is not offered
        return _refuse(NO_PROVIDER, "Provider is not available")
    account = make(
        "Account",
        make("AccountType", text="email"),
        make("Action", text="settings"),
        _protocol("IMAP", offer.imap.host, offer.imap.tls_port, asked.address),
        _protocol("SMTP", offer.submission.host, offer.submission.tls_port, asked.address),
    )
    return _envelope(make("Response", account, xmlns=OUTLOOK))


def format_way(url: str, protocol: str) -> tuple[int, Mapping[str, str]]:
    """Status and JSON: where the XML is, for who asks for it; nothing else is offered."""
    if protocol.lower() != JSON_PROTOCOL.lower():
        told = f"The given protocol value '{protocol[:40]}' is invalid. Supported values are '{JSON_PROTOCOL}'."
        return 400, {"ErrorCode": "InvalidProtocol", "ErrorMessage": told}
    return 200, {"Protocol": JSON_PROTOCOL, "Url": url}


def _protocol(kind: str, host: str, port: int, address: str) -> Element:
    values = {
        "Type": kind, "Server": host, "Port": str(port), "LoginName": address, "DomainRequired": "off",
        "SPA": "off",  # else Outlook tries NTLM
        "SSL": "on", "Encryption": "TLS", "AuthRequired": "on",
    }  # fmt: skip
    if kind == "SMTP":
        values |= {"UsePOPAuth": "off", "SMTPLast": "off"}
    return make("Protocol", *(make(name, text=value) for name, value in values.items()))


def _refuse(code: str, told: str) -> bytes:
    error = make("Error", make("ErrorCode", text=code), make("Message", text=told), make("DebugData"))
    return _envelope(make("Response", error))


def _envelope(response: Element) -> bytes:
    return format_xml(make("Autodiscover", response, xmlns=ENVELOPE))
