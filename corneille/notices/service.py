"""The services that may post notices: registered by the administration, each with a credential that is shown once."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from corneille.kernel import journal, keys
from corneille.kernel.refusal import Gone, Refusal
from corneille.notices.models import Service

PURPOSE = "notices/service"
SHAPE = re.compile(r"cs-([a-f0-9]{12})-([A-Za-z0-9_-]{32})")


class ServiceRefused(Refusal):
    """It cannot be registered; `reason`: "slug", "name", "url" or "taken"."""

    code = "service-refused"


@dataclass(frozen=True, slots=True)
class ServiceShown:
    """A registered service."""

    id: int
    slug: str
    name: str
    url: str
    made_at: datetime
    closed_at: datetime | None


def add_service(slug: str, name: str, url: str, now: datetime, *, by: str, secret: str | None = None) -> str:
    """Registers a service and gives its credential, which nothing shows again. Raises ServiceRefused.

    secret  44 hexadecimal digits to make the credential from, for a demonstration that is the same each time
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", slug):
        raise ServiceRefused(reason="slug")
    if not name.strip() or len(name) > 80 or not name.isprintable():
        raise ServiceRefused(reason="name")
    if not url.startswith("https://") or len(url) > 500 or not url.isprintable() or " " in url:
        raise ServiceRefused(reason="url")
    drawn = secret or secrets.token_hex(22)
    credential = f"cs-{drawn[:12]}-{drawn[12:44]}"
    told = {"slug": slug, "name": by}
    try:
        with transaction.atomic():
            Service.objects.create(
                slug=slug, name=name.strip(), url=url, selector=drawn[:12], mac=_mac(credential), made_at=now
            )
            journal.append("service-added", actor="cli", subject=None, data=told, now=now)
    except IntegrityError:
        raise ServiceRefused(reason="taken") from None
    return credential


def close_service(slug: str, now: datetime, *, by: str) -> None:
    """Its credential opens nothing any more; what it posted stays. Raises Gone."""
    with transaction.atomic():
        if not Service.objects.filter(slug=slug, closed_at=None).update(closed_at=now):
            raise Gone(slug=slug)
        journal.append("service-closed", actor="cli", subject=None, data={"slug": slug, "name": by}, now=now)


def list_services() -> list[ServiceShown]:
    """All, the oldest first."""
    return [_show(row) for row in Service.objects.order_by("pk")]


def find_service(credential: str) -> ServiceShown | None:
    """Whose credential it is, closed ones too; None: nobody's."""
    shape = SHAPE.fullmatch(credential)
    if shape is None:
        return None
    row = Service.objects.filter(selector=shape[1]).first()
    kept = bytes(row.mac) if row is not None else bytes(32)
    macs = [keys.keyed_hash(key.secret, credential.encode()) for key in keys.current().all(PURPOSE)]
    return _show(row) if any(hmac.compare_digest(kept, mac) for mac in macs) and row is not None else None


def _show(row: Service) -> ServiceShown:
    return ServiceShown(row.pk, row.slug, row.name, row.url, row.made_at, row.closed_at)


def _mac(credential: str) -> bytes:
    return keys.current().mac(PURPOSE, credential.encode())
