"""Spam and phishing for the junk mailbox: harmless, every address at a domain that can never exist."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from corneille.mail.values import SEEN
from corneille.run.demonstration.letter import DOMAIN, Correspondent, Letter, make_multipart, make_text, render
from corneille.run.demonstration.posted import Posted, Reader

JUNK = (
    ("Service Messagerie", "alerte@messagerie-academie.example", "URGENT : votre boîte sera supprimée dans 24 h",
     "Votre quota est dépassé. Confirmez votre identifiant et votre mot de passe sur https://verification.example/quota "
     "sous peine de suspension définitive de votre compte."),
    ("Webmail Académie", "webmaster@ac-dem0nstration.example", "[Action requise] Nouvelle authentification",
     "Cher utilisateur, suite à la mise à jour du serveur, veuillez valider votre accés en cliquant ici : "
     "http://ac-demonstration.test.connexion.example/login"),
    ("Assurance Maladie", "remboursement@ameli-sante.example", "Remboursement de 284,60 € en attente",
     "Un trop-perçu a été constaté. Indiquez vos coordonnées bancaires pour recevoir votre virement."),
    ("Direction", "proviseur.urgent@messagerie-libre.example", "Êtes-vous disponible ?",
     "Je suis en réunion et ne peux pas téléphoner. J’ai besoin de cartes cadeaux, je vous rembourserai ce soir. "
     "Répondez uniquement par courriel."),
    ("Livraison Express", "colis@livraison.example", "Votre colis est bloqué : 1,99 € à régler",
     "Adresse incomplète. Réglez les frais avant ce soir : https://colis.example/suivi?id=FR7788"),
    ("DR. SAMUEL OKORO", "samuel@heritage.example", "CONFIDENTIAL PARTNERSHIP $18,500,000.00",
     "Dear friend, I am the lawyer of a late client who left the sum of EIGHTEEN MILLION DOLLARS…"),
    ("Casino Royal", "bonus@casino.example", "🎰🎰 200 tours gratuits rien que pour vous 🎰🎰",
     "Inscrivez-vous maintenant et doublez votre premier dépôt !!!"),
    ("Formation CPF", "conseiller@cpf-droits.example", "Vos droits expirent ce soir",
     "Il vous reste 1 480 € de droits à la formation. Rappelez immédiatement votre conseiller."),
    ("Pharmacie en ligne", "promo@pharma.example", "Minceur : -70 % aujourd’hui", "Perdez 12 kilos sans effort."),
    ("Impôts", "ne-pas-repondre@impots-gouv.example", "Avis : régularisation de votre situation fiscale",
     "Ouvrez la pièce jointe et activez les macros pour consulter votre avis."),
)  # fmt: skip


def write_junk(chance: random.Random, reader: Reader, count: int, now: datetime) -> Iterator[Posted]:
    """Junk of the last sixty days."""
    for number in range(count):
        name, address, subject, text = JUNK[number % len(JUNK)]
        at = (now - timedelta(days=chance.random() * 60)).replace(microsecond=0)
        identity = f"{chance.getrandbits(64):016x}"
        host = address.partition("@")[2]
        page = (
            f'<html><body><p><img src="https://{host}/logo.png" width="120" height="40" alt=""></p><p><b>{text}</b></p>'
            f'<p><a href="https://{host}/connexion?u={chance.getrandbits(32):08x}">https://www.{DOMAIN}/connexion</a></p>'
            f'<img src="https://{host}/pixel.gif?{identity}" width="1" height="1" alt=""></body></html>\n'
        )
        content = make_multipart(
            "alternative", (make_text(text + "\n"), make_text(page, "html", encoding="base64")), f"b-{identity}"
        )
        letter = Letter(
            Correspondent(name, address), (Correspondent("", reader.correspondent.address),), subject, at, content,
            identity, program="PHP/5.2 mail()", extra=("X-Priority: 1", "X-Spam-Flag: YES"),
        )  # fmt: skip
        flags = frozenset({SEEN, "$Junk"} if chance.random() < 0.3 else {"$Junk"})
        yield Posted(reader.number, "Junk", render(letter), at, flags)
