"""Which tests `./check` runs: those of the edit, then the quickest, as long as there is time."""

from pathlib import Path

import pytest

from tools.quick import BUDGET_S, Took, choose, concerns, format_seconds, read_report, read_seconds

TOOK = {
    "tests/a.py": Took(BUDGET_S / 2, 10),
    "tests/b.py": Took(BUDGET_S / 2, 1000),
    "tests/c.py": Took(BUDGET_S / 2, 100),
}


def test_the_quickest_are_chosen_as_long_as_there_is_time() -> None:
    assert choose(TOOK, TOOK, set()) == ["tests/b.py", "tests/c.py"]


def test_what_concerns_the_edit_comes_first_however_slow() -> None:
    assert choose(TOOK, TOOK, {"tests/a.py"}) == ["tests/a.py", "tests/b.py"]


def test_what_does_not_fit_leaves_its_place_to_what_does() -> None:
    took = {"tests/long.py": Took(BUDGET_S + 1, 10_000), "tests/short.py": Took(1, 1)}
    assert choose(took, took, {"tests/long.py"}) == ["tests/short.py"]


def test_a_new_file_is_chosen_before_slow_ones() -> None:
    assert choose(["tests/a.py", "tests/new.py"], TOOK, set()) == ["tests/new.py", "tests/a.py"]


@pytest.mark.parametrize(
    ("source", "edited", "expected"),
    [
        ("", "tests/mail/test_copy.py", True),
        ("", "tests/mail/test_move.py", False),
        ("from corneille.mail.copy import copy", "corneille/mail/copy.py", True),
        ("from corneille.mail import copy as mail", "corneille/mail/copy.py", True),
        ("import corneille.mail.copy", "corneille/mail/copy.py", True),
        ("from corneille.mail import store", "corneille/mail/store/__init__.py", True),
        ("from corneille.mail.copying import copy", "corneille/mail/copy.py", False),
    ],
)
def test_a_file_concerns_what_it_imports_by_name(source: str, edited: str, *, expected: bool) -> None:
    assert concerns("tests/mail/test_copy.py", source, [edited]) is expected


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        ("corneille/doors/web/mail/templates/mail/read.html", True),
        ("corneille/doors/web/portal/templates/portal/home.html", False),
        ("README.md", False),
    ],
)
def test_a_page_s_template_concerns_the_tests_of_its_folder(edited: str, *, expected: bool) -> None:
    assert concerns("tests/doors/web/mail/test_reading.py", "", [edited]) is expected


def test_a_report_is_summed_by_file_and_read_back(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite><testcase file="tests/a.py" time="1.5"/><testcase file="tests/a.py" time="0.25"/>'
        '<testcase file="tests/b.py" time="2"/></testsuite></testsuites>'
    )
    took = read_report(report)
    assert took == {"tests/a.py": Took(1.75, 2), "tests/b.py": Took(2.0, 1)}
    assert read_seconds(format_seconds({"tests/b.py": Took(2.0, 1)})) == {"tests/b.py": Took(2.0, 1)}
