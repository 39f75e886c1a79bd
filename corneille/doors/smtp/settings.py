"""What an operator can set about the SMTP doors; limits shared with IMAP are in [limits]."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("smtp")
@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Patience and sizes of reception, LMTP and submission."""

    command_timeout_s: float = setting(
        300.0,
        "A connection that says nothing for this long is closed (RFC 5321 §4.5.3.2.7: five minutes at least).",
    )
    session_s: float = setting(
        7200.0,
        "A connection is closed after this, whatever is said on it: a byte a minute must not hold it for ever.",
    )
    recipients_per_message: int = setting(
        1000, "The most recipients of one message; more get 452 and are sent again (RFC 5321 §4.5.3.1.10)."
    )
    messages_per_connection: int = setting(
        1000, "The most messages on one connection; then 421, and connect again."
    )
    content_memory_bytes: int = setting(
        1024**3, "What contents being received may take of this process's memory; beyond it, 452 for a time."
    )

    def check(self) -> None:
        """Raises SettingsRefused when no server could work with it."""
        if self.recipients_per_message < 100:
            raise SettingsRefused("[smtp] recipients_per_message: at least 100 (RFC 5321 §4.5.3.1.8)")
        if self.command_timeout_s <= 0 or self.session_s <= 0:
            raise SettingsRefused("[smtp] command_timeout_s and session_s: above 0")
