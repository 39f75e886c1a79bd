"""Two services of the demonstration, with secrets that are the same for a seed, what they have posted so far, and a mail
program that may ask to be let in."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.notices.post import post_notice
from corneille.notices.posting import parse_posting
from corneille.notices.service import add_service, find_service, list_services
from corneille.sso.client import NewClient, add_client, change_client, list_clients
from corneille.sso.entitle import Audience
from corneille.sso.sso_settings import MAIL, SCOPES


@dataclass(frozen=True, slots=True)
class DemoService:
    """A service, as `./run` tells of it; `secret`: of its OpenID Connect client."""

    slug: str
    name: str
    url: str
    credential: str
    secret: str


PLANNED = (
    ("mina", "MINA", ("Vos missions et vos indemnités.", "Your tasks and allowances."), frozenset[str]()),
    ("cahier", "Cahier de textes", ("Le travail donné à vos classes.", "The work given to your classes."),
     frozenset({"enseignant", "direction", "inspection"})),
)  # fmt: skip
THUNDERBIRD = NewClient(
    "thunderbird", "Thunderbird", "https://www.thunderbird.net/", ("http://localhost",), scopes=("openid", MAIL),
    is_program=True,
)  # fmt: skip
BY = "démonstration"


def make_services(seed: int, urls: Sequence[str], now: datetime) -> list[DemoService]:
    """Registers what is missing, at the addresses of today; the first time, each posts something.

    urls  where each is, in the order of `PLANNED`, with a slash at the end
    """
    posting = {each.slug for each in list_services()}
    signing = {each.slug: (each.url, each.logout_uri) for each in list_clients()}
    if THUNDERBIRD.slug not in signing:
        add_client(THUNDERBIRD, now, by=BY)
    made = []
    for (slug, name, texts, types), url in zip(PLANNED, urls, strict=True):
        drawn = hashlib.sha256(f"service/{seed}/{slug}".encode()).hexdigest()
        secret = hashlib.sha256(f"client/{seed}/{slug}".encode()).hexdigest()
        credential = f"cs-{drawn[:12]}-{drawn[12:44]}"
        client = NewClient(
            slug, name, url, (f"{url}retour",), (f"{url}parti",), texts, SCOPES, Audience(types=types),
            logout_uri=f"{url}fin",
        )  # fmt: skip
        if slug not in signing:
            add_client(client, now, by=BY, secret=secret)
        elif signing[slug] != (url, client.logout_uri):
            change_client(client, now, by=BY)
        if slug not in posting:
            add_service(slug, name, url, now, by=BY, secret=drawn[:44])
            _post(slug, credential, url, now)
        made.append(DemoService(slug, name, url, credential, secret))
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
