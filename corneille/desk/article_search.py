"""Finding articles by words, as people type them: accents or not, other forms, everyday names of things. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from math import log

import snowballstemmer

from corneille.desk.article import Article, Said
from corneille.desk.article_words import OTHER_WORDS
from corneille.people.name import fold

SHORTEST = 3
"""Shorter words ("de", "à", "to") find nothing by themselves, unless they are another name of something ("pj")."""
TITLE_WEIGHT = 5
TEXT_COUNT = 5
"""How often a word counts in a text, at most."""
WORDS_COUNT = 12
KEPT_SHARE = 0.4
"""What is this far below the best answer is left out."""
ALIKE = 0.8
"""How like one another two words are (difflib's ratio) when one is taken for the other mistyped."""
_WORD = re.compile(r"\w+")
_LANGUAGES = {"fr": "french", "en": "english"}


@dataclass(frozen=True, slots=True)
class _Indexed:
    """The stems of a title and of a text, in order."""

    title: tuple[str, ...]
    text: tuple[str, ...]

    def weigh(self, stem: str) -> int:
        titled, told = (sum(each.startswith(stem) for each in words) for words in (self.title, self.text))
        return TITLE_WEIGHT * (titled > 0) + min(told, TEXT_COUNT)


def search_articles(typed: str, articles: Sequence[Article], language: str) -> list[Article]:
    """Those that have the words typed, the best first; rare words count more, and most who have several have them all.

    Each word is found in its other forms, by its other names (`OTHER_WORDS`), or else by what looks most like it. Whose
    very title is typed comes first. Nothing typed: none.
    """
    read = [_index(article.say(language), language) for article in articles]
    scores = [0.0] * len(articles)
    for stems in _list_wanted(typed, language):
        weights = _weigh(stems, read)
        if not any(weights):
            weights = _weigh(_list_like(stems, read), read)
        found_count = sum(weight > 0 for weight in weights)
        for number, weight in enumerate(weights):
            scores[number] += weight * log((len(articles) + 1) / (found_count + 0.5)) if weight else 0
    best = max(scores, default=0)
    is_other = [fold(article.say(language).title) != fold(typed) for article in articles]
    order = sorted(range(len(articles)), key=lambda number: (is_other[number], -scores[number]))
    return [articles[number] for number in order if scores[number] > 0 and scores[number] >= KEPT_SHARE * best]


def _weigh(stems: Sequence[str], read: Sequence[_Indexed]) -> list[int]:
    return [max((each.weigh(stem) for stem in stems), default=0) for each in read]


def _list_like(stems: Sequence[str], read: Sequence[_Indexed]) -> list[str]:
    """The one word of the articles that a slip of the finger may have made of the first."""
    known = {word for each in read for word in (*each.title, *each.text)}
    return get_close_matches(stems[0], sorted(known), n=1, cutoff=ALIKE)


def _list_wanted(typed: str, language: str) -> list[list[str]]:
    """For each word typed, the stems by which it is found, its own first."""
    words = [word for word in _WORD.findall(fold(typed)) if len(word) >= SHORTEST or word in OTHER_WORDS]
    return [_stem((word, *OTHER_WORDS.get(word, ())), language) for word in words[:WORDS_COUNT]]


@cache
def _index(said: Said, language: str) -> _Indexed:
    title, text = (tuple(_stem(_WORD.findall(fold(told)), language)) for told in (said.title, said.text))
    return _Indexed(title, text)


def _stem(words: Iterable[str], language: str) -> list[str]:
    stems: list[str] = snowballstemmer.stemmer(_LANGUAGES[language]).stemWords(list(words))
    return stems
