"""What shared documents keep."""

from corneille.documents.forget import forget_documents
from corneille.documents.settings import DocumentSettings
from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.settings import of


def _find_days() -> int:
    return of(DocumentSettings).kept_days_count


KEPT: tuple[Retention, ...] = (
    Retention(
        code="documents",
        name=Text("Documents partagés par un lien", "Documents shared by a link"),
        purpose=Text("Remettre un document sans l’envoyer à chacun", "Hand a document over without sending it to each"),
        categories=Text(
            "Fichier, nom, taille, date de fin, nombre d’ouvertures et instant de la dernière ; jamais qui l’a ouvert",
            "File, name, size, end date, number of openings and instant of the last; never who opened it",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER,),
        tables=(Table("documents.SharedDocument", person="owner"),),
        until=Text(
            "Fichier : jusqu’au jour choisi, ou avant si l’expéditeur y met fin ; le reste {length} jours de plus",
            "File: until the day that was chosen, or before where the sender ends it; the rest {length} days more",
        ),
        find_length=_find_days,
        purges=(
            Purge(
                code="documents",
                name=Text("documents dont le lien est terminé", "documents whose link is over"),
                run=forget_documents,
                model="documents.SharedDocument",
                since="until_on",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {}
