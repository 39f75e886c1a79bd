# ruff: noqa: E501  # one trick or one sample a line
"""Plain text on a page: nothing is lost, nothing runs."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneille.wire.html.text_to_html import link_text, text_to_html


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("voir https://ex.fr/a.", "https://ex.fr/a"), ("(https://ex.fr/a_(b))", "https://ex.fr/a_(b)"), ("«https://ex.fr»", "https://ex.fr"),
        ("www.ex.fr, puis", "https://www.ex.fr"), ("a.b+c@ac-x.fr!", "mailto:a.b+c@ac-x.fr"), ("https://ex.fr/?a=1&b=2", "https://ex.fr/?a=1&amp;b=2"),
    ],
)
def test_addresses_become_links(text: str, href: str) -> None:
    assert f'href="{href}"' in link_text(text)


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "a@b", "@prof@"])
def test_other_words_do_not(text: str) -> None:
    assert "<a" not in link_text(text)


def test_quotation_levels_become_block_quotations() -> None:
    assert text_to_html("a\n> b\n>> c") == "a<blockquote>b</blockquote><blockquote><blockquote>c</blockquote></blockquote>"


def test_flowed_lines_are_joined() -> None:
    assert text_to_html("Une ligne \nqui continue\n\nAutre", is_flowed=True) == "Une ligne qui continue\n\nAutre"
    assert text_to_html("aujour \nd'hui", is_flowed=True, delete_space=True) == "aujourd&#x27;hui"
    assert text_to_html("> un \n> deux\ntrois", is_flowed=True) == "<blockquote>un deux</blockquote>trois"


def test_the_signature_stands_apart() -> None:
    assert text_to_html("Bonjour\n-- \nMoi") == 'Bonjour<div class="signature">-- \nMoi</div>'


def test_the_quotation_at_the_end_is_folded() -> None:
    shown = text_to_html("Oui\n\nLe 3 mars, A a écrit :\n> x", fold_label="Afficher")
    assert shown.startswith("Oui<details><summary>Afficher</summary>")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.booleans(), st.booleans())
def test_every_word_is_kept_and_none_is_markup(text: str, is_flowed: bool, delete_space: bool) -> None:
    shown = text_to_html("<script>'\"" + text, is_flowed=is_flowed, delete_space=delete_space, fold_label="x")
    assert shown.startswith("&lt;script&gt;")
    assert set(re.findall(r"<(/?[a-z]+)", shown)) <= {"a", "/a", "blockquote", "/blockquote", "details", "/details", "summary", "/summary", "div", "/div"}
    shown.encode("utf-8")


@pytest.mark.parametrize("text", ["a@" * 200_000, "https://" * 100_000, "." * 500_000, "> " * 300_000, "a." * 200_000 + "@", "https://x/" + ")" * 1999 + "\n", "www." * 200_000])
def test_texts_made_to_exhaust_take_little(text: str) -> None:
    start = time.process_time()
    text_to_html(text, is_flowed=True, fold_label="x")
    assert time.process_time() - start < 20  # of CPU: minutes where the cost is not linear, a second where it is
