"""Three hundred ordinary letters of a school year, in French and English, put together from what people really get.

Many hold what a careless judge takes for a sign: passwords, quotas, urgency, money, links of newsletters, other académies,
senders that answer elsewhere, colleagues who write from home to somebody who has written to them.
"""

import random
from collections.abc import Iterator

from tests.protection.post import Post

INSIDE = (
    ("Sophie Martel", "sophie.martel@ac-dijon.fr"), ("Paul Roy", "paul.roy@ac-dijon.fr"),
    ("Anne Lefebvre", "anne.lefebvre@ac-dijon.fr"), ("DSI – Assistance", "assistance@ac-dijon.fr"),
    ("Direction 0210017A", "ce.0210017a@ac-dijon.fr"), ("Corneille", "ne-pas-repondre@ac-dijon.fr"),
)  # fmt: skip
OUTSIDE = (
    ("Famille Bernard", "c.bernard@gmail.com"), ("Martin Duval", "martin.duval@orange.fr"),
    ("Mairie de Beaune", "education@mairie-beaune.example"), ("Canopé", "lettre@reseau-canope.example"),
    ("MAIF", "contact@maif.example"), ("CASDEN", "info@casden.example"), ("Sarah Wilson", "s.wilson@schools.example"),
    ("SNCF Connect", "noreply@sncf.example"), ("Rectorat de Rennes", "dsii@ac-rennes.fr"), ("DGESCO", "dgesco@education.gouv.fr"),
    ("Impôts", "ne-pas-repondre@impots.gouv.fr"), ("Service informatique", "si@departement21.example"),
    ("Éditions Belin", "enseignants@belin.example"), ("Erasmus+ Agency", "info@erasmusplus.example"),
    ("Transports Mobigo", "reservations@mobigo.example"), ("Librairie Grangier", "commandes@grangier.example"),
)  # fmt: skip
SAID = (
    ("Réunion parents-professeurs", "Bonjour, la réunion aura lieu jeudi à 17 h 30 en salle des conseils. Cordialement."),
    ("Sortie au musée", "Merci de confirmer la présence de votre classe avant vendredi : le car doit être réservé."),
    ("Conseil de classe 3e B", "Les appréciations sont à saisir dans Pronote avant lundi 18 h, dernier délai."),
    ("Absence de Léa", "Bonjour Madame, ma fille est malade et sera absente aujourd’hui. Je vous prie de l’excuser."),
    ("Devis photocopieur", "Veuillez trouver ci-joint notre devis. Il expire le 30 novembre."),
    ("Mot de passe oublié", "Un élève a oublié son mot de passe de l’ENT. Peux-tu le lui redonner demain ?"),
    ("Re: URGENT remplacement", "Je peux assurer les deux heures de mardi, dis-moi vite si cela convient."),
    ("Votre compte rendu de visite", "Madame, votre compte rendu de visite est disponible dans votre dossier."),
    ("Coordonnées bancaires", "Pour le remboursement du voyage, déposez votre RIB au secrétariat."),
    ("Panne de la messagerie", "La messagerie sera interrompue samedi de 8 h à 10 h pour des travaux. Rien à faire de votre part."),
    ("Votre boîte est presque pleine", "Votre boîte est utilisée à 92 %. Supprimez de vieux messages ou videz la corbeille : https://portail.ac-dijon.fr/courrier/"),
    ("Réinitialisation de votre mot de passe", "Vous avez demandé un nouveau mot de passe pour votre compte client. Cliquez sur le lien reçu dans l’heure, sinon ignorez ce message."),
    ("Facture n° 2026-118", "Bonjour, votre facture est en pièce jointe. Règlement sous 30 jours."),
    ("Parents’ evening", "Dear colleagues, parents’ evening is on Thursday at 6 pm. Please confirm your slots."),
    ("Exchange with Leeds", "We are looking forward to welcoming your pupils. Please send the list before Friday."),
    ("Password reset for your order", "You asked to reset the password of your shop account. The link expires in one hour."),
    ("Your subscription expires soon", "Your subscription expires on 30 June. Renew it in your account to keep access to the archive."),
    ("Stage PAF : convocation", "Vous êtes convoqué le 12 mars. Connectez-vous à l’application pour confirmer votre présence."),
    ("Élections professionnelles", "Votez avant jeudi 17 h : votre identifiant de vote vous a été remis en main propre."),
    ("Sécurité : hameçonnage", "Ne donnez jamais votre mot de passe par courriel. Un message qui menace de fermer votre boîte est un piège."),
    ("Carte cadeau de fin d’année", "L’amicale vous invite à retirer votre carte cadeau au bureau de Martine."),
    ("Bulletin de paye disponible", "Votre bulletin de paye est disponible sur ENSAP : https://ensap.gouv.fr"),
    ("Nouveau message sur l’ENT", "Vous avez un nouveau message dans la messagerie de l’ENT. Connectez-vous pour le lire : https://ent.example/messages"),
    ("Code de vérification", "Votre code de connexion est 482913. Il est valable dix minutes."),
    ("Mise à jour des programmes", "La mise à jour des programmes de cycle 4 est publiée sur https://eduscol.education.gouv.fr."),
)  # fmt: skip
FILES = ("convocation.pdf", "notes.ods", "photo.jpg", "compte-rendu.docx", "budget.xlsx", "diaporama.pptx", "rendez-vous.ics", "exercice.odt", "dossier.zip", "liste.csv")
PAGES = (
    '<p><a href="https://clics.envoi.example/r/8812">Lire l’article</a> <a href="https://clics.envoi.example/r/8813">www.{host}</a></p>',
    '<p>Inscription sur <a href="https://{host}/inscription">https://{host}</a>.</p>',
    '<p><a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fportail.ac-dijon.fr%2Fx&data=1">portail.ac-dijon.fr</a></p>',
    '<p><a href="https://www.{host}/a">Découvrez nos offres</a></p><p><a href="mailto:contact@{host}">contact@{host}</a></p>',
    '<p>Le ministère : <a href="https://www.education.gouv.fr/rentree">education.gouv.fr</a></p>',
    '<p><a href="https://portail.ac-dijon.fr/courrier/">portail.ac-dijon.fr</a></p>',
)  # fmt: skip
AT_HOME = (
    Post("Sophie Martel", "sophie.martel21@gmail.com", "Depuis mon téléphone", "Je serai en retard de dix minutes.", written=True),
    Post("Paul Roy", "paul.roy@ac-dijon.fr", "Réponse ailleurs", "Réponds-moi à la maison.", reply_to="paul.roy@orange.fr"),
    Post("Association sportive", "noreply@adhesions.example", "Inscriptions", "Licences à renouveler.", reply_to="as.college@gmail.com"),
    Post("Anne Lefebvre", "anne.lefebvre@ac-dijon.fr", "[profs-maths] Sujet", "Voici le sujet.", origin="outside", is_list=True),
    Post("Académie de Lyon", "formation@ac-lyon.fr", "Parcours", "Inscription jusqu’à vendredi."),
    Post("AC Dijonnais", "contact@rugby-dijonnais.example", "Match", "Match samedi à 15 h."),
    Post("Macros", "paul.roy@ac-dijon.fr", "Tableur", "Le tableur avec ses macros.", files=("edt.xlsm",)),
    Post("Gouvernement du Québec", "info@education.gouv.qc.ca", "Échange", "Bonjour de Québec."),
)  # fmt: skip


def write_ordinary(count: int = 300) -> Iterator[Post]:
    """The same each time."""
    chance = random.Random("ordinary")
    yield from AT_HOME
    for number in range(count - len(AT_HOME)):
        name, address = chance.choice(INSIDE if number % 3 == 0 else OUTSIDE)
        subject, text = SAID[number % len(SAID)]
        host = address.partition("@")[2]
        is_list = not address.endswith("@ac-dijon.fr") and chance.random() < 0.3
        page = chance.choice(PAGES).format(host=host) if chance.random() < 0.5 else ""
        if "clics.envoi" in page:
            is_list, page = True, "" if address.endswith("@ac-dijon.fr") else page
        yield Post(
            name, address, chance.choice(("", "Re: ", "TR : ")) + subject, text,
            html=f"<p>{text}</p>{page}" if page else "",
            files=(chance.choice(FILES),) if chance.random() < 0.35 else (), is_list=is_list,
            reply_to=f"reponse@{host}" if chance.random() < 0.15 else "",
        )  # fmt: skip
