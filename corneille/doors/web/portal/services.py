"""The other services of the académie: those that somebody may use, and why not the others."""

from dataclasses import dataclass

from corneille.doors.web.sso.words import explain_missing
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.sso.open_to import list_offered


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service; `why`: what somebody lacks for it, in words; empty where they may use it."""

    name: str
    url: str
    text: str
    why: str


def list_services(account: AccountId, language: str) -> list[ServiceRow]:
    """All, those that may be used first."""
    return [
        ServiceRow(
            each.client.name, each.client.url, each.client.say(language),
            explain_missing(each.missing, each.client.audience) if each.missing is not None else "",
        )
        for each in list_offered(account, clock.now().date())
    ]  # fmt: skip


def list_usable(account: AccountId, language: str) -> list[ServiceRow]:
    """Those that may be used, for the home page."""
    return [each for each in list_services(account, language) if not each.why]
