import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.people.name import choose_homonym, fold, format_identifier, format_local_part, format_search_key


@pytest.mark.parametrize(
    ("given_name", "family_name", "identifier", "local_part"),
    [
        ("Zoé", "Lefèvre", "zlefevre", "zoe.lefevre"),
        ("Jean-Pierre", "Le Goff", "jlegoff", "jean-pierre.le-goff"),
        ("Anne-Sophie", "d’Aubigny", "adaubigny", "anne-sophie.daubigny"),
        ("Maël", "L'Hostis", "mlhostis", "mael.lhostis"),
        ("Béatrice", "Œuvrard", "boeuvrard", "beatrice.oeuvrard"),
        ("Łukasz", "Großmann", "lgrossmann", "lukasz.grossmann"),
        ("Chloé", "Nguyễn", "cnguyen", "chloe.nguyen"),
        ("  Marie  Claude ", "DE LA TOUR", "mdelatour", "marie-claude.de-la-tour"),
    ],
)
def test_a_name_gives_its_identifier_and_its_address(
    given_name: str, family_name: str, identifier: str, local_part: str
) -> None:
    assert format_identifier(given_name, family_name) == identifier
    assert format_local_part(given_name, family_name) == local_part


@given(st.text(max_size=150), st.text(max_size=150))
def test_any_name_gives_only_what_an_address_may_hold(given_name: str, family_name: str) -> None:
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789")
    assert set(format_identifier(given_name, family_name)) <= allowed
    local_part = format_local_part(given_name, family_name)
    assert set(local_part) <= allowed | {".", "-"}
    assert ".." not in local_part
    assert len(local_part) <= 56
    assert local_part == local_part.strip(".-")


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("taken", "chosen"),
    [
        ([], "mdupont"),
        (["mdupont"], "mdupont1"),
        (["mdupont", "mdupont1", "mdupont7"], "mdupont8"),
        (["mdupont2"], "mdupont3"),
        (["mdupontel", "mdupont-1"], "mdupont"),
    ],
)
def test_a_homonym_gets_a_number_that_nobody_ever_had(taken: list[str], chosen: str) -> None:
    assert choose_homonym("mdupont", taken) == chosen


def test_completion_finds_each_word_after_a_space() -> None:
    assert format_search_key("Jean-Pierre", "d’Aubigny") == " jean pierre d aubigny"
