"""The birth date in a password, however it is written; other dates and figures are nobody's."""

from datetime import date

import pytest

from corneille.access.password import list_faults
from corneille.access.written_date import is_date_inside
from corneille.people.find import Guessable

BORN = date(1980, 9, 5)


@pytest.mark.parametrize(
    "text",
    [
        "Tambour-5-9-1980-velours", "tambour 5 septembre 1980 velours", "tambour-09051980-velours",
        "tambour-05091980-velours", "tambour5sept80velours", "5.9.80 tambour velours", "tambour 9/5/80 velours",
        "September 5th, 1980 tambour", "tambour-1980-9-5", "tambour 5 SEPTEMBRE 1980", "sep051980tambour", "591980-tambour",
        "tambour090580velours", "tambour800905velours", "le 05 sept. 1980 velours", "1980 septembre 5",
    ],
)  # fmt: skip
def test_the_day_is_found_however_it_is_written(text: str) -> None:
    assert is_date_inside(text, BORN)


@pytest.mark.parametrize(
    "text",
    [
        "tambour 15 septembre 1980", "tambour-5-9-1981", "25/9/1980 velours", "tambour-5980-velours", "5 septembre velours",
        "septembre 1980 velours", "tambour-1980-velours-5-9", "159-1980-tambour", "5-9-19805 velours", "5 octobre 1980",
        "cerise-tambour-velours-48", "905-80-tambour", "5 velours 9 tambour 1980",
    ],
)  # fmt: skip
def test_other_days_and_figures_are_left(text: str) -> None:
    assert not is_date_inside(text, BORN)


@pytest.mark.parametrize(
    ("born", "text"),
    [
        (date(1979, 8, 1), "1er août 1979 velours"), (date(1979, 8, 1), "velours-1-8-1979"),
        (date(1965, 12, 31), "31 décembre 65 velours"), (date(1990, 2, 2), "2nd of february 1990"),
        (date(1990, 3, 12), "mars-12-1990"), (date(2001, 5, 3), "3mai01 velours tambour"),
    ],
)  # fmt: skip
def test_every_month_has_its_names(born: date, text: str) -> None:
    assert is_date_inside(text.replace(" of ", " "), born)


def test_a_password_with_it_or_with_the_number_of_the_school_is_refused() -> None:
    zoe = Guessable(("Zoé", "Lefèvre", "zlefevre"), BORN, ("0760095R",))
    assert list_faults("Tambour-5-9-1980-velours", zoe) == ["personal"]
    assert list_faults("tambour-0760095-velours", zoe) == ["personal"]
    assert list_faults("tambour-0760 095r-velours", zoe) == ["personal"]
    assert list_faults("tambour-760096-velours", zoe) == []
