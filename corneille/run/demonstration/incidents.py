"""Phishing in the demonstration: two campaigns in inboxes, one of them reported, its incident open, a correspondent.

Harmless: every address is at a domain that can never exist.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from corneille.mail.fetch import list_messages
from corneille.mail.mailbox import find_mailbox
from corneille.mail.names import INBOX
from corneille.mail.open_mail_account import open_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add import add_assignment
from corneille.people.decide import SECURITY_CORRESPONDENT
from corneille.people.establishment import list_establishments
from corneille.protection.incident import list_incidents
from corneille.protection.report import report_message
from corneille.run.demonstration.demo_person import DemoPerson
from corneille.transport.accept import accept
from corneille.transport.values import Arrival, Envelope

ARRIVAL = Arrival("ESMTPS", "mx.hebergeur.example", "203.0.113.66")
QUOTA = (
    "Service Messagerie", "alerte@messagerie-academie.example", "Votre boîte a dépassé son quota (98 %)",
    "Bonjour,\n\nVotre boîte mail a dépassé sa limite et sera suspendue sous 24 h. Confirmez votre identifiant et votre "
    "mot de passe pour la réactiver :\nhttp://ac-demonstration.test.connexion.example/quota\n\nLe service informatique\n",
)  # fmt: skip
PAYROLL = (
    "Gestion des personnels", "paye@ac-dem0nstration.example", "Indemnité exceptionnelle : dossier à compléter",
    "Bonjour,\n\nUne indemnité de 284,60 € vous est due. Complétez votre dossier avant vendredi :\n"
    "https://indemnites.example/dossier\n\nCordialement,\nLe bureau de la paye\n",
)  # fmt: skip
RECEIVERS = 12
REPORTERS = 3


def make_incidents(people: Sequence[DemoPerson], now: datetime) -> None:
    """Once: both campaigns arrive, the first is reported by three teachers."""
    officer = next(each for each in people if each.type == AccountType.SECURITY)
    if list_incidents(officer.account, now, "fr") or list_incidents(officer.account, now, "fr", closed=True):
        return
    _add_correspondent(people, now)
    able = [each for each in people if each.state == "active" and each.password]
    _send(QUOTA, able[:RECEIVERS], now - timedelta(days=2), 1)
    _send(PAYROLL, able[3 : 3 + RECEIVERS], now - timedelta(days=1), 2)
    for reporter in [each for each in able if each.type == AccountType.TEACHER][:REPORTERS]:
        mail = open_mail_account(reporter.account)
        inbox = find_mailbox(mail, INBOX)
        assert inbox is not None
        lines = list_messages(mail, inbox.id, limit=500).summaries
        trap = next((line for line in lines if line.sender_address == QUOTA[1]), None)
        if trap is not None:
            report_message(reporter.account, mail, trap.id, now - timedelta(hours=2))


def _add_correspondent(people: Sequence[DemoPerson], now: datetime) -> None:
    """The last of the administrative staff answers for the security of the whole académie at the rectorat."""
    rectorat = next(each for each in list_establishments() if each.kind == "rectorat")
    person = [each for each in people if each.type == AccountType.STAFF and each.password][-1]
    add_assignment(person.account, rectorat.uai, SECURITY_CORRESPONDENT.capitalize(), now.date())


def _send(told: tuple[str, str, str, str], receivers: Sequence[DemoPerson], at: datetime, number: int) -> None:
    name, address, subject, text = told
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{name} <{address}>"
    message["To"] = "personnels@liste.example"
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<campagne-{number}@{address.partition('@')[2]}>"
    message.set_content(text)
    envelope = Envelope(address, tuple(each.addresses[0] for each in receivers), ARRIVAL)
    accept(envelope, message.as_bytes(), at).result()
