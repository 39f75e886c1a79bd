"""What a service may post: JSON to a value, with a clear word about what is wrong and what would be right. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corneille.kernel.refusal import Refusal

SEVERITIES = ("info", "action", "urgent")
LANGUAGES = ("fr", "en")
TITLE_LENGTH, TEXT_LENGTH, KEY_LENGTH, URL_LENGTH = 150, 4000, 200, 500
NAMES_COUNT = 4000
"""More establishments than any académie has."""
VALID_YEARS_COUNT = 10
"""No notice of a service is about a later day; what has no end says none."""
FIELDS = frozenset({"key", "person", "population", "title", "text", "url", "severity", "valid_until"})
GROUPS = ("types", "establishments", "functions")


class PostRefused(Refusal):
    """It cannot be posted. `field`: which; `reason`: a code; `told`: what would be right, in English."""

    code = "post-refused"

    def __init__(self, field: str, reason: str, told: str) -> None:
        super().__init__(field=field, reason=reason, told=told)
        self.field, self.reason, self.told = field, reason, told


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody who has one of the types, in one of the establishments, with one of the functions; empty: any."""

    types: tuple[str, ...]
    establishments: tuple[str, ...]
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posting:
    """One post. `to`: an identifier or address, or a population; `digest` tells whether two posts say the same."""

    key: str
    to: str | Population
    title: Mapping[str, str]
    text: Mapping[str, str]
    url: str
    severity: str
    valid_until: datetime | None
    digest: bytes

    def is_over(self, now: datetime) -> bool:
        """Says whether it was to be shown until an instant that is past."""
        return self.valid_until is not None and self.valid_until <= now

    def is_beyond(self, now: datetime) -> bool:
        """Says whether it was to be shown for longer than anything is."""
        return self.valid_until is not None and self.valid_until > now + timedelta(days=366 * VALID_YEARS_COUNT)


def parse_posting(content: bytes) -> Posting:
    """Reads a post (JSON, UTF-8). Raises PostRefused."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise PostRefused("", "not-json", "the body wants to be one JSON object in UTF-8") from None
    if not isinstance(told, dict):
        raise PostRefused("", "not-an-object", "the body wants to be one JSON object")
    unknown = sorted(set(told) - FIELDS)
    if unknown:
        raise PostRefused(unknown[0][:40], "unknown-field", f"known fields: {', '.join(sorted(FIELDS))}")
    return Posting(
        key=_text(told, "key", KEY_LENGTH),
        to=_parse_to(told),
        title=_both(told, "title", TITLE_LENGTH),
        text=_both(told, "text", TEXT_LENGTH),
        url=_parse_url(told),
        severity=_parse_severity(told),
        valid_until=_parse_until(told),
        digest=hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest(),
    )


def _parse_to(told: dict[str, object]) -> str | Population:
    if ("person" in told) == ("population" in told):
        raise PostRefused("person", "one-of-two", "exactly one of person and population")
    if "person" in told:
        return _text(told, "person", 320)
    given = told["population"]
    if not isinstance(given, dict) or not set(given) <= set(GROUPS):
        raise PostRefused("population", "shape", f"an object with some of {', '.join(GROUPS)}")
    groups = [_list(given, name) for name in GROUPS]
    if not any(groups):
        raise PostRefused("population", "everybody", f"at least one of {', '.join(GROUPS)} wants a name")
    return Population(*groups)


def _list(given: dict[str, object], name: str) -> tuple[str, ...]:
    values = given.get(name, [])
    if not isinstance(values, list) or len(values) > NAMES_COUNT or not all(isinstance(each, str) for each in values):
        raise PostRefused(f"population.{name}", "shape", f"a list of at most {NAMES_COUNT} texts")
    return tuple(str(each).strip() for each in values)


def _both(told: dict[str, object], name: str, length: int) -> dict[str, str]:
    given = told.get(name)
    if not isinstance(given, dict) or set(given) != set(LANGUAGES):
        raise PostRefused(name, "languages", 'an object with "fr" and "en", both')
    return {language: _text(given, language, length, f"{name}.{language}") for language in LANGUAGES}


def _text(told: Mapping[str, object], name: str, length: int, field: str = "") -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > length:
        raise PostRefused(field or name, "text", f"a text of 1 to {length} characters")
    if any(not each.isprintable() and each not in "\n\t" for each in value) or ("\n" in value and length <= URL_LENGTH):
        raise PostRefused(field or name, "characters", "printable characters only")
    return value.strip()


def _parse_url(told: dict[str, object]) -> str:
    if "url" not in told or told["url"] is None or told["url"] == "":
        return ""
    url = _text(told, "url", URL_LENGTH)
    if not url.startswith("https://") or " " in url or len(url) < len("https://x"):
        raise PostRefused("url", "https", "an address that begins with https://")
    return url


def _parse_severity(told: dict[str, object]) -> str:
    severity = told.get("severity", "info")
    if severity not in SEVERITIES:
        raise PostRefused("severity", "unknown", f"one of {', '.join(SEVERITIES)}")
    return str(severity)


def _parse_until(told: dict[str, object]) -> datetime | None:
    given = told.get("valid_until")
    if given is None:
        return None
    try:
        until = datetime.fromisoformat(given) if isinstance(given, str) else None
        if until is not None and until.tzinfo is not None:
            return until.astimezone(UTC)
    except (ValueError, OverflowError):  # the first or last hours of the calendar, which UTC has no day for
        pass
    raise PostRefused("valid_until", "instant", "ISO 8601 with its zone, such as 2027-01-31T18:00:00+01:00")
