"""Who is told what of an incident, once each, by the outbox."""

from collections.abc import Iterable
from datetime import datetime

from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.protection.models import Incident, Report


def tell_verdict(report: Report, now: datetime, *, turn: int) -> None:
    """What a reported message was; `turn` numbers the verdicts: one that is changed, or changed back, is told again."""
    incident = report.incident
    told = {**_data(incident), "subject": report.title or incident.title}
    code = f"report-was-{incident.verdict}"
    key = f"{code}/{report.pk}.{turn}/{report.account_id}"
    outbox.add_notice(AccountId(report.account_id), code, told, now, key=key)


def tell_thanks(report: Report, now: datetime) -> None:
    """That it has arrived, and that an answer will come; once for all that the person has waiting in one incident."""
    waiting = Report.objects.filter(incident=report.incident_id, account=report.account_id, verdict="")
    if waiting.exclude(pk=report.pk).exists():
        return
    told = {**_data(report.incident), "subject": report.title or report.incident.title}
    outbox.add_notice(AccountId(report.account_id), "report-thanks", told, now, key=f"report-thanks/{report.pk}")


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
        "is_refused": incident.traits.filter(is_refused=True).exists(),
    }
