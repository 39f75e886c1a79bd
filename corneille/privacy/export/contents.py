"""What a copy is made of, file by file, and the words that say so in it: French first, then English."""

from dataclasses import dataclass
from datetime import datetime

from corneille.classes.export import export_classes
from corneille.documents.export import export_documents
from corneille.kernel.keeping import Text
from corneille.kernel.settings import Ground, of
from corneille.privacy.export import tables
from corneille.privacy.export.tables import Table

README = "README.txt"
MISSING = "courrier/messages-illisibles.txt"
MAIL, AGENDAS = "courrier", "agendas"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the copy, and what it holds, in words."""

    name: str
    told: Text
    table: Table


PARTS = (
    Part(
        "compte.json",
        Text(
            "Votre identité, vos affectations, coordonnées de secours, vos droits, les chartes acceptées, "
            "les expéditeurs dont vous affichez les images.",
            "Who you are, your assignments, your recovery contacts, your rights, the charters that you accepted, the "
            "senders whose pictures you show.",
        ),
        tables.tell_account,
    ),
    Part(
        "connexions.json",
        Text(
            "Vos connexions et tentatives, sessions, appareils, mots de passe d’application (jamais les secrets), le "
            "journal de votre compte, les services visités.",
            "Your sign-ins and attempts, sessions, devices, app passwords (never the secrets), the journal of your "
            "account, the services visited.",
        ),
        tables.tell_access,
    ),
    Part(
        "avis.json",
        Text("Les avis que vous avez reçus de Corneille et des autres services.", "The notices that you received."),
        tables.tell_notices,
    ),
    Part(
        f"{AGENDAS}/partages.json",
        Text(
            "Avec qui vos agendas sont partagés, et leurs adresses privées (jamais les secrets).",
            "With whom your calendars are shared, and their private addresses (never the secrets).",
        ),
        tables.tell_sharing,
    ),
    Part(
        "classes.json",
        Text(
            "Vos classes, leurs élèves et responsables : leurs données vous sont confiées, gardez ce fichier pour vous.",
            "Your classes, their pupils and guardians: they entrusted these data to you, keep this file to yourself.",
        ),
        export_classes,
    ),
    Part(
        "documents.json",
        Text(
            "Les documents que vous partagez par un lien : nom, taille, fin, nombre d’ouvertures (jamais le lien).",
            "The documents that you share by a link: name, size, end, number of openings (never the link).",
        ),
        export_documents,
    ),
    Part(
        "signalements.json",
        Text(
            "Les messages trompeurs que vous avez signalés, et ceux que vous avez reçus.",
            "The deceiving messages that you reported, and those that you received.",
        ),
        tables.tell_reports,
    ),
    Part(
        "demandes.json",
        Text(
            "Vos demandes d’assistance : ce qui les accompagnait, les échanges, et les notes internes de l’assistance, "
            "marquées comme telles.",
            "Your support requests: what went with them, the exchanges, and the internal notes of support, marked as such.",
        ),
        tables.tell_requests,
    ),
    Part(
        "traitements.json",
        Text(
            "Ce que chaque traitement garde de vous, pourquoi et jusqu’à quand.",
            "What each processing keeps of you, why and until when.",
        ),
        tables.tell_kept,
    ),
)
FILES = (
    (
        f"{MAIL}/….mbox",
        Text(
            "Votre courrier : un fichier par dossier, au format mbox (mboxrd), que Thunderbird et la plupart des logiciels "
            "ouvrent. Chaque message y est tel qu’il est arrivé ; les champs Status, X-Status et X-Keywords, ajoutés, "
            "disent s’il est lu, répondu, suivi, et ses étiquettes.",
            "Your mail: one file for each folder, in the mbox format (mboxrd), which Thunderbird and most programs open. "
            "Each message is as it came; the fields Status, X-Status and X-Keywords, added before it, say whether it is "
            "read, answered, flagged, and its labels.",
        ),
    ),
    (
        MISSING,
        Text(
            "S’il existe : les messages que le serveur n’a pas pu relire. Demandez-les à l’assistance.",
            "If it is there: the messages that the server could not read back. Ask support for them.",
        ),
    ),
    (
        f"{AGENDAS}/….ics",
        Text(
            "Vos agendas : un fichier iCalendar par agenda, événements privés compris.",
            "Your calendars: one iCalendar file for each, private events included.",
        ),
    ),
    *((each.name, each.told) for each in PARTS),
)
_HEADS = Text(
    "Copie des données de {name} ({identifier})\n{academie}, le {day}\n\n"
    "Cette copie contient tout votre courrier : gardez-la comme vous garderiez votre boîte. Les instants des fichiers "
    ".json sont en temps universel (UTC). Ce que Corneille garde pour se protéger (mots de passe hachés, clés) n’y est pas. "
    "Les fichiers :\n",
    "Copy of the data of {name} ({identifier})\n{academie}, {day}\n\n"
    "This copy holds all your mail: keep it as you would keep your mailbox. Instants in the .json files are in universal "
    "time (UTC). What Corneille keeps to protect itself (hashed passwords, keys) is not in it. The files:\n",
)


def format_readme(name: str, identifier: str, made_at: datetime) -> str:
    """README.txt: lines end in CR LF, for every system's editor."""
    told = []
    for language in ("fr", "en"):
        head = _HEADS.say(language).format(
            name=name, identifier=identifier, academie=of(Ground).academie, day=made_at.strftime("%Y-%m-%d")
        )
        told.append(head + "".join(f"\n{file}\n    {words.say(language)}\n" for file, words in FILES))
    return "\n----\n\n".join(told).replace("\n", "\r\n")
