"""Two services of the demonstration, with credentials that are the same for a seed, and what they have posted so far."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.notices.post import post_notice
from corneille.notices.posting import parse_posting
from corneille.notices.service import add_service, find_service, list_services


@dataclass(frozen=True, slots=True)
class DemoService:
    """A service, as `./run` tells of it."""

    slug: str
    name: str
    url: str
    credential: str


PLANNED = (("mina", "MINA", "https://mina.example/"), ("cahier", "Cahier de textes", "https://cahier.example/"))


def make_services(seed: int, now: datetime) -> list[DemoService]:
    """Registers what is missing; the first time, each posts something."""
    known = {each.slug for each in list_services()}
    made = []
    for slug, name, url in PLANNED:
        secret = hashlib.sha256(f"service/{seed}/{slug}".encode()).hexdigest()[:44]
        credential = f"cs-{secret[:12]}-{secret[12:]}"
        if slug not in known:
            add_service(slug, name, url, now, by="démonstration", secret=secret)
            _post(slug, credential, url, now)
        made.append(DemoService(slug, name, url, credential))
    return made


def _post(slug: str, credential: str, url: str, now: datetime) -> None:
    service = find_service(credential)
    assert service is not None
    told = {
        "mina": {
            "key": "vs-2026", "population": {"types": ["enseignant"]}, "severity": "action",
            "title": {"fr": "Vos services sont à vérifier", "en": "Your teaching load is to be checked"},
            "text": {
                "fr": "Votre ventilation de service est en ligne. Vérifiez-la et signez-la.",
                "en": "Your teaching load is online. Check and sign it.",
            },
            "url": f"{url}services", "valid_until": (now + timedelta(days=20)).isoformat(),
        },
        "cahier": {
            "key": "rentree", "population": {"types": ["enseignant", "direction"]}, "severity": "info",
            "title": {"fr": "Le cahier de textes est ouvert", "en": "The class book is open"},
            "text": {
                "fr": "Vos classes de l’année y sont déjà.", "en": "Your classes of the year are there already.",
            },
            "url": url,
        },
    }[slug]  # fmt: skip
    post_notice(service, parse_posting(json.dumps(told).encode()), now)
