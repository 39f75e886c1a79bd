"""What this installation offers to mail programs, for the page, for what they find by themselves and for the DNS."""

from corneille.access.program_settings import Programs
from corneille.kernel.settings import Ground, of, portal_address
from corneille.people.address import list_domains
from corneille.wire.autoconfig.offer import Offer, Server


def read_offer() -> Offer:
    """From the settings and the domains as they are now."""
    programs, ground = of(Programs), of(Ground)
    return Offer(
        ground.academie,
        tuple(list_domains()) or (ground.domain,),
        Server(programs.imap_host, programs.imap_tls_port, programs.imap_starttls_port),
        Server(programs.submission_host, programs.submission_tls_port, programs.submission_starttls_port),
        portal_address(),
    )
