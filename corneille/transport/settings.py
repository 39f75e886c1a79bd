"""What an operator can set about mail on its way."""

from dataclasses import dataclass
from itertools import pairwise

from corneille.kernel.settings import SettingsRefused, section, setting

TLS_WAYS = ("none", "opportunistic", "starttls", "tls")


@section("transport")
@dataclass(frozen=True, slots=True)
class TransportSettings:
    """Where mail for the outside goes, and how long it is tried."""

    smart_host: str = setting(
        "", "The server that takes all mail for the outside. Empty: each domain's own servers are asked (MX)."
    )
    smart_host_port: int = setting(25, "The smart host's port.")
    smart_host_tls: str = setting(
        "opportunistic",
        "How the smart host is spoken to: none; opportunistic (STARTTLS where it is offered, its certificate "
        "not checked); starttls (refused without it, certificate checked); tls (from the first byte, checked).",
    )
    resolver: str = setting(
        "system",
        "Who answers questions about names: system (the machine's resolvers), zone:FILE (a zone file of yours "
        "and nobody else), or the addresses of resolvers separated by spaces.",
    )
    resolver_timeout_s: float = setting(5.0, "How long one question about a name may take.")
    recipients_per_message: int = setting(
        500, "The most recipients of one message that one of our people sends."
    )
    received_count: int = setting(
        30,
        "A message with more Received lines than this goes round in a loop and is refused (RFC 5321 §6.3).",
    )
    retry_s: tuple[str, ...] = setting(
        ("60", "300", "900", "1800", "3600", "7200", "14400"),
        "Seconds between one try and the next; the last is repeated. The first are short because most outages "
        "are (a server that restarts, a greylist of five minutes); then RFC 5321 §4.5.4.1 asks for 30 minutes "
        "or more.",
    )
    give_up_after_s: int = setting(
        4 * 24 * 3600,
        "After this the writer is told that it failed (RFC 5321 §4.5.4.1 asks for four or five days).",
    )
    warn_after_s: int = setting(
        4 * 3600, "After this the writer is told once that it is late, and still tried."
    )
    sent_letter_days: int = setting(
        30,
        "How long what a person sent from a page is remembered (when, to whom, its key), so that the same form sent "
        "again, from a page kept open for days, does not send it twice. A copy that finds no room in “Sent” is tried "
        "as long.",
    )
    concurrency_count: int = setting(4, "How many messages one process sends at once.")
    lease_s: int = setting(
        1800,
        "How long a process keeps a message that it is sending; longer than any conversation, "
        "so that no other sends it too.",
    )
    connect_timeout_s: float = setting(30.0, "How long a connection to another server may take.")
    reply_timeout_s: float = setting(
        300.0, "How long another server may take for one reply (RFC 5321 §4.5.3.2)."
    )
    data_timeout_s: float = setting(
        600.0, "How long it may take for the reply after the content (§4.5.3.2.6)."
    )

    def check(self) -> None:
        """Raises SettingsRefused when mail could not leave."""
        if self.smart_host_tls not in TLS_WAYS:
            raise SettingsRefused(f"[transport] smart_host_tls: one of {', '.join(TLS_WAYS)}")
        if not self.retry_s or not all(each.isdigit() and int(each) > 0 for each in self.retry_s):
            raise SettingsRefused("[transport] retry_s: whole seconds above 0, at least one")
        if any(int(later) < int(sooner) for sooner, later in pairwise(self.retry_s)):
            raise SettingsRefused("[transport] retry_s: never shorter than the one before")
        if self.sent_letter_days < 1:
            raise SettingsRefused("[transport] sent_letter_days: 1 or more")
        if self.lease_s < self.data_timeout_s + self.reply_timeout_s:
            raise SettingsRefused(
                "[transport] lease_s: more than data_timeout_s and reply_timeout_s together"
            )
