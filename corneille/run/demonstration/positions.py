"""Mail of two positions of one school: « direction » and « secrétariat », with a few messages that wait there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from corneille.kernel.ids import AccountId
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import NewMessage
from corneille.people.account_type import AccountType
from corneille.people.add_position import NewPosition, add_position, give
from corneille.people.position import find_position, list_positions
from corneille.people.position_right import PositionRight, Term
from corneille.people.uai import format_uai
from corneille.run.demonstration.academie import FUNCTIONS
from corneille.transport.compose import Correspondent, Letter, compose

UAI = format_uai(279106)
OUTSIDE = "exemple.test"
ALL = (PositionRight.WRITE, PositionRight.SEND_AS, PositionRight.ON_BEHALF)
HEAD, SECRETARY = FUNCTIONS[AccountType.HEAD], FUNCTIONS[AccountType.STAFF]
GIVEN = {
    "direction": ((HEAD, ALL), (SECRETARY, (PositionRight.READ, PositionRight.ON_BEHALF))),
    "secrétariat": ((SECRETARY, ALL), (HEAD, (PositionRight.READ,))),
}
"""The head answers as the direction, the office reads it and answers on its behalf; and the other way round."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A message that waits; `hours_count` ago it came."""

    position: str
    name: str
    local: str
    subject: str
    text: str
    hours_count: int


_MAIL = (
    _Waiting("direction", "DSDEN de l’Eure", "ce.dsden27", "Carte scolaire : remontée des effectifs",
             "Madame, Monsieur le chef d’établissement,\n\nMerci de confirmer vos effectifs par division avant vendredi "
             "midi. Un tableau vous parviendra demain.\n\nLa division de l’organisation scolaire", 92),
    _Waiting("direction", "Association des parents d’élèves", "contact", "Conseil d’administration du mois prochain",
             "Bonjour,\n\nPourriez-vous inscrire à l’ordre du jour la sécurité des abords et les horaires des cars ?\n\n"
             "Bien cordialement,\nLe bureau", 51),
    _Waiting("direction", "Mairie du Neufmesnil", "education", "Travaux dans la cour pendant les vacances",
             "Bonjour,\n\nL’entreprise interviendra les deux semaines. Qui pourra lui ouvrir le portail ?\n\nLe service "
             "éducation", 20),
    _Waiting("direction", "Rectorat, division des personnels", "dpe", "Remplacement en mathématiques",
             "Bonjour,\n\nUne personne contractuelle pourra prendre son poste lundi. Merci de nous dire si la salle et "
             "l’emploi du temps sont prêts.\n\nLa division des personnels enseignants", 3),
    _Waiting("secrétariat", "Samira Lacombe", "samira.lacombe", "Certificat de scolarité",
             "Bonjour,\n\nJe souhaite un certificat de scolarité pour mon fils, en 6e B. Puis-je passer mercredi ?\n\n"
             "Merci,\nSamira Lacombe", 46),
    _Waiting("secrétariat", "Transports du Vexin", "exploitation", "Car de 17 h 10 : retard prévu jeudi",
             "Bonjour,\n\nÀ cause des travaux, le car de 17 h 10 partira jeudi à 17 h 30. Merci de prévenir les familles."
             "\n\nLe service d’exploitation", 26),
    _Waiting("secrétariat", "Laboratoire Hautefontaine", "factures", "Facture du matériel de sciences",
             "Bonjour,\n\nVotre facture est à votre disposition. Sans réponse de votre part, elle part par la poste.\n\n"
             "La comptabilité", 6),
)  # fmt: skip


def make_positions(now: datetime) -> None:
    """Once: where the positions stand already, nothing is done."""
    if any(each.uai == UAI for each in list_positions()):
        return
    began = date(now.year - 1, 9, 1)
    for name, rules in GIVEN.items():
        account = add_position(NewPosition(name, UAI, began), now)
        for function, rights in rules:
            give(account, function, rights, Term(began), now)
        _fill(name, account, now)


def _fill(name: str, account: AccountId, now: datetime) -> None:
    position = find_position(account)
    assert position is not None
    mail = create_mail_account(account)
    inbox = find_mailbox(mail, "INBOX")
    assert inbox is not None
    messages = []
    for number, each in enumerate(_MAIL):
        if each.position == name:
            at = now - timedelta(hours=each.hours_count)
            letter = Letter(
                Correspondent(each.name, f"{each.local}@{OUTSIDE}"), [Correspondent(position.label, position.address)],
                [], [], each.subject, each.text, f"<poste.{number}.{UAI.lower()}@{OUTSIDE}>",
            )  # fmt: skip
            messages.append(NewMessage(compose(letter, at), at))
    append(mail, inbox.id, messages).result()
