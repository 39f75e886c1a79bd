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
            "Messages, dossiers, indicateurs, ce que chacun a lu d’une boîte de poste, expéditeurs dont on voit les images",
            "Messages, folders, flags, what each has read of a position’s mail, senders whose pictures are shown",
        ),
        whose=Text("Titulaires de compte et leurs correspondants", "Account owners and their correspondents"),
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER,),
        tables=(
            Table("mail.MailAccount"),
            Table("mail.ImageSender"),
        ),
        until=Text(
            "Tant que le compte existe, ou jusqu’à ce que la personne les supprime ; leur contenu est effacé des disques "
            "dans les 44 jours qui suivent ([mail] keep_deleted_days, puis deux fois erase_within_days)",
            "As long as the account exists, or until the person deletes them; their content is erased from the disks within "
            "the 44 days that follow ([mail] keep_deleted_days, then twice erase_within_days)",
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
}
