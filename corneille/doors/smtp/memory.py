"""What the contents being received take of this process's memory, together."""

from corneille.doors.smtp.settings import SmtpSettings
from corneille.kernel.settings import of


class Memory:
    """A count that all conversations share; it holds nothing itself."""

    def __init__(self) -> None:
        self._used_bytes = 0

    def take(self, size_bytes: int) -> bool:
        """Counts; false, and nothing counted, when there would be too much."""
        if self._used_bytes + size_bytes > of(SmtpSettings).content_memory_bytes:
            return False
        self._used_bytes += size_bytes
        return True

    def give_back(self, size_bytes: int) -> None:
        self._used_bytes -= size_bytes
