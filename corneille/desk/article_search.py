"""Finding articles by words, with or without accents, as people type them. Pure."""

import re
from collections.abc import Sequence

from corneille.desk.article import Article
from corneille.people.name import fold

SHORTEST = 3
"""Shorter words ("de", "à", "the") find nothing by themselves."""
TITLE_WEIGHT = 5
WORDS_COUNT = 12
_WORD = re.compile(r"\w+")


def search_articles(typed: str, articles: Sequence[Article], language: str) -> list[Article]:
    """Those that have every word, or words that begin so, in this language; the best first. Nothing typed: none."""
    wanted = [word for word in _WORD.findall(fold(typed)) if len(word) >= SHORTEST][:WORDS_COUNT]
    if not wanted:
        return []
    scored = [(_score(wanted, article, language), article) for article in articles]
    return [article for score, article in sorted(scored, key=lambda pair: -pair[0]) if score]


def _score(wanted: Sequence[str], article: Article, language: str) -> int:
    said = article.say(language)
    in_title, in_text = _WORD.findall(fold(said.title)), _WORD.findall(fold(said.text))
    score = 0
    for word in wanted:
        stem = word[:-1] if word.endswith("s") and len(word) > SHORTEST else word
        titled, told = (sum(each.startswith(stem) for each in words) for words in (in_title, in_text))
        if not titled + told:
            return 0
        score += TITLE_WEIGHT * titled + told
    return score
