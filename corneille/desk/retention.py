"""What help keeps."""

from corneille.kernel.keeping import Audience, Basis, Retention, Table, Text

KEPT: tuple[Retention, ...] = (
    Retention(
        code="articles",
        name=Text("Auteurs de l’aide", "Authors of the help pages"),
        purpose=Text(
            "Savoir qui a écrit une réponse",
            "Know who wrote an answer",
        ),
        categories=Text(
            "Auteur et date de chaque version",
            "Author and date of each version",
        ),
        whose=Text("Assistance du rectorat", "The rectorat’s support"),
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.SUPPORT,),
        tables=(
            Table("desk.ArticleVersion"),
        ),
        until=Text("Tant que l’aide existe", "As long as the help pages exist"),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "desk.Disruption": "words about the service",
    "desk.LastProbe": "how the service answered itself",
    "desk.Word": "words about the service",
}
