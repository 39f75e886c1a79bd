"""Incidents as those see them who may: the queue, one incident's page, and one's own reports."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.mail.withhold import list_withheld
from corneille.people.whereabouts import Whereabouts, list_whereabouts
from corneille.protection import evidence
from corneille.protection.campaign import list_copies, list_discarded
from corneille.protection.cut_off_writer import find_writer_to_cut_off
from corneille.protection.entitled import Entitled, find_entitled
from corneille.protection.judge import Sign
from corneille.protection.models import Incident, Receiver, Removal, Report
from corneille.protection.warn import warn
from corneille.wire.html.to_text import to_text
from corneille.wire.mime.attachments import choose_bodies
from corneille.wire.mime.scan import scan
from corneille.wire.mime.text import decode_text

QUEUE_COUNT = 100
EXCERPT_CHARS = 3000
NAMES = 50
"""People shown by name for one establishment."""


@dataclass(frozen=True, slots=True)
class Line:
    """One incident in a list; `advice` in the reader's language."""

    id: int
    title: str
    sender_name: str
    sender_address: str
    opened_at: datetime
    last_at: datetime
    verdict: str
    closed_at: datetime | None
    report_count: int
    advice: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What happened at one establishment; `reporters` are among those who have or had the message."""

    establishment: str
    uai: str
    people_count: int
    names: tuple[str, ...]
    reporter_count: int


@dataclass(frozen=True, slots=True)
class StepShown:
    """`data` as the step kept it; `who` is empty for what the service did by itself."""

    at: datetime
    action: str
    who: str
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class RemovalShown:
    """A removal: its state, how many copies are out, back, or have a problem; it runs when it is asked for.

    withheld_count  copies that people had deleted before, and cannot put back as long as it stands
    """

    id: int
    state: str
    asked_at: datetime
    removed_count: int
    restored_count: int
    problem_count: int
    withheld_count: int

    @property
    def is_running(self) -> bool:
        return self.state in {"asked", "undo"}


@dataclass(frozen=True, slots=True)
class Page:
    """One incident for one reader. `excerpt`, `signs`, `traits` and `writer` are for officers alone.

    copy_count, discarded_count  copies that lie in a mailbox now; that their owners have deleted and could put back
    writer  who wrote it from here, whose account may be closed
    """

    line: Line
    may_act: bool
    french_advice: str
    english_advice: str
    touched: list[Touched]
    steps: list[StepShown]
    removals: list[RemovalShown]
    copy_count: int
    discarded_count: int
    signs: tuple[Sign, ...]
    excerpt: str
    traits: list[tuple[str, bool]]
    writer: str


def list_incidents(account: AccountId, now: datetime, language: str, *, closed: bool = False) -> list[Line]:
    """The queue: those still to judge first, then the newest. Raises Gone for who is not entitled."""
    entitled = _check(account, now)
    rows = Incident.objects.filter(closed_at__isnull=not closed)
    lines = [_line(row, language) for row in _counted(rows).order_by("verdict", "-opened_at")[:QUEUE_COUNT]]
    if entitled.places is None:
        return lines
    seen = [line for line in lines if _sees(entitled, line.id, now.date())]
    return sorted(seen, key=lambda line: bool(line.verdict))


def count_to_judge(account: AccountId, now: datetime) -> int | None:
    """How many wait for a verdict, of those that this account may see; None: it may see none."""
    if find_entitled(account, now.date()) is None:
        return None
    return sum(1 for line in list_incidents(account, now, "fr") if not line.verdict)


def open_incident(account: AccountId, incident: int, now: datetime, language: str) -> Page:
    """One incident. Raises Gone when there is none, or none that touches what this account looks after."""
    entitled = _check(account, now)
    row = _counted(Incident.objects.filter(pk=incident)).first()
    if row is None or not (entitled.places is None or _sees(entitled, incident, now.date())):
        raise Gone(incident=incident)
    excerpt, signs = _read_sample(row) if entitled.may_act else ("", ())
    writer = find_writer_to_cut_off(row) if entitled.may_act else None
    return Page(
        line=_line(row, language), may_act=entitled.may_act, french_advice=row.french_advice,
        english_advice=row.english_advice, touched=_list_touched(row, entitled, now.date()),
        steps=[
            StepShown(each.at, each.action, each.account.display_name if each.account else "", each.data)
            for each in row.steps.select_related("account").order_by("-pk")
        ],
        removals=_list_removals(row), copy_count=sum(len(some) for some in list_copies(incident)),
        discarded_count=len(list_discarded(incident)),
        signs=signs, excerpt=excerpt,
        traits=list(row.traits.order_by("mark").values_list("mark", "is_refused")) if entitled.may_act else [],
        writer=writer.display_name if writer is not None else "",
    )  # fmt: skip


def list_own(account: AccountId, language: str) -> tuple[list[Line], list[Line]]:
    """What one has reported, and what came to one and was found to be phishing without one's report."""
    reported = Report.objects.filter(account=account).values("incident_id")
    received = Receiver.objects.filter(account=account).values("incident_id")
    mine = _counted(Incident.objects.filter(pk__in=reported)).order_by("-pk")[:QUEUE_COUNT]
    others = _counted(Incident.objects.filter(pk__in=received, verdict="phishing").exclude(pk__in=reported))
    return [_line(row, language) for row in mine], [_line(row, language) for row in others.order_by("-pk")[:QUEUE_COUNT]]


def _check(account: AccountId, now: datetime) -> Entitled:
    entitled = find_entitled(account, now.date())
    if entitled is None:
        raise Gone(page="incidents")
    return entitled


def _counted(rows: "QuerySet[Incident]") -> "QuerySet[Incident]":
    return rows.annotate(report_count=Count("reports", distinct=True), last_at=Max("reports__at"))


def _line(row: Incident, language: str) -> Line:
    advice = row.english_advice or row.french_advice if language == "en" else row.french_advice or row.english_advice
    counted: dict[str, object] = row.__dict__  # what `_counted` added
    last_at, report_count = counted["last_at"], counted["report_count"]
    assert isinstance(report_count, int)
    return Line(
        row.pk, row.title, row.sender_name, row.sender_address, row.opened_at,
        last_at if isinstance(last_at, datetime) else row.opened_at, row.verdict, row.closed_at, report_count, advice,
    )  # fmt: skip


def _list_places(incident: int, on: date) -> tuple[list[Whereabouts], set[int]]:
    """Where everybody works who got it or reported it; and who reported it."""
    reporters = set(Report.objects.filter(incident=incident).values_list("account_id", flat=True))
    receivers = set(Receiver.objects.filter(incident=incident).values_list("account_id", flat=True))
    return list_whereabouts([AccountId(each) for each in sorted(reporters | receivers)], on), reporters


def _sees(entitled: Entitled, incident: int, on: date) -> bool:
    return any(entitled.sees(each.uai) for each in _list_places(incident, on)[0])


def _list_touched(row: Incident, entitled: Entitled, on: date) -> list[Touched]:
    """By establishment, those alone that the reader looks after."""
    places, reporters = _list_places(row.pk, on)
    by_uai: dict[str, list[Whereabouts]] = {}
    for each in places:
        if entitled.sees(each.uai):
            by_uai.setdefault(each.uai, []).append(each)
    return [
        Touched(
            some[0].establishment, uai, len(some), tuple(each.name for each in some[:NAMES]),
            sum(1 for each in some if each.account in reporters),
        )
        for uai, some in by_uai.items()
    ]  # fmt: skip


def _read_sample(row: Incident) -> tuple[str, tuple[Sign, ...]]:
    """The words of the first report, and what is wrong with it."""
    first = row.reports.order_by("pk").first()
    if first is None:
        return "", ()
    content = evidence.read(first.content)
    root = scan(content)
    bodies = choose_bodies(content, root)
    if bodies.plain is not None:
        text = decode_text(content, bodies.plain)
    else:
        text = to_text(decode_text(content, bodies.html)) if bodies.html is not None else ""
    return text.strip()[:EXCERPT_CHARS], warn(None, content, root).signs


def _list_removals(row: Incident) -> list[RemovalShown]:
    def count(state: str) -> Count:
        return Count("copies", filter=Q(copies__state=state))

    removals = Removal.objects.filter(incident=row).annotate(
        out=count("removed"), back=count("restored"), stuck=Count("copies", filter=~Q(copies__problem=""))
    )
    told = removals.order_by("-pk").values_list("pk", "state", "asked_at", "out", "back", "stuck")
    return [RemovalShown(*each, len(list_withheld(each[0]))) for each in told]
