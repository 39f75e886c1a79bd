"""What the ground keeps of people."""

from corneille.kernel.journal_seal import drop_old_months
from corneille.kernel.journal_settings import Journal
from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.outbox import forget_told
from corneille.kernel.settings import of


def find_journal_months() -> int:
    """How many whole months the journal, and what goes with it, is kept."""
    return of(Journal).kept_months_count


WITH_JOURNAL = Text(
    "Avec le journal : {length} mois entiers après le mois en cours",
    "With the journal: {length} whole months after the current one",
)


KEPT: tuple[Retention, ...] = (
    Retention(
        code="journal",
        name=Text("Journal des actes", "Journal of acts"),
        purpose=Text(
            "Prouver qui a fait quoi sur quel compte, et le montrer à la personne",
            "Prove who did what to which account, and show it to the person",
        ),
        categories=Text(
            "Acte, date, auteur, personne concernée, adresse réseau ; jamais de contenu ni de secret",
            "Act, date, author, person concerned, network address; never content nor secrets",
        ),
        whose=EVERYBODY,
        basis=Basis.OBLIGATION,
        seen_by=(Audience.OWNER, Audience.SECURITY,),
        tables=(
            Table("kernel.JournalEntry", person="subject"),
        ),
        until=Text(
            "{length} mois entiers après le mois en cours, puis effacement par mois scellé",
            "{length} whole months after the current one, then dropped by sealed month",
        ),
        find_length=find_journal_months,
        purges=(
            Purge(
                code="journal",
                name=Text("mois scellés du journal", "sealed months of the journal"),
                run=drop_old_months,
                model="kernel.JournalEntry",
                since="at",
            ),
        ),
    ),
    Retention(
        code="told",
        name=Text("Avis reçus", "Notices received"),
        purpose=Text(
            "Prévenir la personne de ce qui touche son compte",
            "Tell the person what concerns their account",
        ),
        categories=Text(
            "Objet de l’avis, date, lu ou non",
            "Matter, date, read or not",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER,),
        tables=(
            Table("kernel.Notice", person="account"),
        ),
        until=WITH_JOURNAL,
        find_length=find_journal_months,
        purges=(
            Purge(
                code="told",
                name=Text("avis envoyés", "notices told"),
                run=forget_told,
                model="kernel.Notice",
                since="told_at",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "kernel.JournalHead": "where the journal ends",
    "kernel.JournalSeal": "numbers and codes of a month",
    "auth.Permission": "Django’s, unused",
    "auth.Group": "Django’s, unused",
    "contenttypes.ContentType": "Django’s names of tables",
}
