"""What teachers' classes keep: people who have no account here, and most of them are minors."""

from collections.abc import Mapping

from corneille.classes.forget import forget_classes
from corneille.classes.settings import ClassSettings
from corneille.kernel.keeping import Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.settings import of


def find_last_day() -> Mapping[str, str]:
    """The last day of a class, as day/month."""
    month, day = of(ClassSettings).year_ends_on.split("-")
    return {"day": f"{day}/{month}"}


KEPT: tuple[Retention, ...] = (
    Retention(
        code="classes",
        name=Text("Classes des enseignants", "Teachers’ classes"),
        purpose=Text(
            "Écrire aux élèves d’une classe et à leurs responsables",
            "Write to the pupils of a class and to those responsible for them",
        ),
        categories=Text(
            "Nom et adresse électronique des élèves ; nom, adresse électronique et lien des responsables. Rien d’autre du "
            "fichier importé n’est gardé",
            "Names and mail addresses of pupils; names, mail addresses and relation of those responsible for them. Nothing "
            "else of an imported file is kept",
        ),
        whose=Text("Élèves et responsables, sans compte ici", "Pupils and their guardians, who have no account here"),
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.TEACHER,),
        tables=(
            Table("classes.SchoolClass", person="owner"),
            Table("classes.Pupil", person="school_class__owner"),
            Table("classes.Guardian", person="pupil__school_class__owner"),
        ),
        until=Text(
            "Dernier jour de l’année scolaire ({day}), ou avant si l’enseignant supprime la classe",
            "Last day of the school year ({day}), or before where the teacher removes the class",
        ),
        find_figures=find_last_day,
        purges=(
            Purge(
                code="classes",
                name=Text("classes de l’année passée", "classes of the past year"),
                run=forget_classes,
                model="classes.SchoolClass",
                since="until_on",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {}
