"""What the titles of a school's file mean."""

import pytest

from corneille.classes.columns import FATHER, MOTHER, Column, Holds, read_title
from corneille.wire.table.read import fold

PUPIL, FIRST, SECOND = 0, 1, 2


@pytest.mark.parametrize(("title", "column"), [
    ("Nom", Column(Holds.FAMILY)),
    ("NOM DE FAMILLE", Column(Holds.FAMILY)),
    ("Nom de l’élève", Column(Holds.FAMILY)),
    ("Prénom", Column(Holds.GIVEN)),
    ("PRENOM_ELEVE", Column(Holds.GIVEN)),
    ("First name", Column(Holds.GIVEN)),
    ("Pupil last name", Column(Holds.FAMILY)),
    ("Élève", Column(Holds.NAME)),
    ("Nom et prénom", Column(Holds.NAME)),
    ("Name", Column(Holds.NAME)),
    ("Courriel élève", Column(Holds.ADDRESS)),
    ("Adresse électronique", Column(Holds.ADDRESS)),
    ("E-mail", Column(Holds.ADDRESS)),
    ("Mél. élève", Column(Holds.ADDRESS)),
    ("Classe", Column(Holds.CLASS)),
    ("Division", Column(Holds.CLASS)),
    ("Responsable 1", Column(Holds.NAME, FIRST)),
    ("Resp2", Column(Holds.NAME, SECOND)),
    ("Nom responsable légal 1", Column(Holds.FAMILY, FIRST)),
    ("Prénom resp. légal n°2", Column(Holds.GIVEN, SECOND)),
    ("Courriel responsable 1", Column(Holds.ADDRESS, FIRST)),
    ("Adresse e-mail du responsable 2", Column(Holds.ADDRESS, SECOND)),
    ("Guardian 2 email", Column(Holds.ADDRESS, SECOND)),
    ("Parent’s email", Column(Holds.ADDRESS, FIRST)),
    ("Lien de parenté responsable 1", Column(Holds.ROLE, FIRST)),
    ("Mère", Column(Holds.NAME, MOTHER, "Mère")),
    ("Mail père", Column(Holds.ADDRESS, FATHER, "Père")),
    ("Téléphone responsable 1", None),
    ("Adresse", None),
    ("Adresse responsable 1", None),
    ("Date de naissance", None),
    ("Nom de l’établissement", None),
    ("Courriel 2", None),
    ("Responsable 7", None),
    ("Lien", None),
    ("de la", None),
    ("", None),
])  # fmt: skip
def test_a_title_is_known_by_all_its_words(title: str, column: Column | None) -> None:
    assert read_title(title) == column


def test_two_spellings_of_a_name_are_one() -> None:
    assert fold("  LE GUEN-Durand  Éléonore ") == fold("Le Guen Durand ELEONORE") == "le guen durand eleonore"
