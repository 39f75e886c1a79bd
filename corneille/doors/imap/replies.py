"""One table: what a refusal's code reads as in IMAP (RFC 9051 §7.1, RFC 5530). Text is ASCII: rev1 allows no more."""

from corneille.desk.cause import Cause
from corneille.desk.explanation import address_of_cause
from corneille.kernel.refusal import Refusal


class No(Exception):
    """A tagged NO: `code` without brackets, "" for none."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.text, self.code = text, code


class Bad(Exception):
    """A tagged BAD: the command is against the protocol."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.text, self.code = text, code


class Bye(Exception):
    """Nothing is left but to say so and close."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class AlreadyAnswered(Exception):
    """The tagged reply has gone out."""


TABLE = {
    "gone": ("NONEXISTENT", "There is no such thing"),
    "mailbox-gone": ("NONEXISTENT", "There is no such mailbox"),
    "mailbox-exists": ("ALREADYEXISTS", "There is a mailbox of this name"),
    "mailbox-name-refused": ("CANNOT", "A mailbox cannot have this name"),
    "mailbox-kept": ("CANNOT", "This mailbox is always kept"),
    "over-quota": ("OVERQUOTA", "Boite pleine, videz la corbeille. / The mail account is full, empty the bin."),
    "message-too-large": ("TOOBIG", "The message is too large"),
    "too-many-mailboxes": ("LIMIT", "There are too many mailboxes"),
    "keyword-refused": ("LIMIT", "A keyword is an atom of 64 characters at most, and a mailbox has 200 of them at most"),
    "too-many-entries": ("METADATA TOOMANY", "A mail account has 1000 entries at most; take some away"),
    "special-use-taken": ("USEATTR", "Another mailbox has this use; that of \\Archive can be deleted"),
    "too-much-to-carry": ("LIMIT", "Too much at once from one mail account to another: copy fewer messages at a time"),
    "index-lost": ("UNAVAILABLE", "The mail cannot be reached for the moment; nothing was changed"),
    "storage-fault": ("SERVERBUG", "The disk answered with an error; nothing was changed"),
    "disk-full": ("UNAVAILABLE", "There is no room on the server for the moment; nothing was changed"),
    "busy": ("UNAVAILABLE", "The server is busy; try again"),
}
CAUSES = {
    "over-quota": Cause.QUOTA, "storage-fault": Cause.INCIDENT, "disk-full": Cause.INCIDENT, "index-lost": Cause.INCIDENT,
}  # fmt: skip
"""Refusals whose cause auto-dépannage explains."""


def explain(text: str, code: str, cause: Cause) -> No:
    """A NO that says where its cause is explained."""
    return No(f"{text} {address_of_cause(cause)}", code)


def explain_incident(incident: str) -> No:
    """To who met an error of ours, whose stack is logged with this number."""
    return explain(f"Erreur du serveur. / An error of ours, incident {incident}.", "SERVERBUG", Cause.INCIDENT)


def refuse_crowded() -> No:
    """What would be held in memory has no room there now (`frame/memory`)."""
    told = "Trop de messages a la fois, reessayez dans un instant. / Too many messages at once, try again in a moment."
    return No(told, "LIMIT")


def tls_first() -> No:
    """To who signs in in clear: no password is looked at."""
    told = "Choisissez SSL/TLS ou STARTTLS dans votre logiciel. / Start TLS first."
    return explain(told, "PRIVACYREQUIRED", Cause.TLS_REFUSED)


def reply_to(refusal: Refusal) -> No:
    """The NO for a refusal; one that the table does not know still says whether trying again helps."""
    if refusal.code in TABLE:
        code, text = TABLE[refusal.code]
        return explain(text, code, CAUSES[refusal.code]) if refusal.code in CAUSES else No(text, code)
    return No(f"Refused: {refusal.code}", "UNAVAILABLE" if refusal.temporary else "CANNOT")


def format_reply(tag: str, word: str, text: str, code: str = "") -> bytes:
    """One status line. `tag` "*" makes it untagged."""
    return f"{tag} {word} {f'[{code}] ' if code else ''}{text}\r\n".encode()
