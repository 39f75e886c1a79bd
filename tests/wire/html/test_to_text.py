# ruff: noqa: E501  # one trick or one sample a line
"""HTML as words for a reply."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneille.wire.html.to_text import TEXT_CHARS, to_text


def test_paragraphs_lists_and_tables_are_laid_out() -> None:
    text = to_text("<style>p{}</style><p>Bonjour&nbsp;!</p><ul><li>un<li>deux</ul><table><tr><td>a<td>b</tr></table><script>x()</script>")
    assert "Bonjour !" in text.replace("\xa0", " ")
    assert "* un" in text
    assert "a  b" in text
    assert "x()" not in text


def test_html_too_deep_still_gives_its_words() -> None:
    assert "le mot" in to_text("<div>" * 5000 + "le mot")


@pytest.mark.parametrize(
    "bomb",
    [
        "<p style='padding-left:99999999em'>x", "<table><tr><td>" + "x" * 1_000_000 + "<td>y" + "<tr><td>z<td>w" * 5000,
        "<table><tr><td>a</td><td>" * 80 + "x", "<table>" + ("<tr>" + "<td>x" * 100) * 150, "<td colspan=99999999>x", "<" * 300_000,
    ],
)
def test_html_made_to_exhaust_takes_little(bomb: str) -> None:
    start = time.process_time()
    assert len(to_text(bomb)) <= TEXT_CHARS
    assert time.process_time() - start < 20  # of CPU: minutes where the cost is not linear, a second where it is


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<table>", "<td>", "<tr>", "<ul>", "<li>", "<pre>", "<a", "href=x>", "<br>", "<h1>", "x", "é", "\x00", "�", "&", "<", ">"]) | st.text(max_size=5), max_size=40).map("".join))
def test_any_html_is_taken(text: str) -> None:
    to_text(text).encode("utf-8")
