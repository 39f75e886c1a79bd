"""What reports of phishing keep."""

from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.settings import of
from corneille.protection.forget import forget_incidents
from corneille.protection.settings import Protection


def _find_days() -> int:
    return of(Protection).keep_days


def _find_idle() -> dict[str, str]:
    return {"idle": str(of(Protection).idle_days)}


KEPT: tuple[Retention, ...] = (
    Retention(
        code="incidents",
        name=Text("Signalements et incidents", "Reports and incidents"),
        purpose=Text(
            "Reconnaître l’hameçonnage, le retirer des boîtes, prévenir qui l’a reçu",
            "Recognise phishing, take it out of mailboxes, tell who got it",
        ),
        categories=Text(
            "Message signalé, auteur du signalement, destinataires, copies retirées, actes",
            "Message reported, who reported, who received, copies removed, acts",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER, Audience.SECURITY, Audience.PLACE, Audience.SUPPORT),
        tables=(
            Table("protection.Report", person="account"),
            Table("protection.Receiver", person="account"),
            Table("protection.RemovedCopy", person="account"),
            Table("protection.Step", person="account"),
            Table("protection.Removal", person="account"),
            Table("protection.Incident"),
        ),
        until=Text(
            "{length} jours après la fin de l’incident, qui vient d’elle-même {idle} jours après le dernier signalement ou "
            "le dernier acte ; ce que personne n’a jugé attend, et l’équipe de sécurité en est avisée chaque semaine",
            "{length} days after the incident’s end, which comes by itself {idle} days after the last report or act; what "
            "nobody has judged waits, and the security officers are told every week",
        ),
        find_length=_find_days,
        find_figures=_find_idle,
        purges=(
            Purge(
                code="incidents",
                name=Text("incidents finis", "incidents that are over"),
                run=forget_incidents,
                model="protection.Incident",
                since="closed_at",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "protection.Trait": "marks of deceptive campaigns",
}
