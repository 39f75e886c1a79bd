"""What a page shows of a proof that was refused (`portal/_refusal.html`)."""

from collections.abc import Callable

from django.http import HttpRequest

from corneille.access.attempt import Outcome
from corneille.access.decide import Refused
from corneille.access.reason import WayOut
from corneille.desk.cause import choose_cause
from corneille.desk.diagnose import diagnose
from corneille.desk.ruling import RULED
from corneille.doors.web.cookies import DEVICE_COOKIE
from corneille.doors.web.help.ruling import RulingShown, show_ruling
from corneille.kernel import clock


def describe_refusal(
    request: HttpRequest, outcome: Outcome, explain: Callable[[Refused], tuple[str, str]]
) -> dict[str, object]:
    """For the template's context; nothing where it was not refused. `explain` gives its title and its text."""
    refused = outcome.decision
    if not isinstance(refused, Refused):
        return {}
    title, told = explain(refused)
    return {
        "title": title, "told": told, "until": refused.until, "reference": outcome.reference,
        "ruling": _find_ruling(request, refused, outcome.reference),
        "is_for_support": refused.way_out[:1] == (WayOut.SUPPORT,) or WayOut.RIGHTS in refused.way_out,
    }  # fmt: skip


def _find_ruling(request: HttpRequest, refused: Refused, reference: str) -> RulingShown | None:
    """Who decided, why and until when, where the refusal itself tells that somebody did."""
    if choose_cause(refused.reason) not in RULED:
        return None
    found = diagnose(reference, viewer=None, device=request.COOKIES.get(DEVICE_COOKIE), now=clock.now())
    return show_ruling(found.ruling) if found is not None else None
