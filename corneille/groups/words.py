"""Why somebody may write to a list or may not, and then what would be right: in both languages, for every door."""

from corneille.groups.decide import Reason
from corneille.kernel.keeping import Text

REASONS: dict[Reason, Text] = {
    Reason.OWNS: Text("Vous dirigez l’établissement de cette liste.", "You direct the establishment of this list."),
    Reason.IS_MEMBER: Text("Vous êtes dans cette liste.", "You are on this list."),
    Reason.WORKS_THERE: Text("Vous travaillez dans son établissement.", "You work in its establishment."),
    Reason.IS_OURS: Text("Toute l’académie peut lui écrire.", "The whole académie may write to it."),
    Reason.OPEN: Text("Chacun peut lui écrire.", "Anybody may write to it."),
    Reason.NOT_BEGUN: Text(
        "Cette liste n’a pas encore commencé : écrivez-lui à partir de son premier jour.",
        "This list has not begun: write to it from its first day on.",
    ),
    Reason.OVER: Text(
        "Cette liste est terminée : écrivez aux personnes, ou à la liste qui la remplace.",
        "This list is over: write to the people, or to the list that has its place.",
    ),
    Reason.OUTSIDE: Text(
        "Cette liste ne reçoit pas de courrier de l’extérieur de l’académie : écrivez à l’une de ses personnes, ou, si "
        "vous êtes de l’académie, connectez-vous pour envoyer.",
        "This list takes no mail from outside the académie: write to one of its people, or, if you are of the académie, "
        "sign in to send.",
    ),
    Reason.NOT_MEMBER: Text(
        "Seules les personnes de cette liste peuvent lui écrire : demandez à qui la tient de vous y ajouter, ou écrivez à "
        "l’une d’elles.",
        "Only the people on this list may write to it: ask who keeps it to add you, or write to one of them.",
    ),
    Reason.NOT_THERE: Text(
        "Seules les personnes de son établissement peuvent écrire à cette liste : écrivez à l’établissement.",
        "Only the people of its establishment may write to this list: write to the establishment.",
    ),
    Reason.NOT_OWNER: Text(
        "Seule la direction de l’établissement peut écrire à cette liste : demandez-lui d’envoyer votre message.",
        "Only the head of the establishment may write to this list: ask them to send your message.",
    ),
    Reason.NOBODY: Text(
        "Il n’y a personne dans cette liste aujourd’hui : écrivez aux personnes.",
        "Nobody is on this list today: write to the people.",
    ),
}


def tell_reason(reason: Reason, language: str) -> str:
    """Why, and what would be right, in a language."""
    return REASONS[reason].say(language)
