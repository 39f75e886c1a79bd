"""Everyday names of things, by which the help is searched and which its texts do not use. Data."""

from collections.abc import Mapping

_ALIKE = (
    # what people type, then the words of the texts, French and English
    ("quota espace saturee sature stockage storage", "pleine full"),
    ("mdp pass pwd passe", "passe password"),
    ("spam pourriel phishing arnaque escroquerie fraude piege scam virus", "hameconnage suspect phishing suspicious"),
    ("pirate piratage hack hacked", "inconnue unknown"),
    ("vole volee egare stolen", "perdu lost"),
    ("perdu lost", "oublie forgotten"),
    ("changer renouveler modifier change renew", "choisir choose"),
    ("smartphone portable mobile samsung pixel tablette gmail tablet", "telephone android phone"),
    ("2fa mfa double authentification otp sms totp authentication", "second facteur factor"),
    ("pj fichier document attachment file", "piece jointe attachment"),
    ("lourd lourde volumineux gros taille heavy large size", "grosse big"),
    ("bloque bloquee verrouille suspendu locked blocked", "refuse connecter refused"),
    ("corbeille poubelle efface bin trash", "supprime corbeille deleted bin"),
    ("mail mel email courriel courrier", "message mail"),
    ("calendrier edt planning calendar schedule", "agenda calendar"),
    ("login identification connection", "identifiant connexion connecter sign"),
    ("recois recevoir recu disparu perdu arrive arrivent receive", "retrouve introuvable perdu find lost"),
    ("envoyer envoi envoie partent send", "envoi sending"),
    ("mutation affectation transfert transfer", "etablissement academie change"),
    ("retraite depart quitte retirement", "ferme closed"),
    ("rgpd cnil gdpr vie privee donnees privacy", "garde donnees copie kept copy"),
    ("liste diffusion groupe groups", "liste equipe list team"),
    ("serveur smtp imap port reglage parametre server settings", "configurer set imap"),
    ("bal boite fonctionnelle generique shared", "boite poste position"),
    ("ordinateur windows mac linux pc computer", "thunderbird outlook mail"),
    ("pronote ent csv eleves pupils", "classe eleves class pupils"),
)


def _list_others() -> dict[str, tuple[str, ...]]:
    others: dict[str, tuple[str, ...]] = {}
    for typed, told in _ALIKE:
        for word in typed.split():
            others[word] = (*others.get(word, ()), *told.split())
    return others


OTHER_WORDS: Mapping[str, tuple[str, ...]] = _list_others()
"""By what is typed, in lower case without accents: the words of the texts that mean it."""
