"""Which servers mail programs are told: by the page, by what they find by themselves, by DNS."""

from dataclasses import dataclass

from corneille.kernel.settings import section, setting


@section("programs")
@dataclass(frozen=True, slots=True)
class Programs:
    """What people type into mail programs, and what programs find by themselves. Ports are those that people reach."""

    imap_host: str = setting("localhost", "The name of the IMAP server.")
    imap_tls_port: int = setting(993, "IMAP with TLS from the first byte.")
    imap_starttls_port: int = setting(143, "IMAP with STARTTLS.")
    submission_host: str = setting("localhost", "The name of the server that takes outgoing mail.")
    submission_tls_port: int = setting(465, "Submission with TLS from the first byte.")
    submission_starttls_port: int = setting(587, "Submission with STARTTLS.")
