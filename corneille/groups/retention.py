"""What lists keep."""

from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Retention, Table, Text

KEPT: tuple[Retention, ...] = (
    Retention(
        code="lists",
        name=Text("Listes", "Lists"),
        purpose=Text(
            "Écrire à une équipe, et montrer qui y était un jour donné",
            "Write to a team, and show who was on it on a given day",
        ),
        categories=Text(
            "Personnes ajoutées ou retirées à la main, avec les dates",
            "People added or taken out by hand, with the dates",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(
            Audience.OWNER,
            Audience.COLLEAGUES,
        ),
        tables=(Table("groups.Entry", person="account"),),
        until=Text(
            "Au plus tard avec le compte ; une adresse de liste n’est jamais donnée deux fois",
            "With the account at the latest; a list’s address is never given twice",
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "groups.FormerRule": "rules that lists had",
    "groups.Group": "lists: their address, title, rule and dates",
}
