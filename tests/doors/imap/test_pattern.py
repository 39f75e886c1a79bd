"""LIST's patterns."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.doors.imap.pattern import Pattern


@pytest.mark.parametrize(("pattern", "name", "does"), [
    ("*", "a/b", True), ("%", "a/b", False), ("%", "a", True), ("a/%", "a/b", True), ("a/%", "a/b/c", False),
    ("a*c", "a/b/c", True), ("a%c", "abc", True), ("a%c", "a/c", False), ("inbox", "INBOX", True), ("INBOX", "inbox", False),
    ("inbox/%", "INBOX/x", True), ("in*", "INBOX", False), ("%/%", "a/b", True), ("", "a", False), ("a", "a/b", False),
    ("%*", "a/b", True), ("a%", "a", True), (".", "a", False),
])
def test_patterns_match_as_the_rfc_says(pattern: str, name: str, does: bool) -> None:
    assert Pattern(pattern).matches(name) is does


@given(st.text("ab/%*", max_size=12), st.text("ab/", max_size=12))
def test_patterns_agree_with_regular_expressions(pattern: str, name: str) -> None:
    expression = "".join({"*": ".*", "%": "[^/]*"}.get(each, re.escape(each)) for each in pattern)
    assert Pattern(pattern).matches(name) is bool(re.fullmatch(expression, name))
