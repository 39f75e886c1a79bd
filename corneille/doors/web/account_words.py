"""Account types in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneille.people.account_type import AccountType

NAMES: dict[AccountType, Promise] = {
    AccountType.TEACHER: _("teacher"),
    AccountType.STAFF: _("administrative staff"),
    AccountType.HEAD: _("head of school"),
    AccountType.INSPECTOR: _("inspector"),
    AccountType.ASSISTANT: _("education assistant"),
    AccountType.SUPPORT: _("support"),
    AccountType.SECURITY: _("security"),
    AccountType.DATA_PROTECTION: _("data protection officer"),
    AccountType.FUNCTIONAL: _("mailbox of a position"),
    AccountType.PARTNER: _("external partner"),
}
GROUPS: dict[AccountType, Promise] = {
    AccountType.TEACHER: _("teachers"),
    AccountType.STAFF: _("administrative staff"),
    AccountType.HEAD: _("heads of school"),
    AccountType.INSPECTOR: _("inspectors"),
    AccountType.ASSISTANT: _("education assistants"),
    AccountType.SUPPORT: _("support staff"),
    AccountType.SECURITY: _("security staff"),
    AccountType.DATA_PROTECTION: _("data protection officers"),
    AccountType.PARTNER: _("external partners"),
}
