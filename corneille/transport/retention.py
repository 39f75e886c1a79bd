"""What the queue keeps."""

from datetime import timedelta

from corneille.access.burst_settings import COUNTED_FOR
from corneille.kernel.keeping import EVERYBODY, Audience, Basis, Purge, Retention, Table, Text
from corneille.kernel.settings import of
from corneille.transport.held import forget_sent
from corneille.transport.sent_letter import forget_letters
from corneille.transport.settings import TransportSettings


def _find_days() -> int:
    return of(TransportSettings).sent_letter_days


def _find_hours() -> int:
    return int(COUNTED_FOR / timedelta(hours=1))


KEPT: tuple[Retention, ...] = (
    Retention(
        code="queue",
        name=Text("Messages en cours d’envoi", "Messages on their way"),
        purpose=Text(
            "Remettre les messages à leurs destinataires",
            "Deliver messages to their recipients",
        ),
        categories=Text(
            "Message, expéditeur, destinataires, réponses des serveurs",
            "Message, sender, recipients, servers’ replies",
        ),
        whose=Text("Expéditeurs et destinataires", "Senders and recipients"),
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.OWNER,),
        tables=(
            Table("transport.QueuedMessage", person="writer"),
            Table("transport.QueuedRecipient", person="message__writer"),
        ),
        until=Text("Jusqu’à la remise ou au retour du message", "Until it is delivered or comes back"),
    ),
    Retention(
        code="sent-once",
        name=Text("Envois récents", "What was sent lately"),
        purpose=Text(
            "Ne pas envoyer deux fois la même lettre",
            "Never send a letter twice",
        ),
        categories=Text(
            "Clé, date, destinataires",
            "Key, date, recipients",
        ),
        whose=Text("Expéditeurs et destinataires", "Senders and recipients"),
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.NOBODY,),
        tables=(
            Table("transport.SentLetter", person="writer"),
        ),
        until=Text("{length} jours", "{length} days"),
        find_length=_find_days,
        purges=(
            Purge(
                code="sent-letters",
                name=Text("lettres envoyées une fois", "letters sent once"),
                run=forget_letters,
                model="transport.SentLetter",
                since="sent_at",
            ),
        ),
    ),
    Retention(
        code="sent-counts",
        name=Text("Nombre de destinataires", "Number of recipients"),
        purpose=Text(
            "Reconnaître un compte détourné à ses envois en rafale",
            "Recognise a stolen account by bursts of mail",
        ),
        categories=Text(
            "Date et nombre de destinataires",
            "Date and number of recipients",
        ),
        whose=EVERYBODY,
        basis=Basis.PUBLIC_TASK,
        seen_by=(Audience.NOBODY,),
        tables=(
            Table("transport.SentCount", person="writer"),
        ),
        until=Text("{length} heures", "{length} hours"),
        find_length=_find_hours,
        purges=(
            Purge(
                code="sent-counts",
                name=Text("nombres d’envois", "counts of sending"),
                run=forget_sent,
                model="transport.SentCount",
                since="at",
            ),
        ),
    ),
)

NO_PERSONAL_DATA: dict[str, str] = {
    "transport.UnwantedMark": "marks of deceptive campaigns",
}
