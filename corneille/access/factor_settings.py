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
        "whom it may concern 30, 15, 7 and 1 days before; before that day, and for everybody else, it is offered.",
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
        if min(self.grace_days_count, self.grace_sign_ins_count, self.remembered_days_count) < 0:
            raise SettingsRefused("[factors] counts want 0 or more")
