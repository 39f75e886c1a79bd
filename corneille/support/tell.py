"""Who is told what of a request, once for each step, by the outbox.

Notices carry no word of the messages, but for what support writes to somebody who may be locked out.
"""

from collections.abc import Iterable
from datetime import datetime

from corneille.access.recovery_contact import list_verified
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.people.decide import Level
from corneille.people.find import find_name
from corneille.support.agents import list_agents
from corneille.support.models import RequestStep, SupportRequest
from corneille.support.route import Matter


def tell_person(code: str, row: SupportRequest, step: RequestStep, now: datetime) -> None:
    """The person who asked."""
    _tell(code, row, step, [AccountId(row.account_id)], now)


def tell_contacts(row: SupportRequest, step: RequestStep, now: datetime) -> None:
    """What an agent wrote, at each contact that the person verified: they may not be able to read it anywhere else."""
    account = AccountId(row.account_id)
    told: dict[str, outbox.Told] = {"request": row.pk, "name": _name(step), outbox.WRITTEN: step.text, "at": now.isoformat()}
    for contact in list_verified(account):
        key = f"request-written/{row.pk}.{step.pk}/{contact.id}"
        outbox.add_notice(account, "request-written", {**told, "contact": contact.id}, now, key=key)


def remind_agents(row: SupportRequest, due_at: datetime, now: datetime, *, everybody: bool) -> None:
    """Who has taken a request that is not answered in time, and later `everybody` at its level: each once."""
    agents = {AccountId(row.agent_id)} if row.agent_id is not None else set()
    key = f"request-overdue/{row.pk}.{int(due_at.timestamp())}"
    wanted = sorted(agents.union(_list_level(row, now) if everybody else ()))
    told: dict[str, outbox.Told] = {"request": row.pk, "name": row.agent.display_name if row.agent else ""}
    outbox.add_notices([each for each in wanted if outbox.is_new(f"{key}/{each}")], "request-overdue", told, now, key=key)


def _list_level(row: SupportRequest, now: datetime) -> list[AccountId]:
    found = list_agents(Matter(row.matter), row.uai, now.date(), but=AccountId(row.account_id))
    return found.get(Level(row.level), [])


def tell_agents(code: str, row: SupportRequest, step: RequestStep, now: datetime) -> None:
    """Who looks after it, else everybody at its level."""
    agents = [AccountId(row.agent_id)] if row.agent_id is not None else _list_level(row, now)
    _tell(code, row, step, agents, now)


def _tell(code: str, row: SupportRequest, step: RequestStep, accounts: Iterable[AccountId], now: datetime) -> None:
    data: dict[str, outbox.Told] = {"request": row.pk, "name": _name(step), "at": now.isoformat()}
    outbox.add_notices(accounts, code, data, now, key=f"{code}/{row.pk}.{step.pk}")


def _name(step: RequestStep) -> str:
    return find_name(AccountId(step.account_id)) if step.account_id is not None else ""
