"""No refusal without a cause, no cause without a row, words, ways out and a line in the documentation."""

from pathlib import Path

import pytest
from django.utils import translation

import corneille
from corneille.access.reason import Reason, WayOut
from corneille.desk.cause import ROWS, Cause, choose_cause, find_row
from corneille.doors.web.help import symptom
from corneille.doors.web.help.words import BUTTONS, explain
from tools.causes import format_causes


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_of_the_guard_is_a_cause(reason: Reason) -> None:
    assert choose_cause(reason.value) in set(Cause)


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_cause_has_a_row_ways_out_and_words(cause: Cause, language: str) -> None:
    assert find_row(cause).ways
    with translation.override(language):
        assert all(explain(cause))


def test_every_way_out_has_a_button() -> None:
    assert set(BUTTONS) == set(WayOut)


def test_there_is_one_row_for_each_cause() -> None:
    assert sorted(row.cause for row in ROWS) == sorted(Cause)


def test_every_symptom_leads_to_a_cause_that_happens_there() -> None:
    for place, doors in (("portail", {"web"}), ("logiciel", {"imap", "submission"}), ("telephone", {"imap", "submission"})):
        for each in symptom.list_symptoms(place):
            assert doors & set(find_row(each.cause).doors), each


def test_the_page_of_the_documentation_is_the_print_out() -> None:
    page = Path(corneille.__file__).parent.parent / "docs/causes.md"
    assert page.read_text(encoding="utf-8") == format_causes(), "print it again: python -m tools.causes > docs/causes.md"
