"""Thirty letters made to deceive people of ac-dijon.fr, each with the reason that must be found."""

from tests.protection.post import Post

HOME = "ac-dijon.fr"
THREAT = "Votre messagerie académique a dépassé sa limite. Confirmez votre identifiant et votre mot de passe sous 24 h sur {url} sans quoi votre compte sera suspendu."

DECEPTIVE: list[tuple[str, Post]] = [
    # The sender's domain looks like ours.
    ("look-alike", Post("Rectorat", "rh@ac-dijon.fr.example.com", "Votre prime", "Bonjour, voici les modalités.")),
    ("look-alike", Post("DSI", "support@ac-d1jon.fr", "Maintenance", "Bonjour.")),
    ("look-alike", Post("DSI", "support@ac-dijon.com", "Maintenance", "Bonjour.")),
    ("look-alike", Post("DSI", "support@ac-dijom.fr", "Maintenance", "Bonjour.")),
    ("look-alike", Post("DSI", "support@ac-djion.fr", "Maintenance", "Bonjour.")),
    ("look-alike", Post("DSI", "support@acdijon.fr", "Maintenance", "Bonjour.")),
    ("look-alike", Post("DSI", "support@webmail-ac-dijon.fr", "Maintenance", "Bonjour.")),
    ("look-alike", Post("DSI", "support@xn--ac-djon-uog.fr", "Maintenance", "Bonjour.")),  # Ukrainian і
    ("look-alike", Post("Paye", "paye@ac-dijon-fr.net", "Votre bulletin", "Bulletin de paye disponible.")),
    ("look-alike", Post("Impôts", "ne-pas-repondre@impots-gouv.info", "Votre remboursement", "Un trop-perçu vous attend.")),
    ("look-alike", Post("Ministère", "drh@education.gouv.fr.services.example", "Enquête", "Merci de répondre.")),
    # The sender says that it is us.
    ("pretends-inside", Post("Sophie Martel", "sophie.martel@ac-dijon.fr", "Document", "Voir le document.", origin="outside")),
    ("pretends-inside", Post("", "no-reply@ac-dijon.fr", "Mise à jour", "Nouvelle version.", origin="outside")),
    ("named-as-ours", Post("webmail@ac-dijon.fr", "contact@fleurs.example", "Alerte", "Un message est en attente.")),
    ("named-as-ours", Post("Académie de Dijon", "noreply@forms.example", "Indemnités", "Complétez votre dossier.")),
    ("colleague-name", Post("Sophie Martel", "proviseure.urgent@gmail.com", "Disponible ?", "Es-tu disponible ? Réponds ici.")),
    ("colleague-name", Post("MARTEL Sophie", "direction@messagerie.example", "Rapide", "J’ai besoin de cartes cadeaux.")),
    ("colleague-name", Post("Sophie  Martel", "s.martel.lycee@outlook.com", "RIB", "Voici mon nouveau RIB pour la paye.")),
    # A link says one thing and goes elsewhere, or looks like ours.
    ("link-lies", Post("Info", "info@lettre.example", "Espace", html='<a href="http://evil.example/x">https://portail.ac-dijon.fr</a>')),
    ("link-lies", Post("Impôts", "info@avis.example", "Avis", html='<a href="https://bit.example/1">www.impots.gouv.fr</a>')),
    ("link-lies", Post("Banque", "alerte@client.example", "Alerte", html='<p>Voir <a href="http://203.0.113.7/b">www.mabanque.fr</a></p>')),
    ("link-looks-alike", Post("Info", "x@lettre.example", "Accès", "Rendez-vous sur https://portail.ac-dijon.fr.acces.example/cas")),
    ("link-looks-alike", Post("Info", "x@lettre.example", "Accès", html='<a href="https://ac-dijоn.fr/login">Ouvrir</a>')),
    # It asks for the password of the mail account.
    ("asks-password", Post("Service", "x@messagerie.example", "Quota dépassé", THREAT.format(url="https://verif.example/q"))),
    ("asks-password", Post("Paul Roy", "paul.roy@ac-dijon.fr", "Quota", THREAT.format(url="https://form.example/q"), origin="inside")),
    ("asks-password", Post("IT Help Desk", "it@helpdesk.example", "Mailbox full", "Your mailbox storage is full. Click "
                           "https://upgrade.example/a to verify your account or it will be deactivated within 24 hours.")),
    ("asks-password", Post("Webmail", "w@w.example", "Urgent", "Votre boîte mail sera fermée. Répondez à ce message avec votre "
                           "identifiant et votre mot de passe pour la réactiver.")),
    ("answers-elsewhere", Post("Comptabilité", "compta@fournisseur.example", "Nouveau RIB", "Veuillez noter nos nouvelles "
                               "coordonnées bancaires.", reply_to="compta.fournisseur@gmail.com")),
    # What is attached would run, or is a page of its own.
    ("attachment", Post("Livraison", "colis@transport.example", "Facture", "Ci-joint.", files=("facture.pdf.exe",))),
    ("attachment", Post("Compta", "compta@societe.example", "Relance", "Ci-joint.", files=("relance.docm",))),
]  # fmt: skip
