"""Who decided, why and until when, as pages show it (`help/_ruling.html`)."""

from dataclasses import dataclass
from datetime import date

from corneille.desk.ruling import Ruling
from corneille.notices.words import explain_reason, name_decider


@dataclass(frozen=True, slots=True)
class RulingShown:
    """One decision in words."""

    why: str
    who: str
    from_on: date
    until_on: date | None
    is_undoable: bool


def show_ruling(ruling: Ruling | None) -> RulingShown | None:
    """In the language of the page."""
    if ruling is None:
        return None
    why, who = explain_reason(ruling.reason, ruling.evidence), name_decider(ruling.by)
    return RulingShown(why, who, ruling.from_on, ruling.until_on, ruling.is_undoable)
