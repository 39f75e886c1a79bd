"""What machines write: a bounce, an absence message, newsletters with remote images, invitations, a delivery of scans."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from corneille.run.demonstration.attachment import make_attachment, make_invitation, make_pdf, make_png
from corneille.run.demonstration.correspondent import draw_outsider
from corneille.run.demonstration.letter import (
    DOMAIN,
    Correspondent,
    Letter,
    Part,
    encode_words,
    make_multipart,
    make_text,
)  # fmt: skip
from corneille.run.demonstration.posted import Reader
from corneille.run.demonstration.topic import draw_details

NEWSLETTERS = (
    ("Lettre de l’orientation", "lettre@orientation.example"),
    ("Le Café de la classe", "bonjour@cafe-classe.example"),
    ("Librairie L’Armitière-Exemple", "actus@librairie.example"),
    ("Musée d’Exemple", "public@musee.example"),
)


def write_machine_letters(chance: random.Random, reader: Reader, now: datetime) -> Iterator[Letter]:
    """One of each, at different times of the year."""
    writers = (_write_bounce, _write_absence, _write_scan, *(_write_newsletter,) * 6, *(_write_invitation,) * 3)
    for write in writers:
        at = (now - timedelta(days=chance.random() * 120, minutes=chance.randrange(600))).replace(microsecond=0)
        yield write(chance, reader, at)


def _write_bounce(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    """RFC 3464, as a distant server sends it."""
    gone = f"compta-{chance.randrange(100)}@fournisseur.example"
    identity = f"retour.{chance.getrandbits(40):010x}"
    plain = make_text(
        f"Votre message n’a pas pu être remis à l’adresse suivante\u00a0:\n\n    {gone}\n\n"
        "550 5.1.1 Adresse inconnue (User unknown)\n"
    )
    status = (
        f"Reporting-MTA: dns; mx.fournisseur.example\r\nArrival-Date: {at:%a, %d %b %Y %H:%M:%S} +0000\r\n\r\n"
        f"Final-Recipient: rfc822; {gone}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n"
    )
    sent = f"From: {reader.correspondent}\r\nTo: {gone}\r\nSubject: {encode_words('Devis n° 12 : relance')}\r\n\r\n"
    content = make_multipart(
        "report",
        (
            plain,
            Part(b"Content-Type: message/delivery-status", status.encode()),
            Part(b"Content-Type: text/rfc822-headers", sent.encode()),
        ),
        f"rapport-{identity}",
        "; report-type=delivery-status",
    )
    daemon = Correspondent("Mail Delivery System", "MAILER-DAEMON@mx.fournisseur.example")
    extra = ("Auto-Submitted: auto-replied",)
    return Letter(
        daemon, (reader.correspondent,), "Undelivered Mail Returned to Sender", at, content, identity, extra=extra,
        program="mx.fournisseur.example",
    )  # fmt: skip


def _write_absence(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    away = draw_outsider(chance, "collectivite.example")
    text = (
        "Bonjour,\n\nJe suis en congé jusque lundi prochain et ne lirai pas ce message avant mon retour.\n"
        "Si cela presse, écrivez à accueil@collectivite.example.\n"
    )
    subject = "Absence du bureau : Re: Transports scolaires"
    return Letter(
        away, (reader.correspondent,), subject, at, make_text(text, charset="iso-8859-15"),
        f"absence.{chance.getrandbits(40):010x}", extra=("Auto-Submitted: auto-replied", "Precedence: bulk"),
    )  # fmt: skip


def _write_scan(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    """A copier's mail: no text at all, two files."""
    identity = f"scan.{chance.getrandbits(40):010x}"
    copier = Correspondent("", f"copieur-{chance.randrange(9)}@{DOMAIN}")
    lines = ("Page numérisée", "Fiche de renseignements", f"Référence {identity}")
    files = (make_pdf(f"scan_{at:%Y%m%d}.pdf", "Document", lines), make_png("apercu.png", 200, 280, (230, 230, 220)))
    content = make_multipart("mixed", tuple(make_attachment(file) for file in files), f"s-{identity}")
    return Letter(copier, (reader.correspondent,), "", at, content, identity, program="Copieur 3.1")


def _write_newsletter(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    name, address = chance.choice(NEWSLETTERS)
    host = address.partition("@")[2]
    identity = f"{chance.getrandbits(64):016x}"
    details = draw_details(chance, at)
    title = f"{name} n° {details.numero} : {chance.choice(('rencontres', 'agenda', 'nouveautés', 'portrait'))}"
    blocks = "".join(
        f'<tr><td style="padding:12px"><img src="https://{host}/images/{number}.jpg" width="560" height="180" '
        f'alt="Illustration {number}"><h2 style="color:#7a1f3d;font-family:Georgia,serif">{heading}</h2>'
        f'<p style="font-family:Verdana,sans-serif;font-size:13px">{text} '
        f'<a href="https://{host}/article/{number}?lecteur={identity}">Lire la suite</a></p></td></tr>\n'
        for number, (heading, text) in enumerate(
            (
                (f"Rendez-vous à {details.ville}", f"Le {details.jour} à {details.heure}, entrée libre pour les classes."),
                (f"Dossier : {details.matiere}", "Vingt ressources choisies, du cycle 3 à la terminale, prêtes à imprimer."),
                ("Portrait", "Elle accueille les classes depuis trente ans : rencontre avec la gardienne du phare."),
            ),
            1,
        )
    )
    page = (
        f'<html><head><title>{title}</title></head><body bgcolor="#f2efe9"><center><table width="600" bgcolor="#ffffff" '
        f'background="https://{host}/fond.png">{blocks}</table><p style="font-size:11px"><a href="https://{host}/desinscription?'
        f'{identity}">Se désinscrire</a></p><img src="https://{host}/ouvert/{identity}.gif" width="1" height="1" alt="">'
        "</center></body></html>\n"
    )
    plain = f"{title}\n\nVersion en ligne : https://{host}/lettre/{details.numero}\n"
    content = make_multipart("alternative", (make_text(plain), make_text(page, "html")), f"n-{identity}")
    extra = (
        f"List-Id: <lettre.{host}>", f"List-Unsubscribe: <https://{host}/desinscription?{identity}>,\r\n <mailto:{address}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "Precedence: bulk",
    )  # fmt: skip
    return Letter(
        Correspondent(name, address), (Correspondent("", reader.domain_address),), title, at, content, identity,
        extra=extra, program="Envoi 9",
    )  # fmt: skip


def _write_invitation(chance: random.Random, reader: Reader, at: datetime) -> Letter:
    organiser = draw_outsider(chance, "partenaire.example")
    details = draw_details(chance, at)
    begins_at = (at + timedelta(days=chance.randrange(2, 30))).replace(hour=chance.randrange(8, 16), minute=0, second=0)
    summary = f"Réunion {details.matiere} – {details.ville}"
    identity = f"rdv.{chance.getrandbits(40):010x}"
    invitation = make_invitation(
        f"{identity}@partenaire.example", summary, f"Salle {details.salle}", begins_at, (organiser, reader.correspondent), at
    )
    text = f"Vous êtes invité ou invitée\u00a0:\n\n{summary}\n{begins_at:%d/%m/%Y à %H:%M} (UTC), salle {details.salle}\n"
    content = make_multipart("alternative", (make_text(text), invitation), f"i-{identity}")
    return Letter(organiser, (reader.correspondent,), f"Invitation : {summary}", at, content, identity)
