"""What an operator can set about the IMAP door."""

from dataclasses import dataclass

from corneille.kernel.settings import section, setting


@section("imap")
@dataclass(frozen=True, slots=True)
class ImapSettings:
    """The IMAP door."""

    help_url: str = setting(
        "", "Where a person whose sign-in was refused finds help; written in the refusal. Empty: no address is written."
    )
