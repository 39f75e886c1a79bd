"""Second factors: for whom, from when, and how long they are remembered."""

from dataclasses import dataclass

from corneille.access.factor_rule import parse_rule
from corneille.kernel.settings import SettingsRefused, section, setting
from corneille.people.account_type import AccountType


@section("factors")
@dataclass(frozen=True, slots=True)
class Factors:
    """The policy of the second factor."""

    compulsory: tuple[str, ...] = setting(
        (),
        "Rules, each `CONDITION+CONDITION=DAY`: an account type or `all`, `function:NAME`, `network:outside` (none declared "
        "network), `application:mail` (or `portal`), `risk:unusual` (attacked, or something unusual seen); all must hold. "
        "`securite=2027-01-04`, `all+function:principal=2027-02-01`, `enseignant+network:outside=2027-03-01`. Announced to "
        "whom it may concern announced_days before; before that day, and for everybody else, it is offered.",
    )
    announced_days: tuple[str, ...] = setting(
        ("30", "15", "7", "1"),
        "How many days before the day of a rule those without a factor are told of it, on every channel: a month holds "
        "every leave but the summer’s, and the eve is for who forgot. 1 to 365, one at least.",
    )
    grace_days_count: int = setting(
        14, "How many days after the day one may still sign in without, to set it: the page comes at each sign-in."
    )
    grace_sign_ins_count: int = setting(
        3, "How many sign-ins on the web one has after the day in any case, for those who come back from a long leave."
    )
    remembered_days_count: int = setting(
        30, "How long a known device that gave a second proof is not asked again; 0: each time."
    )
    declined_days_count: int = setting(180, "After « no, thank you », how long until it is offered again.")

    def check(self) -> None:
        """Raises SettingsRefused where a rule cannot be read."""
        for each in self.compulsory:
            try:
                parse_rule(each, set(AccountType))
            except ValueError as error:
                raise SettingsRefused(f"[factors] compulsory: {error}") from None
        if not self.announced_days or not all(each.isdecimal() and 1 <= int(each) <= 365 for each in self.announced_days):
            raise SettingsRefused("[factors] announced_days wants whole numbers of days from 1 to 365, one at least")
        if min(self.grace_days_count, self.grace_sign_ins_count, self.remembered_days_count) < 0:
            raise SettingsRefused("[factors] counts want 0 or more")
