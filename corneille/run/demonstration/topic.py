"""What people of an académie write about: subjects and paragraphs, with places for a class, a day, a room, a pupil.

Everything is invented. Braces are filled by `fill`: {classe} {jour} {heure} {salle} {matiere} {eleve} {numero} {ville}.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.run.demonstration.topic_of_school import SCHOOL_TOPICS
from corneille.run.demonstration.topic_of_service import SERVICE_TOPICS

LEVELS = ("6e", "5e", "4e", "3e", "2de", "1re", "Tle")
SUBJECTS = (
    "mathématiques", "français", "histoire-géographie", "anglais", "espagnol", "allemand", "physique-chimie", "SVT",
    "technologie", "éducation musicale", "arts plastiques", "EPS", "philosophie", "SES", "latin", "NSI",
)  # fmt: skip
GIVEN = ("Noé", "Inès", "Gaël", "Zoé", "Anaïs", "Théo", "Chloé", "Maëlle", "Loïc", "Jeanne", "Aimé", "Salomé", "Rémi")
TOWNS = (
    "Valmare", "Saint-Aubin-le-Neuf", "Bréville-sur-Orne", "Le Hêtre", "Montpinçon-la-Lande", "Port-Clair", "Évrecy-Bas",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter: who writes about it (a key of `WRITERS`), what the subject says, and what the text may say."""

    key: str
    writer: str
    subjects: tuple[str, ...]
    paragraphs: tuple[str, ...]


TOPICS = tuple(Topic(*each) for each in (*SCHOOL_TOPICS, *SERVICE_TOPICS))


@dataclass(frozen=True, slots=True)
class Details:
    """What fills the braces of one letter, so that its subject and its text tell the same story."""

    classe: str
    jour: str
    heure: str
    salle: str
    matiere: str
    eleve: str
    numero: int
    ville: str


def draw_details(chance: random.Random, at: datetime) -> Details:
    """Details for a letter written at this time: its meeting is in the days that follow."""
    day = at + timedelta(days=chance.randrange(3, 20))
    first = "1er" if day.day == 1 else str(day.day)
    return Details(
        classe=f"{chance.choice(LEVELS)} {chance.choice('ABCDEF')}",
        jour=f"{DAYS[day.weekday()]} {first} {MONTHS[day.month - 1]}",
        heure=f"{chance.randrange(8, 18)}\u00a0h\u00a0{chance.choice(('00', '15', '30', '45'))}",
        salle=f"{chance.choice('ABC')}{chance.randrange(1, 30):03}",
        matiere=chance.choice(SUBJECTS),
        eleve=f"{chance.choice(GIVEN)}\u00a0{chance.choice('BCDFGLMPRST')}.",
        numero=chance.randrange(1, 200),
        ville=chance.choice(TOWNS),
    )


def fill(text: str, details: Details) -> str:
    """The text with its braces filled."""
    return text.format(
        classe=details.classe, jour=details.jour, heure=details.heure, salle=details.salle, matiere=details.matiere,
        eleve=details.eleve, numero=details.numero, ville=details.ville,
    )  # fmt: skip
