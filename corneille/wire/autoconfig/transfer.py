"""The QR code by which Thunderbird for Android takes an account over (its « Export for Mobile » format, version 1)."""

import json

from corneille.wire.autoconfig.offer import Offer, Owner, Server

FORMAT, ONE_OF_ONE = 1, [1, 1]
IMAP = SMTP = 0
TLS, PASSWORD = 3, 1


def format_transfer(offer: Offer, owner: Owner, secret: str) -> str:
    """What the square says: servers, person, and the app password, so that nothing is typed."""
    incoming = [*_server(IMAP, offer.imap, owner), f"{offer.name} · {owner.address}", secret]
    outgoing = [*_server(SMTP, offer.submission, owner), secret]
    told = [FORMAT, ONE_OF_ONE, incoming, [[outgoing, [owner.address, owner.name]]]]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _server(protocol: int, server: Server, owner: Owner) -> list[object]:
    return [protocol, server.host, server.tls_port, TLS, PASSWORD, owner.address]
