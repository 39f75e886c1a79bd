"""What an agent does with a request: takes it, answers, asks, says that it is solved. Each tells the person."""

from datetime import datetime

from django.db import transaction

from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people.decide import Level
from corneille.support.decide import Act
from corneille.support.models import SupportRequest
from corneille.support.open_request import PERSON
from corneille.support.request import find_at_desk
from corneille.support.step import advance, check_text
from corneille.support.tell import tell_contacts, tell_person

TOLD = {Act.TAKE: "request-taken", Act.ANSWER: "request-answered", Act.ASK: "request-asked", Act.SOLVE: "request-solved"}


@transaction.atomic
def answer(agent: AccountId, request: int, act: Act, text: str, now: datetime) -> None:
    """One act of an agent, who looks after it from then on. Raises Gone, RequestRefused.

    act   TAKE, ANSWER, ASK or SOLVE
    text  may be empty to take it, and to solve it
    """
    told = check_text(text, may_be_empty=act in {Act.TAKE, Act.SOLVE})
    row = hold_to_act(agent, request, now)
    row.agent_id = agent
    step = advance(row, act, now, by=agent, is_agent=True, text=told)
    tell_person(TOLD[act], row, step, now)
    if row.origin != PERSON and told:
        tell_contacts(row, step, now)


def hold_to_act(agent: AccountId, request: int, now: datetime) -> SupportRequest:
    """The row, held, for an agent who may act on it: at its level or above. Raises Gone."""
    row, scope = find_at_desk(agent, request, now, held=True)
    if not scope.may_act(Level(row.level)):
        raise Gone(request=request)
    return row
