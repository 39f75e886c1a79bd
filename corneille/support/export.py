"""One's own requests for the copy of one's data: all that was written, the notes among agents too, marked as such."""

from dataclasses import dataclass
from datetime import datetime

from corneille.kernel.ids import AccountId
from corneille.people.find import find_name
from corneille.support.models import RequestStep, SupportRequest
from corneille.support.request import NOTE


@dataclass(frozen=True, slots=True)
class StepExported:
    """`by`: who did it for support, or the person; empty for what the service did."""

    at: datetime
    action: str
    by: str
    is_internal_note: bool
    text: str


@dataclass(frozen=True, slots=True)
class RequestExported:
    """One request, with the diagnosis that went with it."""

    id: int
    matter: str
    state: str
    opened_at: datetime
    diagnosis: object
    satisfaction: str
    satisfaction_word: str
    steps: list[StepExported]


def export_requests(account: AccountId) -> list[RequestExported]:
    """All that are kept, the oldest first."""
    return [
        RequestExported(
            row.pk, row.matter, row.state, row.opened_at, row.diagnosis, row.satisfaction, row.satisfaction_word,
            [_show(each) for each in row.steps.order_by("pk")],
        )
        for row in SupportRequest.objects.filter(account=account).order_by("pk")
    ]  # fmt: skip


def _show(row: RequestStep) -> StepExported:
    by = find_name(AccountId(row.account_id)) if row.account_id is not None else ""
    return StepExported(row.at, row.action, by, row.action == NOTE, row.text)
