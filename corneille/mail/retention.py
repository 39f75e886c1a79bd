"""What mail accounts keep; the messages themselves are in the store."""

from corneille.kernel.keeping import Audience, Basis, Retention, Table, Text

KEPT: tuple[Retention, ...] = (
    Retention(
        code="mail",
        name=Text("Courrier", "Mail"),
        purpose=Text(
            "La messagerie professionnelle",
            "Professional mail",
        ),
        categories=Text(
            "Messages, dossiers, indicateurs, expéditeurs dont les images s’affichent",
            "Messages, folders, flags, senders whose pictures are shown",
        ),
        whose=Text("Titulaires de compte et leurs correspondants", "Account owners and their correspondents"),
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER,),
        tables=(
            Table("mail.MailAccount"),
            Table("mail.ImageSender"),
        ),
        until=Text(
            "Tant que le compte existe, ou jusqu’à ce que la personne les supprime ; supprimés, ils peuvent être remis "
            "pendant les jours du réglage keep_deleted_days (30)",
            "As long as the account exists, or until the person deletes them; then they can be put back for the days of the "
            "setting keep_deleted_days (30)",
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
}
