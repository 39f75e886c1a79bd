"""The fictitious académie: its establishments and the sixty-six who work there, the same for the same seed.

The five departments are real numbers; towns, schools and people are invented.
"""

import random
from dataclasses import dataclass, replace
from datetime import date

from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewEstablishment
from corneille.people.uai import format_uai

DEPARTMENTS = (14, 27, 50, 61, 76)
TOWNS = {
    14: ("Saint-Aubin-des-Prés", "Vaucelles-sur-Mer", "Clairval", "Montbray"),
    27: ("Pont-Rivière", "Le Neufmesnil", "Hautefontaine"),
    50: ("Port-Saint-Gilles", "Beaucoudray", "Granvalle"),
    61: ("La Ferté-Bocage", "Bellefontaine-en-Perche", "Argenval"),
    76: ("Rocquemont-le-Vieil", "Saint-Éloi-en-Caux", "Yvecrique", "Blangeval"),
}
SCHOOLS = (
    ("ecole", "École des Tilleuls"), ("college", "Collège Alice-Guy"), ("lycee", "Lycée Jacques-Prévert"),
    ("college", "Collège Louise-Michel"), ("ecole", "École de l’Étang"), ("lycee", "Lycée Sophie-Germain"),
    ("college", "Collège Jules-Verne"), ("ecole", "École du Vieux-Port"),
)  # fmt: skip
CAST = (
    # One of each difficulty first: an accent, a compound, an apostrophe, a particle, homonyms, a ligature.
    ("Zoé", "Lefèvre", AccountType.TEACHER), ("Marie", "Dupont", AccountType.TEACHER),
    ("Marie", "Dupont", AccountType.TEACHER), ("Jean-Pierre", "Le Goff", AccountType.TEACHER),
    ("Anne-Sophie", "d’Aubigny", AccountType.TEACHER), ("Loïc", "N’Diaye", AccountType.TEACHER),
    ("François", "Müller", AccountType.HEAD), ("Éloïse", "Bézier", AccountType.STAFF),
    ("Maël", "L’Hostis", AccountType.ASSISTANT), ("Béatrice", "Œuvrard", AccountType.INSPECTOR),
    ("Nadia", "Benali-Roussel", AccountType.SUPPORT), ("Karim", "Haddad", AccountType.SECURITY),
    ("Hélène", "Vasseur", AccountType.DATA_PROTECTION), ("Paolo", "Castellani", AccountType.PARTNER),
)  # fmt: skip
GIVEN_NAMES = """
    Adèle Antoine Aurélie Bastien Camille Cédric Chloé Clément Corinne Damien Élise Émilie Étienne
    Fatima Florence Gaël Géraldine Guillaume Inès Isabelle Jérôme Joël Julie Karine Laurent Léa Lucie
    Magali Marc-Antoine Mathilde Mélanie Nicolas Noémie Océane Pascal Raphaël Rémi Sandrine Sébastien
    Solène Stéphane Thérèse Thomas Valérie Véronique Xavier Yasmine Yves
"""
FAMILY_NAMES = """
    Allard Auvray Barbier Bellanger Blanchard Boutin Carpentier Chauvin Collet Cordier Delaunay
    Deschamps Duhamel Étienne Fabre Ferrand Gauthier Géraud Grandin Guérin Hamelin Hébert Jacquet
    Joubert Lacombe Langlois Lebreton Leconte Lemonnier Levasseur Mahé Marchand Ménard Morvan Noël
    Pasquier Péron Picard Quesnel Renault Rivière Sauvage Tessier Thibault Vallet Vigneron
"""
COUNTS = {
    AccountType.TEACHER: 22, AccountType.STAFF: 7, AccountType.HEAD: 4, AccountType.INSPECTOR: 2,
    AccountType.ASSISTANT: 4, AccountType.SUPPORT: 1, AccountType.PARTNER: 2,
}  # fmt: skip
"""Besides the cast; one person per state, the team below and two mailboxes come to them."""
RECTORAT_UAI = format_uai(149001)
TEAM_UAI = format_uai(149103)
TEAM = (
    ("Agnès", "Vauquelin", AccountType.HEAD, ""),
    ("Hugo", "Lavigne", AccountType.TEACHER, "Mathématiques"),
    ("Nora", "Benchekroun", AccountType.TEACHER, "Mathématiques"),
    ("Blaise", "Corday", AccountType.TEACHER, "Mathématiques"),
    ("Salomé", "Quertier", AccountType.TEACHER, "Mathématiques"),
    ("Irène", "Hautot", AccountType.TEACHER, "Lettres modernes"),
)
"""A school whose people write to one another by lists, and nothing else happens to them; they come last."""
SUBJECTS = (
    "Mathématiques", "Lettres modernes", "Anglais", "Espagnol", "Histoire-géographie", "Physique-chimie",
    "Sciences de la vie et de la Terre", "Éducation physique et sportive", "Arts plastiques",
)  # fmt: skip
STATES = (AccountState.TO_ACTIVATE, AccountState.SUSPENDED, AccountState.ENDED, AccountState.MOVED)
FUNCTIONS = {
    AccountType.TEACHER: "Enseignement", AccountType.STAFF: "Secrétariat", AccountType.HEAD: "Direction",
    AccountType.INSPECTOR: "Inspection", AccountType.ASSISTANT: "Vie scolaire", AccountType.SUPPORT: "Assistance",
    AccountType.SECURITY: "Sécurité informatique", AccountType.DATA_PROTECTION: "Protection des données",
    AccountType.FUNCTIONAL: "Boîte de l’établissement", AccountType.PARTNER: "Partenariat",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """Somebody of the demonstration, before there is an account; `numen` is empty for those who have none."""

    given_name: str
    family_name: str
    type: AccountType
    state: AccountState
    birth_on: date | None
    numen: str
    uai: str
    function: str
    local_part: str | None
    subject: str = ""


def list_establishments() -> list[NewEstablishment]:
    """The rectorat, a DSDEN in each department, and the schools: twenty-three."""
    places = [NewEstablishment(RECTORAT_UAI, "Rectorat", "rectorat", TOWNS[14][0])]
    for department in DEPARTMENTS:
        code = format_uai(department * 10_000 + 9002)
        places.append(NewEstablishment(code, f"DSDEN ({department})", "dsden", TOWNS[department][0]))
    towns = [(department, town) for department in DEPARTMENTS for town in TOWNS[department]]
    for number, (department, town) in enumerate(towns):
        kind, name = SCHOOLS[number % len(SCHOOLS)]
        code = format_uai(department * 10_000 + 9100 + number)
        places.append(NewEstablishment(code, f"{name}, {town}", kind, town))
    return places


def list_planned(seed: int) -> list[Planned]:
    """Sixty-six: the cast, others drawn from the seed, one person per state, a team; and two establishments' mailboxes."""
    chance = random.Random(f"people/{seed}")
    places = list_establishments()
    names = _draw_names(chance, sum(COUNTS.values()) + len(STATES))
    roles = [each for each, count in COUNTS.items() for _ in range(count)]
    planned = [_plan(chance, places, given, family, kind) for given, family, kind in CAST]
    planned += [_plan(chance, places, *names.pop(), kind) for kind in roles]
    head = next(each for each in planned if each.type is AccountType.HEAD)
    for state in STATES:
        arriving = _plan(chance, places, *names.pop(), AccountType.TEACHER, state)
        planned.append(replace(arriving, uai=head.uai))
    schools = [place for place in places if place.kind in {"college", "lycee"}][:2]
    planned += [_plan_mailbox(school) for school in schools]
    return _with_subjects(planned, seed) + _plan_team(chance, places)


def _with_subjects(planned: list[Planned], seed: int) -> list[Planned]:
    """Who teaches in a collège or a lycée teaches a subject; at a school, all of them."""
    chance = random.Random(f"subjects/{seed}")
    schools = {place.uai for place in list_establishments() if place.kind in {"college", "lycee"}}
    return [
        replace(each, subject=chance.choice(SUBJECTS)) if each.type is AccountType.TEACHER and each.uai in schools else each
        for each in planned
    ]


def _plan_team(chance: random.Random, places: list[NewEstablishment]) -> list[Planned]:
    return [
        replace(_plan(chance, places, given, family, kind), uai=TEAM_UAI, subject=subject)
        for given, family, kind, subject in TEAM
    ]


def _draw_names(chance: random.Random, count: int) -> list[tuple[str, str]]:
    given = chance.sample(GIVEN_NAMES.split(), count)
    family = chance.sample(FAMILY_NAMES.split(), count)
    return list(zip(given, family, strict=True))


def _plan(
    chance: random.Random,
    places: list[NewEstablishment],
    given: str,
    family: str,
    kind: AccountType,
    state: AccountState = AccountState.ACTIVE,
) -> Planned:
    wanted = {
        AccountType.INSPECTOR: {"dsden"}, AccountType.SUPPORT: {"dsden", "rectorat"},
        AccountType.SECURITY: {"rectorat"}, AccountType.DATA_PROTECTION: {"rectorat"},
    }.get(kind, {"ecole", "college", "lycee"})  # fmt: skip
    place = chance.choice([each for each in places if each.kind in wanted])
    born = date(chance.randrange(1962, 2001), chance.randrange(1, 13), chance.randrange(1, 29))
    system = {"ecole": "G", "dsden": "A", "rectorat": "A"}.get(place.kind, "E")
    entry = (born.year + 24) % 100
    digits, letters = chance.randrange(100_000), "".join(chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=3))
    numen = f"{chance.choice(('05', '21'))}{system}{entry:02d}{digits:05d}{letters}"
    has_numen = kind is not AccountType.PARTNER
    return Planned(given, family, kind, state, born, numen if has_numen else "", place.uai, FUNCTIONS[kind], None)


def _plan_mailbox(place: NewEstablishment) -> Planned:
    kind = AccountType.FUNCTIONAL
    local = f"ce.{place.uai.lower()}"
    return Planned("", place.name, kind, AccountState.ACTIVE, None, "", place.uai, FUNCTIONS[kind], local)
