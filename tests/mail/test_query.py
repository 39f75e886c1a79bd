"""What is typed into the search box, read: a table of cases, and anything at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.mail.query import Query, QueryRefused, parse_query


def told(query: Query) -> list[str]:
    """Short for a table: `-` left out, `…` the last word may go on."""
    return [
        f"{'-' * each.is_without}{each.place}:{' '.join(each.words)}{'…' * each.is_open}".replace("anywhere:", "")
        for each in query.terms
    ]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []), ("  ", []), ("-", []), ('"', []), ('""', []), ("()*", []), (":", []),
        ("réunion Parents", ["reunion…", "parents…"]),
        ("l’élève", ["l…", "eleve…"]),
        ('"conseil de classe"', ["conseil de classe"]), ("« conseil de classe »", ["conseil de classe"]),
        ("“conseil de classe”", ["conseil de classe"]), ('"conseil de', ["conseil de"]),
        ("-cantine", ["-cantine…"]), ('-"le menu"', ["-le menu"]), ("-l'élève", ["-l eleve…"]),
        ("peut-être", ["peut…", "etre…"]),
        ("de:paul", ["from:paul…"]), ("from:Paul", ["from:paul…"]), ("DE:paul", ["from:paul…"]),
        ("de: paul", ["from:paul…"]),
        ("de:paul.roux@ac-demo.test", ["from:paul roux ac demo test…"]), ('de:"Paul Roux"', ["from:paul roux"]),
        ("à:paul", ["to:paul…"]), ("a\u0300:paul", ["to:paul…"]), ("a:paul to:anne", ["to:paul…", "to:anne…"]),
        ("objet:réunion", ["subject:reunion…"]), ("sujet:x subject:y", ["subject:x…", "subject:y…"]),
        ("-de:paul menu", ["-from:paul…", "menu…"]),
        ("http://x.fr", ["http…", "x…", "fr…"]), ("10:30", ["10…", "30…"]), ("Re: menu", ["re…", "menu…"]), ("Re:", ["re…"]),
        ("foo:bar", ["foo…", "bar…"]), ("NOT", ["not…"]), ("a OR b*", ["a…", "or…", "b…"]),
    ],
)  # fmt: skip
def test_words_phrases_and_places(text: str, terms: list[str]) -> None:
    assert told(parse_query(text)) == terms


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("avant:20/11/2026", Query(before=date(2026, 11, 20))), ("before:2026-11-20", Query(before=date(2026, 11, 20))),
        ("avant:1.9.2026", Query(before=date(2026, 9, 1))), ("après:11/2026", Query(since=date(2026, 11, 1))),
        ("after:2026-11", Query(since=date(2026, 11, 1))), ("apres:2026", Query(since=date(2026, 1, 1))),
        ("après: 2026 avant: 2027", Query(since=date(2026, 1, 1), before=date(2027, 1, 1))),
        ("pièce:", Query(has_attachment=True)), ("pj:", Query(has_attachment=True)),
        ("has:attachment", Query(has_attachment=True)), ("pièce:oui", Query(has_attachment=True)),
        ("pj:non", Query(has_attachment=False)),
        ("-pj:", Query(has_attachment=False)), ("pie\u0300ce:oui", Query(has_attachment=True)),
        ("-has:attachment", Query(has_attachment=False)),
    ],
)  # fmt: skip
def test_days_and_attachments(text: str, query: Query) -> None:
    assert parse_query(text) == query


def test_an_attachment_alone_leaves_the_next_word_a_word() -> None:
    query = parse_query("pièce: menu")
    assert (query.has_attachment, told(query)) == (True, ["menu…"])


@pytest.mark.parametrize(
    ("text", "why", "operator"),
    [
        ("de:", "no-value", "de"), ("menu à:", "no-value", "à"), ("de: objet:x", "no-value", "de"),
        ('de:"!"', "no-value", "de"),
        ("avant:", "no-value", "avant"), ("avant:hier", "bad-date", "avant"), ("Après:31/02/2026", "bad-date", "Après"),
        ("before:2026-13", "bad-date", "before"), ("avant:0000", "bad-date", "avant"),
        ("pièce:rouge", "bad-attachment", "pièce"),
        ("has:star", "bad-attachment", "has"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_named(text: str, why: str, operator: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        parse_query(text)
    assert (caught.value.data["why"], caught.value.data["operator"]) == (why, operator)


@given(st.text() | st.from_regex(r"(-?(de|à|avant|pj|objet):? ?[\w\"« »/-]{0,8} ?){0,6}"))
def test_anything_typed_is_read_or_refused(text: str) -> None:
    try:
        query = parse_query(text)
    except QueryRefused:
        return
    assert all(word for term in query.terms for word in term.words)
    assert len(query.terms) <= 20
