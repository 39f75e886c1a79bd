"""Who writes to an académie from outside its demonstration people: only domains that can never exist (RFC 2606)."""

import random
import unicodedata

from corneille.run.demonstration.letter import DOMAIN, Correspondent

FAMILY = (
    "Lemonnier", "Duhamel", "Lecoq", "Anquetil", "Vasseur", "Le Goff", "Benali", "Nguyen", "Fernandes", "Mérouvel",
    "Hébert", "Lefèvre", "Diallo", "Auvray", "Château", "O’Connor", "Kowalski", "Roussel", "Quesnel", "Îlon",
)  # fmt: skip
GIVEN = (
    "Maud", "Karim", "Élise", "Jérôme", "Fatou", "Solène", "Tristan", "Agnès", "Marius", "Yasmine", "Benoît", "Lucie",
    "Hélène", "Ousmane", "Capucine", "François",
)  # fmt: skip
OFFICES = {
    "rectorat": (
        Correspondent("Rectorat – DPE", f"dpe@{DOMAIN}"),
        Correspondent("Rectorat – École de la formation", f"formation@{DOMAIN}"),
        Correspondent("Secrétariat général", f"secretariat-general@{DOMAIN}"),
    ),
    "syndicat": (
        Correspondent("Syndicat Exemple – section académique", "section@syndicat.example"),
        Correspondent("Union des personnels (liste)", "info@union-personnels.example"),
    ),
    "assistance": (Correspondent("Assistance informatique", f"assistance@{DOMAIN}"),),
    "liste": (
        Correspondent("Liste documentation", "doc-normandie@listes.example"),
        Correspondent("Liste mathématiques", "maths-college@listes.example"),
    ),
}


def draw_outsider(chance: random.Random, domain: str = "parents.example") -> Correspondent:
    """A person with an address at a domain of examples."""
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    return Correspondent(f"{given} {family}", f"{_plain(given)}.{_plain(family)}@{domain}")


def _plain(name: str) -> str:
    split = unicodedata.normalize("NFD", name.lower())
    return "".join(each for each in split if each.isascii() and each.isalnum())
