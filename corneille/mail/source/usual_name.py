"""Names that mail programs give to the folders that every mail account has. Pure."""

from corneille.mail.values import SpecialUse

USUAL = {
    SpecialUse.SENT: (
        "sent", "sent messages", "sent items", "sent mail", "envoyés", "envoyes", "messages envoyés",
        "éléments envoyés", "objets envoyés", "courrier envoyé",
    ),
    SpecialUse.DRAFTS: ("drafts", "draft", "brouillons", "brouillon"),
    SpecialUse.TRASH: (
        "trash", "deleted messages", "deleted items", "corbeille", "éléments supprimés", "messages supprimés", "bin",
    ),
    SpecialUse.JUNK: (
        "junk", "junk e-mail", "spam", "bulk mail", "indésirables", "courrier indésirable", "pourriel", "pourriels",
    ),
    SpecialUse.ARCHIVE: ("archive", "archives"),
}  # fmt: skip
_USES = {name: use for use, names in USUAL.items() for name in names}


def find_special_use(name: str) -> SpecialUse | None:
    """The special use that a folder of this name has in other programs."""
    return _USES.get(name.strip().casefold())


def is_inbox(name: str) -> bool:
    """Whether other programs call the inbox so."""
    return name.strip().casefold() in {"inbox", "boîte de réception", "courrier entrant"}
