"""What agendas keep."""

from corneille.calendar.list_objects import forget_changes
from corneille.calendar.settings import CalendarSettings
from corneille.kernel.keeping import Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.settings import of


def _find_days() -> int:
    return of(CalendarSettings).changes_days_count


KEPT: tuple[Retention, ...] = (
    Retention(
        code="agendas",
        name=Text("Agendas", "Agendas"),
        purpose=Text(
            "L’agenda professionnel, ses partages et ses adresses privées",
            "The professional agenda, its shares and private addresses",
        ),
        categories=Text(
            "Événements, participants, partages, adresses d’abonnement hachées",
            "Events, attendees, shares, hashed feed addresses",
        ),
        whose=Text("Titulaires de compte et personnes invitées", "Account owners and people invited"),
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER, Audience.COLLEAGUES,),
        tables=(
            Table("calendar.Calendar", person="owner"),
            Table("calendar.CalendarObject", person="calendar__owner"),
            Table("calendar.Share", person="calendar__owner"),
            Table("calendar.Feed", person="made_by"),
            Table("calendar.Change", person="calendar__owner"),
        ),
        until=Text(
            "Tant que le compte existe, ou jusqu’à ce que la personne les supprime ; ceux d’une équipe ou d’un "
            "établissement : jusqu’à ce que ceux qui les gèrent les suppriment ; noms supprimés : {length} jours",
            "As long as the account exists, or until the person deletes them; those of a team or an establishment: until "
            "who manages them deletes them; names deleted: {length} days",
        ),
        find_length=_find_days,
        purges=(
            Purge(
                code="removals",
                name=Text("noms d’événements supprimés", "names of events deleted"),
                run=forget_changes,
                model="calendar.Change",
                since="at",
                among={"is_gone": True},
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
}
