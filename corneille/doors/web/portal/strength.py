"""How strong a password is while it is typed, as JSON for the page's script. The form is judged again when it is sent.

Each question costs some milliseconds of estimation, so everybody has so many in a minute (`[web] strength_per_minute`);
beyond, the answer says when to ask again, and the page waits for that by itself.
"""

import math
import threading
from collections import OrderedDict, deque

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from corneille.access.password import judge_password
from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.portal import words
from corneille.doors.web.portal.password import TICKET
from corneille.doors.web.portal.sign_in import SECRET_LENGTH, TOO_MANY_REQUESTS
from corneille.doors.web.settings import Web
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of

MINUTE_S = 60.0
KEPT_COUNT = 10_000


class Asked:
    """When each asker asked during the last minute; one process's."""

    def __init__(self) -> None:
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, asker: str, limit: int, now_s: float) -> float:
        """Counts a question and gives 0; or counts nothing, and gives after how many seconds one may be asked."""
        with self._lock:
            times = self._times.setdefault(asker, deque())
            self._times.move_to_end(asker)
            while len(self._times) > KEPT_COUNT:
                self._times.popitem(last=False)
            while times and times[0] <= now_s - MINUTE_S:
                times.popleft()
            if len(times) >= limit:
                return times[0] + MINUTE_S - now_s
            times.append(now_s)
            return 0.0


asked = Asked()


@sensitive_post_parameters("new")
@require_POST
def judge(request: HttpRequest) -> HttpResponseBase:
    """What is wrong with a password that is being typed, and how strong it is; for who may choose one now."""
    account = AccountId(request.user.pk) if request.user.is_authenticated else None
    if account is None and TICKET not in request.session:
        return show(request, NOT_FOUND)
    wait_s = asked.count(f"{account or request.session.session_key}", of(Web).strength_per_minute, clock.monotonic_s())
    if wait_s > 0.0:
        told = {"words": _("The strength is shown again in a moment. You can go on typing.")}
        return JsonResponse(told, status=TOO_MANY_REQUESTS, headers={"Retry-After": str(math.ceil(wait_s))})
    judged = judge_password(account, request.POST.get("new", "")[:SECRET_LENGTH])
    faults = [words.explain_password(reason) for reason in judged.faults]
    return JsonResponse({"score": judged.score, "faults": faults, "words": words.name_strength(judged.score)})
