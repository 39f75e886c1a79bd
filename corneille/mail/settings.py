"""What an operator can set about stored mail."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("mail")
@dataclass(frozen=True, slots=True)
class MailSettings:
    """Sizes and memory of the mail store."""

    message_bytes: int = setting(50 * 1024 * 1024, "The largest message that is filed, in bytes.")
    quota_bytes: int = setting(5 * 1024**3, "What a new mail account may hold, in bytes, when nothing else is said.")
    segment_bytes: int = setting(
        256 * 1024 * 1024, "A segment file that has reached this size is closed and another one begun."
    )
    expunged_count: int = setting(
        10_000,
        "How many expunged UIDs each mailbox remembers at least (twice as many at most). A program that was away "
        "for longer is told every UID that is not there, which is right but longer.",
    )
    search_text_bytes: int = setting(
        256 * 1024, "How much of a message's decoded text is kept for searching; the rest of a longer one is not found."
    )
    view_count: int = setting(500, "How many mailboxes' lists of UIDs a process keeps in memory.")
    lock_wait_s: float = setting(
        20.0, "How long a write waits for another process of this machine before it is refused for a time."
    )

    def check(self) -> None:
        """Raises SettingsRefused when a size cannot work."""
        for name, least in (("message_bytes", 1024), ("quota_bytes", 1024), ("segment_bytes", 64 * 1024)):
            if getattr(self, name) < least:
                raise SettingsRefused(f"[mail] {name}: {getattr(self, name)} is too small; at least {least}")
        if self.expunged_count < 1 or self.view_count < 1:
            raise SettingsRefused("[mail] expunged_count and view_count: at least 1")
