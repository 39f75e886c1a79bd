"""What is counted for the operator, each number declared once; `docs/metrics.md` is printed from here.

No label ever holds what names a person. Counters are of one process and begin at 0 with it, as Prometheus expects;
gauges that are read when they are asked for (`run/metrics`) are of the whole installation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

PREFIX = "corneille_"


@dataclass(frozen=True, slots=True)
class Declared:
    """One number, as the documentation shows it."""

    name: str
    kind: str  # "counter" or "gauge"
    labels: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A gauge's value now, with its labels' values in the order of their declaration."""

    name: str
    value: float
    labels: tuple[str, ...] = ()


_declared: dict[str, Declared] = {}
_counters = CollectorRegistry()
disable_created_metrics()  # type: ignore[no-untyped-call]  # one more series for each counter, which nobody asked for


def _counter(name: str, told: str, *labels: str) -> Counter:
    _declared[name] = Declared(name, "counter", labels, told)
    return Counter(PREFIX + name, told, labels, registry=_counters)


def _gauge(name: str, told: str, *labels: str) -> str:
    _declared[name] = Declared(name, "gauge", labels, told)
    return name


SIGN_INS = _counter(
    "sign_ins", "Tries to sign in that were judged; reason: the exact one, empty when granted.", "door", "decision", "reason"
)
DELIVERIES = _counter(
    "deliveries", "Copies for mail accounts of ours: filed, full (the mail account), refused (anything else).", "outcome"
)
RELAYED = _counter("relayed", "Recipients that the queue has tried: delivered, retry, failed.", "outcome")
TASK_FAULTS = _counter("task_faults", "Runs of the work that the service does by itself that ended in a fault.", "task")

NEWCOMERS = _counter(
    "newcomers",
    "Connections that came, by what became of them: in, full (too many waited), late (waited too long), left (had hung up "
    "meanwhile). standing: of their network: familiar, stranger, suspect.",
    "door",
    "standing",
    "outcome",
)

CONNECTIONS = _gauge("connections", "Conversations open in this process.", "door")
NEWCOMERS_WAITING = _gauge(
    "newcomers_waiting", "Connections that wait to be let in to this process, by the standing of their network.", "standing"
)
QUEUE_RECIPIENTS = _gauge("queue_recipients", "Recipients in the queue, by state: waiting, held.", "state")
QUEUE_OLDEST_S = _gauge("queue_oldest_seconds", "How long the oldest waiting recipient has been in the queue.")
INDEX_BACKLOG = _gauge("index_backlog", "Messages whose words are still to be indexed; a search reads them meanwhile.")
DOCUMENTS_BACKLOG = _gauge("documents_backlog", "Contents whose attached documents are still to be read for searches.")
COMPACTION_AT = _gauge(
    "compaction_at_seconds", "When space of deleted mail was last given back, in seconds since 1970; absent before that."
)
COMPACTION_FREED = _gauge("compaction_freed_bytes", "What compactions have given back in all.")
COMPACTION_WAITING = _gauge("compaction_waiting_bytes", "Octets of deleted mail that are still on the disk.")
DISK_FREE = _gauge("disk_free_bytes", "Free on the disk of the data directory.")
DISK_RESERVE = _gauge("disk_reserve_bytes", "Below this much free, mail is refused for a time.")
CERTIFICATE_S = _gauge(
    "certificate_expires_seconds", "The end of the doors' certificate, or of the first to end, in seconds since 1970."
)
PROBE_OK = _gauge("probe_ok", "1 when the last probe sent and read its mail, else 0; absent before the first.")
PROBE_AT = _gauge("probe_at_seconds", "When the last probe ended, in seconds since 1970.")
PROBE_TOOK = _gauge("probe_took_seconds", "What the last probe took, by step: send, read.", "step")


def list_declared() -> list[Declared]:
    """Every number, by name."""
    return [_declared[name] for name in sorted(_declared)]


def format_metrics(readings: Iterable[Reading]) -> bytes:
    """This process's counters and these gauges, in the text form that Prometheus reads."""
    families: dict[str, GaugeMetricFamily] = {}
    for each in readings:
        told = _declared[each.name]
        family = families.setdefault(each.name, GaugeMetricFamily(PREFIX + each.name, told.told, labels=told.labels))
        family.add_metric(each.labels, each.value)
    gauges = CollectorRegistry()
    gauges.register(_Read(list(families.values())))
    return generate_latest(_counters) + generate_latest(gauges)


class _Read(Collector):
    def __init__(self, families: list[GaugeMetricFamily]) -> None:
        self._families = families

    def collect(self) -> list[GaugeMetricFamily]:
        return self._families
