"""What an operator can set about teachers' classes."""

import re
from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting

MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
LONGEST = {"02": 28, "04": 30, "06": 30, "09": 30, "11": 30}


@section("classes")
@dataclass(frozen=True, slots=True)
class ClassSettings:
    """Teachers' own lists of pupils and of those responsible for them."""

    year_ends_on: str = setting(
        "08-31",
        "MONTH-DAY, the last day of a class: then it is forgotten with all its people. Teachers begin a year on "
        "1 September: until the day before, examinations, orientation and school books still give reasons to write; after "
        "it, none is left to hold a list of minors. The day is written in each class when it is made: a change holds for "
        "those made from then on.",
    )
    pupils_count: int = setting(
        120, "The most pupils in one class: a class, a group of several, a level of a small school."
    )
    classes_count: int = setting(40, "The most classes that one teacher has at a time.")

    def check(self) -> None:
        """Raises SettingsRefused."""
        found = MONTH_DAY.fullmatch(self.year_ends_on)
        if found is None or int(found[2]) > LONGEST.get(found[1], 31):
            raise SettingsRefused("[classes] year_ends_on: a day of every year as MONTH-DAY, such as 08-31")
        if not 1 <= self.pupils_count <= 1000 or not 1 <= self.classes_count <= 1000:
            raise SettingsRefused("[classes] pupils_count and classes_count want 1 to 1000")
