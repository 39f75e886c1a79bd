"""What was done to an account and who looked at it: the journal's lines about it, with the names of who acted."""

from dataclasses import dataclass
from datetime import datetime

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.people.find import find_person

LIMIT = 200


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line for the person whom it concerns.

    actor   "self", "person" (then `name` says who), "system", "command" (somebody on the server) or "stranger"
    """

    at: datetime
    action: str
    actor: str
    name: str
    data: dict[str, journal.Value]


def list_register(account: AccountId, limit: int = LIMIT, *, of_others_only: bool = False) -> list[LineShown]:
    """The newest first; with `of_others_only`, what others than the person did."""
    names: dict[str, str] = {}
    shown = [_show(account, line, names) for line in journal.list_lines(account, limit)]
    return [line for line in shown if not (of_others_only and line.actor == "self")]


def _show(account: AccountId, line: journal.Line, names: dict[str, str]) -> LineShown:
    kind, _colon, rest = line.actor.partition(":")
    if line.actor == journal.name_actor(account):
        return LineShown(line.at, line.action, "self", "", line.data)
    if kind == "account" and rest.isdecimal():
        if line.actor not in names:
            person = find_person(AccountId(int(rest)))
            names[line.actor] = person.display_name if person else ""
        return LineShown(line.at, line.action, "person", names[line.actor], line.data)
    actor = {"cli": "command", journal.SYSTEM: "system"}.get(kind, "stranger")
    return LineShown(line.at, line.action, actor, rest, line.data)
