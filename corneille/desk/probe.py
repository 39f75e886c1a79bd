"""What the last end-to-end probe found: one mail sent and read, as somebody outside would."""

from dataclasses import dataclass
from datetime import datetime

from corneille.desk.models import LastProbe


@dataclass(frozen=True, slots=True)
class Probed:
    """One probe; `fault` says, for operators, which step failed and how, and is empty when it went well."""

    at: datetime
    send_ms: int
    read_ms: int
    fault: str = ""

    @property
    def is_ok(self) -> bool:
        return not self.fault


def note_probe(probed: Probed) -> None:
    """Keeps it in place of the one before."""
    told = {"at": probed.at, "send_ms": probed.send_ms, "read_ms": probed.read_ms, "fault": probed.fault[:500]}
    LastProbe.objects.update_or_create(pk=1, defaults=told)


def find_last() -> Probed | None:
    """The last one; None before the first."""
    row = LastProbe.objects.filter(pk=1).first()
    return None if row is None else Probed(row.at, row.send_ms, row.read_ms, row.fault)
