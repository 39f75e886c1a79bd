"""Whether who asks may speak to the whole académie: announce something about the service, write an answer anew."""

from django.http import HttpRequest

from corneille.doors.web.person import account_of
from corneille.kernel import clock
from corneille.people.scope import speaks_for_all


def may_speak(request: HttpRequest) -> bool:
    """False for strangers too."""
    return request.user.is_authenticated and speaks_for_all(account_of(request), clock.now().date())
