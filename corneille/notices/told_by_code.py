"""Every notice that the service can give, by its code."""

from collections.abc import Mapping

from corneille.notices.told import Told
from corneille.notices.told_of_access import ACCESS
from corneille.notices.told_of_mail import MAIL
from corneille.notices.told_of_requests import REQUESTS

TOLD: Mapping[str, Told] = {**ACCESS, **MAIL, **REQUESTS}
NOT_ME = frozenset(code for code, told in TOLD.items() if told.is_for_not_me)
AT_HOME = frozenset(code for code, told in TOLD.items() if told.is_for_home_alone)
