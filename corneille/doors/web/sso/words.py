"""Why a service is not for somebody, in words."""

from django.utils.translation import gettext as _

from corneille.doors.web.account_words import GROUPS
from corneille.people.account_type import AccountType
from corneille.sso.entitle import Audience


def explain_missing(missing: str, audience: Audience) -> str:
    """What the rule of the service asks for that the person lacks: `entitle.find_missing`'s answer."""
    if missing == "type":
        who = ", ".join(str(GROUPS[AccountType(each)]) for each in sorted(audience.types))
        return _("It is open to: %(who)s. Your account is of another type.") % {"who": who}
    if missing == "establishment":
        return _("It is open to the staff of certain establishments, and none of yours is among them today.")
    who = ", ".join(sorted(audience.functions))
    return _("It is open to those who have one of these functions: %(who)s. You have none of them today.") % {"who": who}
