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
            "Messages, dossiers, indicateurs, ce que chacun a lu et noté d’une boîte de poste, expéditeurs dont on voit les "
            "images",
            "Messages, folders, flags, what each has read and noted of a position’s mail, senders whose pictures are shown",
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
            "pendant 30 jours ([mail] keep_deleted_days), puis leur contenu est effacé des disques dans les 14 jours "
            "(deux fois erase_within_days)",
            "As long as the account exists, or until the person deletes them; deleted, they can be put back for 30 days "
            "([mail] keep_deleted_days), then their content is erased from the disks within 14 days (twice "
            "erase_within_days)",
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
}
