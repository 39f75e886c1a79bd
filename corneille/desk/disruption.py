"""The state of the service as people are told it: incidents, planned works, what is said of them as time passes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import transaction
from django.db.models import prefetch_related_objects

from corneille.desk.models import Disruption, Word
from corneille.kernel import journal
from corneille.kernel.plain_sql import find_rows, from_instant
from corneille.kernel.refusal import Gone, Refusal

KINDS = ("incident", "works")
AFFECTED = ("sign-in", "mail", "programs", "sending", "reception", "calendar", "services")
TITLE_LENGTH, TEXT_LENGTH = 120, 2000
SHOWN_BEFORE = timedelta(days=30)
FORETOLD_BEFORE = timedelta(days=7)
SHOWN_AFTER = timedelta(days=30)
LONGEST = timedelta(days=14)
FARTHEST = timedelta(days=366)


class DisruptionRefused(Refusal):
    """It cannot be said so; `field`: "title", "text", "affected", "kind" or "dates"."""

    code: ClassVar[str] = "disruption-refused"


@dataclass(frozen=True, slots=True)
class NewDisruption:
    """What is announced; titles and texts in French, then in English. `ends_at`: of works, always."""

    kind: str
    titles: tuple[str, str]
    texts: tuple[str, str]
    affected: Collection[str]
    begins_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said, in the reader's language."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class DisruptionShown:
    """One disruption in the reader's language; `said`: the latest first; `phase`: "now", "coming" or "past"."""

    id: int
    kind: str
    title: str
    affected: tuple[str, ...]
    begins_at: datetime
    ends_at: datetime | None
    phase: str
    said: tuple[Said, ...]


def announce(new: NewDisruption, now: datetime, *, actor: str) -> int:
    """Says it from now on; gives its number. Raises DisruptionRefused."""
    _check(new, now)
    with transaction.atomic():
        row = Disruption.objects.create(
            kind=new.kind, french_title=new.titles[0].strip(), english_title=new.titles[1].strip(),
            affected=[each for each in AFFECTED if each in new.affected], begins_at=new.begins_at, ends_at=new.ends_at,
        )  # fmt: skip
        _say(row, new.texts, now)
        told: dict[str, journal.Value] = {"number": row.pk, "kind": new.kind}
        journal.append("disruption-announced", actor=actor, subject=None, data=told, now=now)
    return row.pk


def say_more(disruption: int, texts: tuple[str, str], now: datetime, *, actor: str, is_over: bool = False) -> None:
    """Adds to what was said; `is_over`: and that it has ended. Raises DisruptionRefused, Gone."""
    _check_texts(texts)
    with transaction.atomic():
        row = Disruption.objects.select_for_update().filter(pk=disruption).first()
        if row is None or (row.ends_at is not None and row.ends_at <= now):
            raise Gone(disruption=disruption)
        _say(row, texts, now)
        if is_over:
            row.ends_at = now
            row.begins_at = min(row.begins_at, now)
            row.save(update_fields=["begins_at", "ends_at"])
        told: dict[str, journal.Value] = {"number": row.pk}
        journal.append("disruption-ended" if is_over else "disruption-said", actor=actor, subject=None, data=told, now=now)


def list_disruptions(now: datetime, language: str) -> list[DisruptionShown]:
    """Those of now, then those that come within thirty days, the nearest first, then those that ended in the last thirty."""
    asked = "WHERE (ends_at IS NULL OR ends_at > %s) AND begins_at <= %s"
    rows = find_rows(Disruption, asked, [from_instant(now - SHOWN_AFTER), from_instant(now + SHOWN_BEFORE)])
    prefetch_related_objects(rows, "words")
    shown = [_show(row, now, language) for row in rows]
    order = {"now": 0, "coming": 1, "past": 2}
    return sorted(shown, key=lambda each: (order[each.phase], _age(each)))


def list_near(now: datetime, language: str) -> list[DisruptionShown]:
    """Those of this moment and of the coming week: what pages show to whoever may meet them."""
    listed = list_disruptions(now, language)
    return [each for each in listed if each.phase != "past" and each.begins_at <= now + FORETOLD_BEFORE]


def _age(shown: DisruptionShown) -> float:
    """For the order: the nearest to come first, the latest to have begun first."""
    return shown.begins_at.timestamp() * (1 if shown.phase == "coming" else -1)


def _show(row: Disruption, now: datetime, language: str) -> DisruptionShown:
    is_english = language == "en"
    is_past = row.ends_at is not None and row.ends_at <= now
    words = sorted(row.words.all(), key=lambda word: (word.at, word.pk), reverse=True)
    return DisruptionShown(
        row.pk, row.kind, row.english_title if is_english else row.french_title, tuple(row.affected), row.begins_at,
        row.ends_at, "past" if is_past else "coming" if row.begins_at > now else "now",
        tuple(Said(word.at, word.english if is_english else word.french) for word in words),
    )  # fmt: skip


def _say(row: Disruption, texts: tuple[str, str], now: datetime) -> None:
    Word.objects.create(disruption=row, at=now, french=texts[0].strip(), english=texts[1].strip())


def _check(new: NewDisruption, now: datetime) -> None:
    if new.kind not in KINDS:
        raise DisruptionRefused(field="kind")
    if any(not 0 < len(each.strip()) <= TITLE_LENGTH or not each.isprintable() for each in new.titles):
        raise DisruptionRefused(field="title")
    _check_texts(new.texts)
    if not new.affected or not set(new.affected) <= set(AFFECTED):
        raise DisruptionRefused(field="affected")
    if new.kind == "incident":
        if new.ends_at is not None or new.begins_at > now:
            raise DisruptionRefused(field="dates")
        return
    ends_at = new.ends_at
    if ends_at is None or not now < ends_at <= now + FARTHEST or not timedelta() < ends_at - new.begins_at <= LONGEST:
        raise DisruptionRefused(field="dates")


def _check_texts(texts: tuple[str, str]) -> None:
    if any(not 0 < len(each.strip()) <= TEXT_LENGTH for each in texts):
        raise DisruptionRefused(field="text")
