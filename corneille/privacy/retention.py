"""What copies of one's data keep."""

from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.settings import of
from corneille.privacy.export.forget import forget_exports
from corneille.privacy.export.settings import ExportSettings


def _find_days() -> int:
    return of(ExportSettings).kept_days_count


KEPT: tuple[Retention, ...] = (
    Retention(
        code="exports",
        name=Text("Copies de ses données", "Copies of one’s data"),
        purpose=Text(
            "Remettre à la personne qui le demande une copie de ses données",
            "Give the person who asks for it a copy of their data",
        ),
        categories=Text(
            "Courrier, agendas, connexions, avis, droits : ce que les autres traitements gardent d’elle",
            "Mail, agendas, sign-ins, notices, rights: what the other processings keep of them",
        ),
        whose=EVERYBODY,
        basis=Basis.OBLIGATION,
        seen_by=(Audience.OWNER,),
        tables=(
            Table("privacy.Export", person="account"),
        ),
        until=Text(
            "{length} jours, ou jusqu’à ce que la personne la supprime",
            "{length} days, or until the person deletes it",
        ),
        find_length=_find_days,
        purges=(
            Purge(
                code="exports",
                name=Text("copies échues", "copies whose time is over"),
                run=forget_exports,
                model="privacy.Export",
                since="asked_at",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "privacy.PurgeRun": "kinds, dates and numbers",
}
