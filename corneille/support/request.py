"""Requests as each side sees them, and the gates: what is not there and what is not yours read alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from corneille.access.recovery_contact import list_verified
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people.decide import Level
from corneille.people.establishment import find_establishment_name
from corneille.people.find import find_name
from corneille.support.agents import Scope, find_scopes, list_agents
from corneille.support.decide import REOPEN_WITHIN, Act, State, move
from corneille.support.diagnosis import Diagnosis, read_diagnosis
from corneille.support.models import RequestStep, SupportRequest
from corneille.support.open_request import BLOCKS, LETTER, PERSON, UNPROVED
from corneille.support.route import Matter, climb, is_at_or_above

OF_AGENT = frozenset({Act.TAKE, Act.ANSWER, Act.ASK, Act.SOLVE, Act.ESCALATE})
OF_PERSON = frozenset({Act.REPLY, Act.WITHDRAW, Act.RATE, Act.REOPEN})
LISTED = 100
NOTE = "note"
"""The action of a step that is a word among agents: the page of the person has none of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One request in a list.

    agent   the name of who looks after it, empty while nobody does
    due_at  until when an answer is expected; None: none is owed
    is_unproved  asked for without signing in: whoever wrote it has not proved who they are
    """

    id: int
    matter: Matter
    state: State
    level: Level
    person: str
    establishment: str
    agent: str
    opened_at: datetime
    state_since_at: datetime
    is_by_itself: bool
    due_at: datetime | None
    is_unproved: bool


@dataclass(frozen=True, slots=True)
class StepShown:
    """A message or a change; `who` is empty for what the service did by itself, and for who has left."""

    at: datetime
    action: str
    who: str
    is_agent: bool
    is_by_itself: bool
    state: State
    level: Level
    text: str

    @property
    def is_note(self) -> bool:
        return self.action == NOTE


@dataclass(frozen=True, slots=True)
class Page:
    """One request for one reader, with what they may do.

    agent         who looks after it
    contact_count how many verified contacts of the person what support writes goes to as mail; None: the page is enough
    reopen_until  until when its person may open it again; None: it is open
    """

    line: Line
    account: AccountId
    agent: AccountId | None
    acts: frozenset[Act]
    steps: list[StepShown]
    diagnosis: Diagnosis
    consented_at: datetime | None
    contact_count: int | None
    reopen_until: datetime | None
    satisfaction: str
    satisfaction_word: str


def list_own(account: AccountId) -> list[Line]:
    """One's own requests, the newest first."""
    rows = SupportRequest.objects.filter(account=account).select_related("account", "agent").order_by("-opened_at", "-pk")
    return show_lines(rows[:LISTED])


def open_own(account: AccountId, request: int, now: datetime) -> Page:
    """One's own request. Raises Gone."""
    row = find_own(account, request)
    return _show(row, OF_PERSON, now, with_notes=False)


def open_at_desk(agent: AccountId, request: int, now: datetime) -> Page:
    """A request that this agent may see. Raises Gone."""
    row, scope = find_at_desk(agent, request, now)
    acts = OF_AGENT if scope.may_act(Level(row.level)) else frozenset()
    if acts and find_next_level(row, now) is None:
        acts -= {Act.ESCALATE}
    return _show(row, acts, now, with_notes=True)


def find_own(account: AccountId, request: int, *, held: bool = False) -> SupportRequest:
    """The row of one's own request; `held` until the transaction ends. Raises Gone."""
    rows = SupportRequest.objects.select_for_update() if held else SupportRequest.objects.all()
    row = rows.filter(pk=request, account=account).first()
    if row is None:
        raise Gone(request=request)
    return row


def find_at_desk(agent: AccountId, request: int, now: datetime, *, held: bool = False) -> tuple[SupportRequest, Scope]:
    """The row, and what of the agent's scopes shows it, the widest. Raises Gone."""
    rows = SupportRequest.objects.select_for_update() if held else SupportRequest.objects.all()
    row = rows.filter(pk=request).first()
    scopes = find_scopes(agent, now.date()) if row is not None else ()
    scope = next((each for each in scopes if row is not None and is_seen(row, each)), None)
    if row is None or scope is None:
        raise Gone(request=request)
    return row, scope


def is_seen(row: SupportRequest, scope: Scope) -> bool:
    """Whether an agent sees it: somebody of theirs, a matter of theirs, never below where it began, never their own."""
    return (
        row.account_id != scope.account
        and scope.covers(row.uai)
        and Matter(row.matter) in scope.matters
        and is_at_or_above(scope.level, Level(row.first_level))
    )


def find_next_level(row: SupportRequest, now: datetime) -> Level | None:
    """Who comes after the present level; None: there is nobody above."""
    reachable = list_agents(Matter(row.matter), row.uai, now.date(), but=AccountId(row.account_id))
    return climb(Level(row.level), reachable)


def show_lines(rows: Iterable[SupportRequest]) -> list[Line]:
    """In the order given; each establishment's name is asked for once."""
    given = list(rows)
    names = {uai: find_establishment_name(uai) if uai else "" for uai in {row.uai for row in given}}
    return [
        Line(
            row.pk, Matter(row.matter), State(row.state), Level(row.level), row.account.display_name, names[row.uai],
            row.agent.display_name if row.agent else "", row.opened_at, row.state_since_at, row.origin in {BLOCKS, LETTER},
            row.due_at, row.origin == UNPROVED,
        )
        for row in given
    ]  # fmt: skip


def _show(row: SupportRequest, wanted: frozenset[Act], now: datetime, *, with_notes: bool) -> Page:
    state, is_taken = State(row.state), row.agent_id is not None
    fitting = {act for act in wanted if move(act, state, is_taken=is_taken, over_at=row.over_at, now=now) is not None}
    if row.satisfaction:
        fitting -= {Act.RATE}
    steps = RequestStep.objects.filter(request=row).order_by("pk")
    if not with_notes:
        steps = steps.exclude(action=NOTE)
    names: dict[int, str] = {}
    return Page(
        line=show_lines([row])[0], account=AccountId(row.account_id),
        agent=AccountId(row.agent_id) if row.agent_id is not None else None, acts=frozenset(fitting),
        steps=[_show_step(each, names) for each in steps], diagnosis=read_diagnosis(row.diagnosis),
        consented_at=row.consented_at,
        contact_count=len(list_verified(AccountId(row.account_id))) if row.origin != PERSON else None,
        reopen_until=row.over_at + REOPEN_WITHIN if row.over_at is not None else None,
        satisfaction=row.satisfaction, satisfaction_word=row.satisfaction_word,
    )  # fmt: skip


def _show_step(row: RequestStep, names: dict[int, str]) -> StepShown:
    if row.account_id is not None and row.account_id not in names:
        names[row.account_id] = find_name(AccountId(row.account_id))
    who = names[row.account_id] if row.account_id is not None else ""
    is_by_itself = row.account_id is None and not row.is_agent  # a person who leaves takes their requests along
    return StepShown(row.at, row.action, who, row.is_agent, is_by_itself, State(row.state), Level(row.level), row.text)
