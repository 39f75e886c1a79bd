"""Whether who asks may speak to the whole académie: announce something about the service, write an answer anew."""

from django.http import HttpRequest

from corneille.doors.web.person import account_of
from corneille.kernel import clock
from corneille.people.decide import Duty
from corneille.people.scope import find_scope


def may_speak(request: HttpRequest) -> bool:
    """False for strangers too."""
    return request.user.is_authenticated and bool(find_scope(account_of(request), Duty.SPEAK, clock.now().date()))
