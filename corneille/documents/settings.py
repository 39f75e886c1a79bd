"""What an operator can set about documents that are shared by links."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("documents")
@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """Documents that go with a letter as links."""

    days_count: int = setting(30, "Days for which a link works unless its sender says otherwise.")
    longest_days_count: int = setting(190, "The most days for which one may be made to work: half a school year.")
    largest_bytes: int = setting(
        100 * 1024**2, "The largest document, in bytes. What a message may hold ([mail] message_bytes) bounds it too."
    )
    quota_bytes: int = setting(1024**3, "How much the documents that one person shares may hold together, in bytes.")
    kept_days_count: int = setting(
        30, "Days after its end in which the sender still sees the count, and who comes late is told that it is over."
    )

    def check(self) -> None:
        """Raises SettingsRefused."""
        if not 1 <= self.days_count <= self.longest_days_count <= 730:
            raise SettingsRefused("[documents] days_count wants 1 to longest_days_count, longest_days_count at most 730")
        if not 1 <= self.largest_bytes <= self.quota_bytes:
            raise SettingsRefused("[documents] largest_bytes wants 1 to quota_bytes")
        if not 1 <= self.kept_days_count <= 366:
            raise SettingsRefused("[documents] kept_days_count wants 1 to 366")
