"""The services that may sign people in here: registered by the administration, each with a secret that is shown once.

Mail programs are registered likewise, and have no secret: what is on people's machines keeps none (RFC 8252 §8.5).
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from corneille.access.permission import withdraw_service
from corneille.kernel import journal
from corneille.kernel.plain_sql import find_rows
from corneille.kernel.refusal import Gone, Refusal
from corneille.people.population import find_unknown
from corneille.sso.entitle import EVERYBODY, Audience
from corneille.sso.models import Client
from corneille.sso.sso_settings import SCOPES

SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
URL_LENGTH = 500
LOCAL = re.compile(
    r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?:/[\w./-]*)?|[a-z][a-z0-9]*(?:\.[a-z0-9-]+)+:/[\w./-]+", re.ASCII
)
TEXT_LENGTH = 200


class ClientRefused(Refusal):
    """It cannot be registered; `field` says what is wrong, `wanted` what would be right."""

    code: ClassVar[str] = "client-refused"


@dataclass(frozen=True, slots=True)
class NewClient:
    """What the administration says of a service.

    slug           its `client_id`
    url            where people begin; the home page links there
    redirect_uris  where codes may be sent: compared whole (RFC 9700 §2.1)
    left_uris      where people may be sent after signing out
    is_program     it runs on people's own machines: Thunderbird
    logout_uri     where it is told that somebody's session has ended; empty: it is not told
    texts          one sentence in French, one in English
    """

    slug: str
    name: str
    url: str
    redirect_uris: tuple[str, ...]
    left_uris: tuple[str, ...] = ()
    texts: tuple[str, str] = ("", "")
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    audience: Audience = EVERYBODY
    needs_second_factor: bool = False
    max_age_s: int | None = None
    logout_uri: str = ""
    is_program: bool = False


@dataclass(frozen=True, slots=True)
class ClientShown:
    """A registered service."""

    slug: str
    name: str
    url: str
    french_text: str
    english_text: str
    scopes: tuple[str, ...]
    audience: Audience
    needs_second_factor: bool
    max_age: timedelta | None
    made_at: datetime
    closed_at: datetime | None
    logout_uri: str
    is_program: bool

    def say(self, language: str) -> str:
        """Its sentence."""
        return self.english_text if language == "en" else self.french_text


def add_client(new: NewClient, now: datetime, *, by: str, secret: str | None = None) -> str:
    """Registers a service and gives its secret, which nothing shows again; a program's is "". Raises ClientRefused.

    secret  for a demonstration that is the same each time
    """
    _check(new)
    drawn = "" if new.is_program else secret or secrets.token_urlsafe(32)
    kind = Client.CLIENT_PUBLIC if new.is_program else Client.CLIENT_CONFIDENTIAL
    try:
        with transaction.atomic():
            Client.objects.create(
                client_id=new.slug, client_secret=drawn, client_type=kind, made_at=now, **_FIXED, **_columns(new)
            )
            told: dict[str, journal.Value] = {"slug": new.slug, "name": by}
            journal.append("client-added", actor="cli", subject=None, data=told, now=now)
    except IntegrityError:
        raise ClientRefused(field="slug", wanted="a name that no service has had") from None
    return drawn


def change_client(new: NewClient, now: datetime, *, by: str) -> None:
    """Replaces all but name in URLs, kind and secret. Raises Gone, ClientRefused."""
    _check(new)
    kind = Client.CLIENT_PUBLIC if new.is_program else Client.CLIENT_CONFIDENTIAL
    with transaction.atomic():
        rows = Client.objects.filter(client_id=new.slug, client_type=kind, closed_at=None)
        if not rows.update(updated=now, **_columns(new)):
            raise Gone(slug=new.slug)
        journal.append("client-changed", actor="cli", subject=None, data={"slug": new.slug, "name": by}, now=now)


def close_client(slug: str, now: datetime, *, by: str) -> None:
    """Nobody goes on to it from here any more, its tokens open nothing, what they opened ends. Raises Gone."""
    with transaction.atomic():
        if not Client.objects.filter(client_id=slug, closed_at=None).update(closed_at=now):
            raise Gone(slug=slug)
        withdraw_service(slug, now)
        journal.append("client-closed", actor="cli", subject=None, data={"slug": slug, "name": by}, now=now)


def list_clients() -> list[ClientShown]:
    """All, by name; closed ones too."""
    return [_show(row) for row in find_rows(Client, "ORDER BY name, id", [])]


def find_client(slug: str) -> ClientShown | None:
    """The open service of this `client_id`."""
    row = Client.objects.filter(client_id=slug, closed_at=None).first()
    return _show(row) if row is not None else None


_FIXED = {
    "authorization_grant_type": Client.GRANT_AUTHORIZATION_CODE,
    "algorithm": Client.RS256_ALGORITHM,
    "skip_authorization": True,
}


def _columns(new: NewClient) -> dict[str, object]:
    audience = new.audience
    return {
        "name": new.name.strip(),
        "url": new.url,
        "redirect_uris": " ".join(new.redirect_uris),
        "post_logout_redirect_uris": " ".join(new.left_uris),
        "french_text": new.texts[0],
        "english_text": new.texts[1],
        "scopes": [each for each in SCOPES if each in {"openid", *new.scopes}],
        "types": sorted(audience.types),
        "establishments": sorted(audience.establishments),
        "functions": sorted(each.casefold() for each in audience.functions),
        "needs_second_factor": new.needs_second_factor,
        "max_age_s": new.max_age_s,
        "logout_uri": new.logout_uri,
    }


def _check(new: NewClient) -> None:
    audience = new.audience
    unknown = find_unknown(sorted(audience.types), sorted(audience.establishments))
    wrong = [
        ("slug", "lower-case letters, digits and hyphens, 40 at most", not SLUG.fullmatch(new.slug)),
        ("name", "from 1 to 80 characters", not 1 <= len(new.name.strip()) <= 80 or not new.name.isprintable()),
        ("url", "an https:// address", not _is_address(new.url)),
        ("redirect-uri", "https:// addresses without #, at least one", not new.redirect_uris),
        ("texts", f"{TEXT_LENGTH} characters at most", max(map(len, new.texts)) > TEXT_LENGTH),
        ("scopes", "among " + ", ".join(SCOPES), not set(new.scopes) <= set(SCOPES)),
        ("audience", f"{unknown.name}: a known account type or UAI" if unknown else "", unknown is not None),
        ("logout-uri", "an https:// address without #", bool(new.logout_uri) and not _is_address(new.logout_uri)),
        ("max-age", "a number of seconds above 0", new.max_age_s is not None and new.max_age_s < 1),
    ]
    wrong += [("redirect-uri", f"{each}: an https:// address without #, or a program's own (RFC 8252 §7)",
               not (_is_address(each) or (new.is_program and _is_local(each))))
              for each in (*new.redirect_uris, *new.left_uris)]  # fmt: skip
    for field, wanted, is_wrong in wrong:
        if is_wrong:
            raise ClientRefused(field=field, wanted=wanted)


def _is_address(url: str) -> bool:
    if len(url) > URL_LENGTH or not url.isascii() or not url.isprintable() or " " in url or "*" in url:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and not parts.fragment and "@" not in parts.netloc
    except ValueError:
        return False


def _is_local(url: str) -> bool:
    """An address that leads to a program on the same machine: this machine, or a scheme of its own (RFC 8252 §7)."""
    return len(url) <= URL_LENGTH and LOCAL.fullmatch(url) is not None


def _show(row: Client) -> ClientShown:
    audience = Audience(frozenset(row.types), frozenset(row.establishments), frozenset(row.functions))
    max_age = timedelta(seconds=row.max_age_s) if row.max_age_s is not None else None
    return ClientShown(
        row.client_id, row.name, row.url, row.french_text, row.english_text, tuple(row.scopes), audience,
        row.needs_second_factor, max_age, row.made_at, row.closed_at, row.logout_uri, row.is_program,
    )  # fmt: skip
