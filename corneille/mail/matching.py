"""Whether the texts of a message have the terms of a query: what the index of words, which keeps no places, leaves open."""

from collections.abc import Iterable

from corneille.mail.query import Place, Term
from corneille.mail.searchable import Texts, choose_head, choose_words, split_words

_FIELDS = {
    Place.FROM: ("from: ", "sender: "),
    Place.TO: ("to: ", "cc: ", "bcc: "),
    Place.SUBJECT: ("subject: ",),
}


def has_terms(texts: Texts, terms: Iterable[Term]) -> bool:
    """Whether each term is there, and each term to leave out is not."""
    read: dict[Place, list[list[str]]] = {}
    for term in terms:
        if term.place not in read:
            read[term.place] = _list_lines(texts, term.place)
        if any(_follows(line, term) for line in read[term.place]) == term.is_without:
            return False
    return True


def _list_lines(texts: Texts, place: Place) -> list[list[str]]:
    if place is Place.ANYWHERE:
        return [split_words(choose_words(choose_head(texts), texts))]
    return [split_words(line.partition(": ")[2]) for line in texts.header.split("\n") if line.startswith(_FIELDS[place])]


def _follows(line: list[str], term: Term) -> bool:
    *firsts, last = term.words
    length = len(firsts)
    for at in range(len(line) - length):
        here = line[at + length]
        if (here.startswith(last) if term.is_open else here == last) and line[at : at + length] == firsts:
            return True
    return False
