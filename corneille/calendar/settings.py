"""What an operator can set about agendas: how much one may hold, and what one request may cost."""

from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting


@section("calendar")
@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """Agendas, and CalDAV programs."""

    object_bytes: int = setting(512 * 1024, "The largest event or task that is kept, in bytes.")
    objects_count: int = setting(20_000, "How many events and tasks one agenda holds.")
    calendars_count: int = setting(50, "How many agendas of their own a person may make.")
    instances_count: int = setting(
        5_000, "How many occurrences one question may unfold; a longer answer is refused, never cut in silence."
    )
    shares_count: int = setting(100, "With how many people and groups one agenda is shared.")
    feeds_count: int = setting(20, "How many private addresses (.ics) one agenda has at once.")
    changes_days_count: int = setting(
        365, "How long a removal is remembered: a program that was away for longer reads its agenda anew."
    )
    request_bytes: int = setting(2 * 1024 * 1024, "The largest CalDAV request that is not an event.")
    remembered_s: int = setting(
        120, "How long a CalDAV program that has just signed in need not be checked again; a revoked one is refused at once."
    )

    def check(self) -> None:
        """Raises SettingsRefused where nothing could be kept."""
        counts = (self.objects_count, self.calendars_count, self.instances_count, self.changes_days_count)
        if min(counts) < 1 or self.object_bytes < 1024 or self.request_bytes < 4096:
            raise SettingsRefused("[calendar] counts want 1 or more, object_bytes 1024, request_bytes 4096")
