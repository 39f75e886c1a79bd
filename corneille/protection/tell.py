"""Who is told what of an incident, once each, by the outbox."""

from collections.abc import Iterable
from datetime import datetime

from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.protection.models import Incident


def tell_verdict(incident: Incident, account: AccountId, now: datetime) -> None:
    """What a reported message was; a verdict that is changed is told again."""
    code = f"report-was-{incident.verdict}"
    outbox.add_notice(account, code, _data(incident), now, key=f"{code}/{incident.pk}/{account}")


def tell_all(code: str, incident: Incident, accounts: Iterable[int], now: datetime, turn: int = 0) -> None:
    """The same to many; `turn` numbers what may happen more than once to one incident."""
    told = [AccountId(account) for account in sorted(set(accounts))]
    outbox.add_notices(told, code, _data(incident), now, key=f"{code}/{incident.pk}.{turn}")


def _data(incident: Incident) -> dict[str, outbox.Told]:
    return {
        "subject": incident.title,
        "sender": incident.sender_address,
        "incident": incident.pk,
        "french_advice": incident.french_advice,
        "english_advice": incident.english_advice,
    }
