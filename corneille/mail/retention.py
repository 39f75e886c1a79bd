"""What mail accounts keep; the messages themselves are in the store."""

from collections.abc import Mapping

from corneille.kernel.keeping import Audience, Basis, Retention, Table, Text
from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings


def find_days() -> Mapping[str, str]:
    """For how long deleted mail can be put back, and how long the erasure of its content may take after that.

    What lies in the mail store and in the search index are erased one after the other.
    """
    settings = of(MailSettings)
    return {"kept": str(settings.keep_deleted_days), "erased": str(2 * settings.erase_within_days)}


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
            "images, signature",
            "Messages, folders, flags, what each has read and noted of a position’s mail, senders whose pictures are shown, "
            "signature",
        ),
        whose=Text("Titulaires de compte et leurs correspondants", "Account owners and their correspondents"),
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER,),
        tables=(
            Table("mail.MailAccount"),
            Table("mail.ImageSender"),
            Table("mail.Signature"),
        ),
        until=Text(
            "Tant que le compte existe, ou jusqu’à ce que la personne les supprime ; supprimés, ils peuvent être remis "
            "pendant {kept} jours, puis leur contenu est effacé des disques dans les {erased} jours",
            "As long as the account exists, or until the person deletes them; deleted, they can be put back for {kept} "
            "days, then their content is erased from the disks within {erased} days",
        ),
        find_figures=find_days,
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
}
