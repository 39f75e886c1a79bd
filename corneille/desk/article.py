"""Articles of the FAQ: shipped as files, written anew or added where the académie says more; every version is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import ClassVar

from django.db import transaction

from corneille.desk.models import ArticleVersion
from corneille.kernel import journal
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.slug import choose_free, slugify

SHIPPED = Path(__file__).parent / "faq"
TOPICS = ("connexion", "compte", "courrier", "agenda", "logiciels", "securite")
TITLE_LENGTH, TEXT_LENGTH, NAME_LENGTH = 120, 8000, 50


class ArticleRefused(Refusal):
    """It cannot be kept; `reason`: "title", "text", "topic", or "changed": somebody else has written a version meanwhile."""

    code: ClassVar[str] = "article-refused"


@dataclass(frozen=True, slots=True)
class Said:
    """A title and its text (CommonMark) in one language."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article; `version`: 0 as shipped, else the number of the row."""

    code: str
    french: Said
    english: Said
    version: int = 0

    @property
    def topic(self) -> str:
        return self.code.partition("/")[0]

    def say(self, language: str) -> Said:
        """In the reader's language."""
        return self.english if language == "en" else self.french


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article, for who looks at its history."""

    article: Article
    at: datetime
    author: str


@cache
def list_shipped() -> Mapping[str, Article]:
    """Those of the files `faq/TOPIC/NAME.md`: French first, then `---`, then English; a line `# title` begins each."""
    return {each.code: each for path in sorted(SHIPPED.glob("*/*.md")) for each in [_read(path)]}


def list_articles(more: Mapping[str, Article]) -> list[Article]:
    """All as they read now, by topic, those that were added too; `more`: what a door ships besides, by code."""
    newest = {row.code: _show(row) for row in ArticleVersion.objects.order_by("pk")}
    read = {**list_shipped(), **more, **newest}.values()
    order = {topic: number for number, topic in enumerate(TOPICS)}
    return sorted(read, key=lambda each: (order.get(each.topic, len(order)), each.french.title))


def pick_articles(codes: Sequence[str], more: Mapping[str, Article]) -> list[Article]:
    """These as they read now, in this order; what is not there is left out."""
    shipped = {**list_shipped(), **more}
    newest = {row.code: _show(row) for row in ArticleVersion.objects.filter(code__in=codes).order_by("pk")}
    return [newest.get(code, shipped[code]) for code in codes if code in shipped]


def find_article(code: str, more: Mapping[str, Article]) -> Article:
    """As it reads now. Raises Gone."""
    row = ArticleVersion.objects.filter(code=code).order_by("-pk").first()
    found = list_shipped().get(code) or more.get(code) if row is None else _show(row)
    if found is None:
        raise Gone(code=code)
    return found


def list_versions(code: str) -> list[Version]:
    """What was written, the newest first; what was shipped is not among them."""
    rows = ArticleVersion.objects.filter(code=code).order_by("-pk")
    return [Version(_show(row), row.at, row.author) for row in rows]


def add_article(topic: str, french: Said, english: Said, now: datetime, *, author: str, name: str) -> str:
    """Adds a question that was not shipped; gives its code, made of its French title. Raises ArticleRefused."""
    if topic not in TOPICS:
        raise ArticleRefused(reason="topic")
    with transaction.atomic():
        taken = {*list_shipped(), *ArticleVersion.objects.values_list("code", flat=True)}
        code = choose_free(f"{topic}/{slugify(french.title)[:NAME_LENGTH] or 'question'}", taken)
        write_article(Article(code, french, english), now, author=author, name=name)
    return code


def write_article(new: Article, now: datetime, *, author: str, name: str) -> None:
    """Keeps a version; `new.version` is the one that was read before. Raises ArticleRefused.

    author  as the journal names people; name: as readers of the history see them
    """
    for said in (new.french, new.english):
        if not 0 < len(said.title.strip()) <= TITLE_LENGTH or not said.title.isprintable():
            raise ArticleRefused(reason="title")
        if not 0 < len(said.text.strip()) <= TEXT_LENGTH:
            raise ArticleRefused(reason="text")
    with transaction.atomic():
        newest = ArticleVersion.objects.filter(code=new.code).order_by("-pk").first()
        if (newest.pk if newest is not None else 0) != new.version:
            raise ArticleRefused(reason="changed")
        ArticleVersion.objects.create(
            code=new.code, french_title=new.french.title.strip(), french_text=new.french.text.strip(),
            english_title=new.english.title.strip(), english_text=new.english.text.strip(), at=now, author=name,
        )  # fmt: skip
        told: dict[str, journal.Value] = {"slug": new.code}
        journal.append("article-written", actor=author, subject=None, data=told, now=now)


def _read(path: Path) -> Article:
    french, _rule, english = path.read_text(encoding="utf-8").partition("\n---\n")
    return Article(f"{path.parent.name}/{path.stem}", _split(french), _split(english))


def _split(written: str) -> Said:
    title, _line, text = written.strip().partition("\n")
    return Said(title.removeprefix("# ").strip(), text.strip())


def _show(row: ArticleVersion) -> Article:
    french, english = Said(row.french_title, row.french_text), Said(row.english_title, row.english_text)
    return Article(row.code, french, english, row.pk)
