"""What a service may post, and what is said when it cannot be."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.notices.posting import Population, PostRefused, parse_posting

GOOD: dict[str, object] = {
    "key": "k/1", "person": "zlefevre",
    "title": {"fr": "Bonjour", "en": "Hello"}, "text": {"fr": "Deux\nlignes", "en": "Two"},
}  # fmt: skip


def encode(**changed: object) -> bytes:
    return json.dumps({name: value for name, value in {**GOOD, **changed}.items() if value is not ...}).encode()


def test_a_post_is_read() -> None:
    posting = parse_posting(encode(url="https://mina.example/x", valid_until="2027-01-31T18:00:00+01:00"))
    assert (posting.key, posting.to, posting.severity) == ("k/1", "zlefevre", "info")
    assert posting.title["fr"] == "Bonjour"
    assert posting.valid_until is not None
    assert posting.digest == parse_posting(encode(valid_until="2027-01-31T18:00:00+01:00", url="https://mina.example/x")).digest


def test_a_population_is_read() -> None:
    posting = parse_posting(encode(person=..., population={"types": ["enseignant"], "establishments": ["0760095R"]}))
    assert posting.to == Population(("enseignant",), ("0760095R",), ())


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"key": ...}, "key", "text"),
        ({"key": "x" * 201}, "key", "text"),
        ({"key": "a\nb"}, "key", "characters"),
        ({"key": 7}, "key", "text"),
        ({"person": ...}, "person", "one-of-two"),
        ({"population": {"types": ["enseignant"]}}, "person", "one-of-two"),
        ({"person": ..., "population": {}}, "population", "everybody"),
        ({"person": ..., "population": {"types": []}}, "population", "everybody"),
        ({"person": ..., "population": {"type": ["enseignant"]}}, "population", "shape"),
        ({"person": ..., "population": {"types": "enseignant"}}, "population.types", "shape"),
        ({"title": {"fr": "Bonjour"}}, "title", "languages"),
        ({"title": "Bonjour"}, "title", "languages"),
        ({"title": {"fr": "Bonjour", "en": " "}}, "title.en", "text"),
        ({"text": {"fr": "x" * 4001, "en": "x"}}, "text.fr", "text"),
        ({"text": {"fr": "\x00", "en": "x"}}, "text.fr", "characters"),
        ({"title": {"fr": "a\r\nBcc: x@y", "en": "x"}}, "title.fr", "characters"),
        ({"url": "http://mina.example/"}, "url", "https"),
        ({"url": "javascript:alert(1)"}, "url", "https"),
        ({"severity": "high"}, "severity", "unknown"),
        ({"severity": ["info"]}, "severity", "unknown"),
        ({"valid_until": "demain"}, "valid_until", "instant"),
        ({"valid_until": "2027-01-31T18:00:00"}, "valid_until", "instant"),
        ({"valid_until": "9999-12-31T23:59:59-12:00"}, "valid_until", "instant"),
        ({"valid_until": "0001-01-01T00:00:00+01:00"}, "valid_until", "instant"),
        ({"colour": "red"}, "colour", "unknown-field"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(changed: dict[str, object], field: str, reason: str) -> None:
    with pytest.raises(PostRefused) as refused:
        parse_posting(encode(**changed))
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert refused.value.told


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*sorted(GOOD), "population"]), inner),
    max_leaves=8,
)


@given(content=st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
def test_nothing_else_is_raised_whatever_comes(content: bytes) -> None:
    with pytest.raises(PostRefused):
        parse_posting(content)
