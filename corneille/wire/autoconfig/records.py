"""DNS records by which programs find the servers of a mail domain from an address alone, as lines of a zone."""

from collections.abc import Iterator

from corneille.wire.autoconfig.offer import HTTPS_PORT, Offer

NOT_OFFERED = "0 0 0 ."
"""RFC 6186 §3.4: a target of « . » says that there is none, which spares programs from looking."""


def format_records(offer: Offer, domain: str) -> str:
    """The lines for one domain. RFC 8314 §5.1 and RFC 6186: TLS from the first byte before STARTTLS."""
    return "".join(f"{name}.\tIN\t{kind}\t{value}\n" for name, kind, value in _list_records(offer, domain))


def list_found_names(offer: Offer, domain: str) -> tuple[str, ...]:
    """The names of machines that lead to the portal; none where it stands at a port at which programs do not look."""
    return (f"autoconfig.{domain}", f"autodiscover.{domain}") if offer.portal_port == HTTPS_PORT else ()


def _list_records(offer: Offer, domain: str) -> Iterator[tuple[str, str, str]]:
    imap, submission, portal = offer.imap, offer.submission, offer.portal_host
    yield f"_imaps._tcp.{domain}", "SRV", f"0 1 {imap.tls_port} {imap.host}."
    yield f"_imap._tcp.{domain}", "SRV", f"10 1 {imap.starttls_port} {imap.host}."
    yield f"_submissions._tcp.{domain}", "SRV", f"0 1 {submission.tls_port} {submission.host}."
    yield f"_submission._tcp.{domain}", "SRV", f"10 1 {submission.starttls_port} {submission.host}."
    for missing in ("_pop3", "_pop3s", "_caldav"):  # no POP3; calendars over TLS alone
        yield f"{missing}._tcp.{domain}", "SRV", NOT_OFFERED
    yield f"_caldavs._tcp.{domain}", "SRV", f"0 1 {offer.portal_port} {portal}."
    yield f"_caldavs._tcp.{domain}", "TXT", '"path=/dav/"'  # RFC 6764 §4
    yield f"_autodiscover._tcp.{domain}", "SRV", f"0 0 {offer.portal_port} {portal}."
    for name in list_found_names(offer, domain):
        yield name, "CNAME", f"{portal}."
