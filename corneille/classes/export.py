"""A teacher's classes in the copy of their data."""

from dataclasses import asdict
from datetime import datetime

from corneille.classes.gate import list_classes, list_pupils
from corneille.kernel.ids import AccountId


def export_classes(account: AccountId, now: datetime) -> list[dict[str, object]]:
    """Each class, with its pupils and those responsible for them, as they are kept."""
    return [
        {
            "class": each.label, "establishment": each.establishment, "until_on": each.until_on,
            "pupils": [
                {**asdict(pupil.said), "guardians": [asdict(guardian.said) for guardian in pupil.guardians]}
                for pupil in list_pupils(each.id)
            ],
        }
        for each in list_classes(account, now)
    ]  # fmt: skip
