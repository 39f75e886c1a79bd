"""What notices keep."""

from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.settings import of
from corneille.notices.card import forget_delivered, forget_posts
from corneille.notices.gateway_settings import Gateway


def _find_days() -> int:
    return of(Gateway).kept_days_count


KEPT: tuple[Retention, ...] = (
    Retention(
        code="cards",
        name=Text("Avis des services", "Notices of services"),
        purpose=Text(
            "Montrer à chacun ce que les autres services lui annoncent",
            "Show everybody what other services tell them",
        ),
        categories=Text(
            "Avis, lu ou rangé, voies par lesquelles il est parti",
            "Notice, read or put away, channels by which it left",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER, Audience.SERVICES,),
        tables=(
            Table("notices.Card", person="account"),
            Table("notices.Post"),
            Table("notices.Delivered"),
        ),
        until=Text(
            "{length} jours après le dernier jour de l’avis",
            "{length} days after the notice’s last day",
        ),
        find_length=_find_days,
        purges=(
            Purge(
                code="posts",
                name=Text("avis des services", "notices of services"),
                run=forget_posts,
                model="notices.Post",
                since="posted_at",
            ),
            Purge(
                code="channels",
                name=Text("voies de départ des avis", "channels of notices"),
                run=forget_delivered,
                model="notices.Delivered",
                since="at",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "notices.Service": "services of the académie",
}
