"""Incidents as those see them who may: the queue, one incident's page, and one's own reports."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, When

from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.mail.withhold import list_withheld
from corneille.people.whereabouts import Whereabouts, list_whereabouts, works_at
from corneille.protection.campaign import list_copies, list_discarded, list_kin
from corneille.protection.cut_off_writer import find_writer_to_cut_off
from corneille.protection.entitled import Entitled, find_entitled
from corneille.protection.letters import Letter, list_letters
from corneille.protection.models import PHISHING, Incident, Receiver, Removal, Report, Step
from corneille.protection.touched import list_touched

QUEUE_COUNT = 100
_WAITS = Q(verdict="") | Exists(Report.objects.filter(incident=OuterRef("pk"), verdict=""))
KIN = 5
OPEN_STEPS = ("judged", "removed", "restored", "closed")
"""What everybody whom it touches may know was done; who was cut off is nobody else's."""
NAMES = 50
"""People shown by name for one establishment."""


@dataclass(frozen=True, slots=True)
class Line:
    """One incident in a list; `advice` in the reader's language; `waits`: something reported is not judged."""

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
    waits: bool


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
class Own:
    """An incident for somebody whom it touches; `steps`: what was done about it, the first first, without who did it."""

    line: Line
    steps: list[StepShown]


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
class MarkShown:
    """By what messages are known; `is_new`: what brought it is not judged yet."""

    code: str
    is_refused: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One incident for one reader. `letters`, `traits`, `kin` and `writer` are for officers alone.

    copy_count, discarded_count  copies that lie in a mailbox now; that their owners have deleted and could put back
    more_count   letters that are not shown
    last_report  the last one that this page knows of
    kin     incidents with a mark in common
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
    letters: list[Letter]
    more_count: int
    last_report: int
    traits: list[MarkShown]
    kin: list[Line]
    writer: str


def list_incidents(
    account: AccountId, now: datetime, language: str, *, closed: bool = False, start: int = 0
) -> list[Line]:
    """The queue from its `start` on: what waits for a verdict first, then the newest. Raises Gone for who may not see it."""
    entitled = find_entitled(account, now.date())
    if entitled is None:
        raise Gone(page="incidents")
    rows = _counted(_visible(entitled, now.date()).filter(closed_at__isnull=not closed))
    ordered = rows.order_by(F("waits").desc(), "-opened_at", "-pk")
    return [_line(row, language) for row in ordered[start : start + QUEUE_COUNT]]


def count_to_judge(account: AccountId, now: datetime) -> int | None:
    """How many wait for a verdict, of those that this account may see; None: it may see none."""
    entitled = find_entitled(account, now.date())
    return None if entitled is None else _visible(entitled, now.date()).filter(_WAITS, closed_at=None).count()


def open_incident(account: AccountId, incident: int, now: datetime, language: str) -> Page:
    """One incident. Raises Gone when there is none, or none that touches what this account looks after."""
    entitled = find_entitled(account, now.date())
    row = None if entitled is None else _counted(_visible(entitled, now.date()).filter(pk=incident)).first()
    if entitled is None or row is None:
        raise Gone(incident=incident)
    letters, more_count = list_letters(row) if entitled.may_act else ([], 0)
    writer = find_writer_to_cut_off(row) if entitled.may_act else None
    return Page(
        line=_line(row, language), may_act=entitled.may_act, french_advice=row.french_advice,
        english_advice=row.english_advice, touched=_list_touched(row, entitled, now.date()),
        steps=_list_steps(row), removals=_list_removals(row),
        copy_count=sum(len(some) for some in list_copies(incident)), discarded_count=len(list_discarded(incident)),
        letters=letters, more_count=more_count,
        last_report=row.reports.order_by("-pk").values_list("pk", flat=True).first() or 0,
        traits=_list_marks(row) if entitled.may_act else [],
        kin=[_line(each, language) for each in _counted(list_kin(incident))[:KIN]] if entitled.may_act else [],
        writer=writer.display_name if writer is not None else "",
    )  # fmt: skip


def list_own(account: AccountId, language: str) -> tuple[list[Own], list[Own]]:
    """What one has reported, by the subject of one's own letter, and what came to one that was found to be phishing."""
    reports = Report.objects.filter(account=account)
    received = Receiver.objects.filter(account=account).values("incident_id")
    mine = _counted(Incident.objects.filter(pk__in=reports.values("incident_id")))
    unreported = Incident.objects.exclude(pk__in=reports.values("incident_id"))
    others = _counted(unreported.filter(pk__in=received, verdict=PHISHING))
    titles = dict(reports.order_by("pk").values_list("incident_id", "title"))
    waiting = set(reports.filter(verdict="").values_list("incident_id", flat=True))
    reported = []
    for own in _list_own(mine, language):
        line = replace(own.line, waits=own.line.id in waiting)
        title = titles[line.id] or line.title
        if title != line.title:  # another letter of the campaign, perhaps by another sender
            line = replace(line, title=title, sender_name="", sender_address="")
        reported.append(replace(own, line=line))
    return reported, _list_own(others, language)


def _list_own(rows: "QuerySet[Incident]", language: str) -> list[Own]:
    lines = [_line(row, language) for row in rows.order_by("-pk")[:QUEUE_COUNT]]
    steps: dict[int, list[StepShown]] = {}
    for each in Step.objects.filter(incident__in=[line.id for line in lines], action__in=OPEN_STEPS).order_by("pk"):
        steps.setdefault(each.incident_id, []).append(StepShown(each.at, each.action, "", each.data))
    return [Own(line, steps.get(line.id, [])) for line in lines]


def _visible(entitled: Entitled, on: date) -> "QuerySet[Incident]":
    """What touches the places that somebody looks after: chosen by the database, before anything is counted or cut."""
    if entitled.places is None:
        return Incident.objects.all()
    here = works_at(entitled.places, on)
    reported = Report.objects.filter(here, incident=OuterRef("pk"))
    received = Receiver.objects.filter(here, incident=OuterRef("pk"))
    return Incident.objects.filter(Exists(reported) | Exists(received))


def _counted(rows: "QuerySet[Incident]") -> "QuerySet[Incident]":
    counted = rows.annotate(report_count=Count("reports__account", distinct=True), last_at=Max("reports__at"))
    return counted.annotate(waits=Case(When(_WAITS, then=True), default=False))


def _line(row: Incident, language: str) -> Line:
    advice = row.english_advice or row.french_advice if language == "en" else row.french_advice or row.english_advice
    counted: dict[str, object] = row.__dict__  # what `_counted` added
    last_at, report_count, waits = counted["last_at"], counted["report_count"], bool(counted["waits"])
    assert isinstance(report_count, int)
    return Line(
        row.pk, row.title, row.sender_name, row.sender_address, row.opened_at,
        last_at if isinstance(last_at, datetime) else row.opened_at, row.verdict, row.closed_at, report_count, advice, waits,
    )  # fmt: skip


def _list_steps(row: Incident) -> list[StepShown]:
    return [
        StepShown(each.at, each.action, each.account.display_name if each.account else "", each.data)
        for each in row.steps.select_related("account").order_by("-pk")
    ]


def _list_marks(row: Incident) -> list[MarkShown]:
    rows = row.traits.order_by("mark").values_list("mark", "is_refused", "report__verdict")
    return [MarkShown(mark, is_refused, verdict == "") for mark, is_refused, verdict in rows]


def _list_touched(row: Incident, entitled: Entitled, on: date) -> list[Touched]:
    """By establishment, those alone that the reader looks after."""
    reporters = set(row.reports.values_list("account_id", flat=True))
    places = list_whereabouts([AccountId(each) for each in sorted(list_touched(row))], on)
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


def _list_removals(row: Incident) -> list[RemovalShown]:
    def count(state: str) -> Count:
        return Count("copies", filter=Q(copies__state=state))

    removals = Removal.objects.filter(incident=row).annotate(
        out=count("removed"), back=count("restored"), stuck=Count("copies", filter=~Q(copies__problem=""))
    )
    told = removals.order_by("-pk").values_list("pk", "state", "asked_at", "out", "back", "stuck")
    return [RemovalShown(*each, len(list_withheld(each[0]))) for each in told]
