"""What a bounce says to people, in French, then in English: the cause, and what to do.

A bounce is one text in both languages, since nobody knows which its reader has: so the words stand side by
side here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a message did not arrive, for each language: the cause and the way out."""

    french: str
    english: str


_CAUSES = {
    "5.1.1": Cause(
        "Cette adresse n’existe pas. Vérifiez-la, lettre par lettre, ou demandez-la à la personne.",
        "This address does not exist. Check it letter by letter, or ask the person for it.",
    ),
    "5.1.2": Cause(
        "Le domaine de l’adresse (ce qui suit « @ ») n’existe pas. Vérifiez-le.",
        "The address's domain (what follows the @) does not exist. Check it.",
    ),
    "5.1.10": Cause(
        "Le domaine de cette adresse ne reçoit pas de courrier.",
        "This address's domain takes no mail.",
    ),
    "x.2.2": Cause(
        "La boîte aux lettres du destinataire est pleine. "
        "Prévenez la personne autrement, puis renvoyez le message.",
        "The recipient's mailbox is full. Tell the person by another way, then send the message again.",
    ),
    "x.3.4": Cause(
        "Le message est trop volumineux pour le serveur du destinataire. Allégez les pièces jointes.",
        "The message is too large for the recipient's server. Send lighter attachments.",
    ),
    "x.7": Cause(
        "Le serveur du destinataire a refusé ce message en raison de ses règles de sécurité.",
        "The recipient's server refused this message because of its security rules.",
    ),
    "5.6.7": Cause(
        "Le serveur du destinataire n’accepte pas les adresses avec des lettres accentuées.",
        "The recipient's server does not take addresses with accented letters.",
    ),
}
_SILENT = Cause(
    "Le serveur du destinataire n’a pas répondu, ou a demandé d’attendre, pendant tout ce temps.",
    "The recipient's server did not answer, or asked us to wait, all this time.",
)
_REFUSED = Cause(
    "Le serveur du destinataire a refusé le message ; sa réponse est ci-dessous.",
    "The recipient's server refused the message; its answer is below.",
)


def choose_cause(status: str) -> Cause:
    """The words for an enhanced status code (RFC 3463)."""
    kind, _, rest = status.partition(".")
    subject = rest.partition(".")[0]
    if rest in {"2.3"}:
        rest = "3.4"
    for key in (status, f"x.{rest}", f"x.{subject}"):
        if key in _CAUSES:
            return _CAUSES[key]
    return _REFUSED if kind == "5" and status != "5.4.7" else _SILENT


FAILED_SUBJECT = "Message non remis · Message not delivered"
LATE_SUBJECT = "Message en attente · Message delayed"
FAILED_INTRODUCTION = Cause(
    "Votre message n’a pas pu être remis aux destinataires suivants.",
    "Your message could not be delivered to these recipients.",
)
LATE_INTRODUCTION = Cause(
    "Votre message n’est pas encore remis aux destinataires suivants. "
    "Nous continuons d’essayer ; vous n’avez rien à faire.",
    "Your message has not been delivered to these recipients yet. "
    "We go on trying; there is nothing for you to do.",
)
SENDER_NAME = "Service de messagerie"
