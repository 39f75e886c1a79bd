"""What the columns of a school's file mean, by their titles. Pure.

A title is known only where each of its words is: « Téléphone responsable 1 » or « Date de naissance » is left out, and
nothing of it is ever kept. `docs/classes.md` has the words.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from corneille.wire.table.read import fold


class Holds(StrEnum):
    """What the cells of a column say."""

    NAME = "name"  # family name and given name together
    FAMILY = "family"
    GIVEN = "given"
    ADDRESS = "address"
    ROLE = "role"
    CLASS = "class"


PUPIL = 0
FATHER, MOTHER = 8, 9
"""Numbers of guardians whose title says who they are; the others are numbered as their titles are, 1 to 6."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read; `whose`: PUPIL or the number of a guardian. `role` where the title says it."""

    holds: Holds
    whose: int = PUPIL
    role: str = ""


_KINDS: dict[str, str] = {
    word: kind
    for kind, words in {
        "pupil": "eleve eleves pupil student child enfant",
        "guardian": "responsable responsables resp parent parents representant representants guardian tuteur tutrice tutor",
        "father": "pere father",
        "mother": "mere mother",
        "address": "courriel courriels mail mails mel email emails electronique",
        "place": "adresse adresses address",
        "family": "famille family last surname patronyme",
        "nom": "nom noms",
        "given": "prenom prenoms first given forename",
        "name": "name names",
        "role": "lien parente relation relationship role qualite",
        "class": "classe class division",
        "filler": "de d du des la le les l et the of and s n no numero legal legale legaux usage usuel complet full",
    }.items()
    for word in words.split()
}
_ROLES = {"pere": "Père", "mere": "Mère", "father": "Father", "mother": "Mother"}


def read_title(text: str) -> Column | None:
    """What a column holds; None: nothing that is kept."""
    words = re.sub(r"([^\W\d])(\d)", r"\1 \2", re.sub(r"\be mail", "mail", fold(text))).split()
    digits = [each for each in words if each.isdigit()]
    kinds = {_KINDS.get(each, "") for each in words if not each.isdigit()}
    if not kinds or "" in kinds or len(digits) > 1 or any(each not in "123456" for each in digits):
        return None
    is_guardian = bool(kinds & {"guardian", "father", "mother"})
    if digits and not is_guardian:
        return None
    whose = FATHER if "father" in kinds else MOTHER if "mother" in kinds else int(digits[0]) if digits else 1
    role = next((_ROLES[each] for each in words if each in _ROLES), "")
    holds = _choose(kinds)
    if holds is None or (holds is Holds.CLASS and is_guardian) or (holds is Holds.ROLE and not is_guardian):
        return None
    return Column(holds, whose if is_guardian else PUPIL, role)


def _choose(kinds: set[str]) -> Holds | None:
    if "class" in kinds:
        return Holds.CLASS if kinds <= {"class", "filler", "pupil", "nom", "name"} else None
    if "address" in kinds:
        return Holds.ADDRESS
    if "place" in kinds:  # where they live
        return None
    if "role" in kinds:
        return Holds.ROLE
    if "given" in kinds:
        return Holds.NAME if kinds & {"nom", "family"} else Holds.GIVEN
    if kinds & {"nom", "family"}:
        return Holds.FAMILY
    return Holds.NAME if kinds & {"name", "pupil", "guardian", "father", "mother"} else None
