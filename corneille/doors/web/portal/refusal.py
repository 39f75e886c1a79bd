"""What a page shows of a proof that was refused (`portal/_refusal.html`)."""

from collections.abc import Callable

from corneille.access.attempt import Outcome
from corneille.access.decide import Refused


def describe_refusal(outcome: Outcome, explain: Callable[[Refused], tuple[str, str]]) -> dict[str, object]:
    """For the template's context; nothing where it was not refused. `explain` gives its title and its text."""
    refused = outcome.decision
    if not isinstance(refused, Refused):
        return {}
    title, told = explain(refused)
    return {"title": title, "told": told, "until": refused.until, "reference": outcome.reference}
