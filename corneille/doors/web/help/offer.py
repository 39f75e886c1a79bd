"""Which answers are offered where a question arises: on a page, by its name; beside a cause, by the cause. Three at most."""

from collections.abc import Mapping
from types import MappingProxyType

from corneille.desk.cause import Cause

_LOST = ("connexion/telephone-perdu", "connexion/second-facteur")
_PROGRAMS = ("logiciels/mot-de-passe-application", "logiciels/autre", "agenda/logiciel")
_REFUSED = ("connexion/se-connecter", "connexion/mot-de-passe-oublie", "connexion/telephone-perdu")
_FORGOTTEN = ("connexion/mot-de-passe-oublie", "compte/coordonnees-de-secours", "connexion/choisir-un-mot-de-passe")
_ARRIVING = ("compte/activer", "connexion/choisir-un-mot-de-passe", "compte/demande")
_FACTORS = ("connexion/second-facteur", "connexion/telephone-perdu", "logiciels/mot-de-passe-application")
_INTRUDER = ("securite/connexion-inconnue", "securite/envoi-retenu", "connexion/second-facteur")
_EVENT = ("agenda/inviter", "agenda/partager")
_AGENDA = ("agenda/partager", "agenda/logiciel", "agenda/vacances")
_PHISHING = ("securite/hameconnage", "securite/message-retire", "securite/connexion-inconnue")
_CLASSES = ("courrier/classe", "courrier/documents-en-lien")
_LISTS = ("courrier/listes", "compte/droits")
_ASKING = ("compte/demande", "connexion/se-connecter")

PAGES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "help:begin": _REFUSED, "help:symptoms": _REFUSED, "help:browser": _LOST[1:] + _REFUSED[:1],
    "help:rules": ("compte/droits", "connexion/choisir-un-mot-de-passe", "connexion/second-facteur"),
    "portal:sign_in": _REFUSED, "portal:passkey_sign_in": _REFUSED,
    "portal:second_step": _LOST, "portal:confirm": _FACTORS,
    "portal:forgotten": _FORGOTTEN, "portal:forgotten_code": _FORGOTTEN, "portal:forgotten_new": _FORGOTTEN,
    "portal:forgotten_letter": _FORGOTTEN, "portal:unlock": ("connexion/mot-de-passe-oublie",),
    "portal:activate": _ARRIVING, "portal:activate_password": _ARRIVING, "portal:letters": ("compte/activer",),
    "portal:first_steps": ("compte/activer", "compte/coordonnees-de-secours", "connexion/second-facteur"),
    "portal:password": ("connexion/choisir-un-mot-de-passe", "logiciels/mot-de-passe-application"),
    "portal:factors": _FACTORS, "portal:add_totp": _FACTORS, "portal:add_passkey": _FACTORS, "portal:make_sheet": _FACTORS,
    "portal:contacts": ("compte/coordonnees-de-secours", "connexion/mot-de-passe-oublie"),
    "portal:programs": _PROGRAMS,
    "portal:rights": ("compte/droits", "compte/mutation", "compte/services"),
    "portal:cards": ("compte/services", "compte/droits"), "portal:position": ("courrier/boite-de-poste", "compte/droits"),
    "portal:activity": ("securite/connexion-inconnue", "connexion/second-facteur"),
    "portal:register": ("securite/connexion-inconnue", "compte/mes-donnees"),
    "portal:review": _INTRUDER, "portal:repair": _INTRUDER, "portal:not_me": _INTRUDER,
    "portal:kept": ("compte/mes-donnees",), "portal:export": ("compte/mes-donnees",),
    "portal:state": ("compte/demande", "courrier/message-introuvable"),
    "mail:inbox": ("courrier/message-introuvable", "securite/hameconnage", "courrier/boite-pleine"),
    "mail:mailbox": ("courrier/message-introuvable", "securite/hameconnage", "courrier/boite-pleine"),
    "mail:message": ("securite/hameconnage", "courrier/images", "courrier/message-introuvable"),
    "mail:search": ("courrier/message-introuvable",),
    "mail:folders": ("courrier/boite-pleine", "courrier/message-introuvable"),
    "mail:images": ("courrier/images",), "mail:room": ("courrier/boite-pleine", "courrier/supprime-par-erreur"),
    "mail:deleted": ("courrier/supprime-par-erreur", "securite/message-retire", "courrier/boite-pleine"),
    "classes:mine": _CLASSES, "classes:school_class": _CLASSES, "classes:make": _CLASSES, "classes:import_list": _CLASSES,
    "documents:mine": ("courrier/documents-en-lien", "courrier/piece-jointe-trop-grosse"),
    "mail:compose": ("courrier/piece-jointe-trop-grosse", "courrier/listes", "securite/envoi-retenu"),
    "groups:mine": _LISTS, "groups:group": _LISTS, "groups:make": _LISTS, "groups:change": _LISTS,
    "calendar:agenda": _AGENDA, "calendar:calendars": _AGENDA, "calendar:sharing": _AGENDA, "calendar:event": _EVENT,
    "calendar:new": _EVENT,
    "security:mine": _PHISHING, "support:unproved": _REFUSED,
    "support:mine": _ASKING, "support:ask": _ASKING, "support:own": _ASKING, "support:code": _ASKING,
    "sso:authorise": ("compte/services", "compte/droits"),
})  # fmt: skip
"""By the name of the page's address; pages of those who deal with others, and lists of answers, are not among them."""

_WAITS = ("connexion/se-connecter", "connexion/mot-de-passe-oublie")
_CODES = ("connexion/second-facteur", "connexion/telephone-perdu")
_ENTITLED = ("compte/droits", "compte/demande")
_GONE = ("compte/mutation", "compte/demande")
_SETTINGS = ("logiciels/thunderbird", "logiciels/outlook", "logiciels/autre")
_APP = ("logiciels/mot-de-passe-application", "logiciels/thunderbird", "logiciels/outlook")

CAUSES: Mapping[Cause, tuple[str, ...]] = MappingProxyType({
    Cause.WRONG: _REFUSED, Cause.BAD_INPUT: _REFUSED, Cause.SLOWED: _WAITS, Cause.NETWORK_SLOWED: _WAITS,
    Cause.BUSY: ("connexion/se-connecter",), Cause.TICKET_EXPIRED: ("connexion/se-connecter",),
    Cause.OLD_PASSWORD: ("logiciels/mot-de-passe-application", "connexion/mot-de-passe-oublie"),
    Cause.SOFT_LANDING: ("connexion/choisir-un-mot-de-passe", "logiciels/mot-de-passe-application"),
    Cause.PASSWORD_EXPIRED: ("connexion/choisir-un-mot-de-passe", "connexion/mot-de-passe-oublie"),
    Cause.FACTOR_LOST: _LOST, Cause.FACTOR_WRONG: _CODES, Cause.FACTOR_USED: _CODES, Cause.FACTOR_CLOCK: _CODES,
    Cause.FACTOR_SLOWED: _LOST, Cause.PASSKEY_WRONG: _CODES, Cause.PASSKEY_UNKNOWN: _CODES,
    Cause.SENDING_HELD: ("securite/envoi-retenu", "securite/connexion-inconnue"),
    Cause.TAKEN_OVER: ("connexion/mot-de-passe-oublie", "securite/connexion-inconnue"),
    Cause.SUSPENDED: ("securite/compte-suspendu", "compte/demande"),
    Cause.SUSPENDED_BY_GUARD: ("securite/compte-suspendu", "connexion/mot-de-passe-oublie"),
    Cause.SUSPENDED_FOR_SUPPORT: ("securite/compte-suspendu", "compte/demande"),
    Cause.NOT_ENTITLED: _ENTITLED, Cause.NETWORK_NOT_ALLOWED: _ENTITLED,
    Cause.TO_ACTIVATE: ("compte/activer",), Cause.ACTIVATED: ("connexion/se-connecter", "connexion/mot-de-passe-oublie"),
    Cause.CODE_SPENT: ("compte/activer",),
    Cause.ENDED: _GONE, Cause.MOVED: _GONE, Cause.NOT_A_LOGIN: ("connexion/se-connecter",),
    Cause.APP_PASSWORD_NEEDED: _APP, Cause.APP_PASSWORD_HERE: _APP[:1], Cause.APP_PASSWORD_REVOKED: _APP,
    Cause.APP_PASSWORD_EXPIRED: _APP, Cause.APP_PASSWORD_SCOPE: _APP, Cause.TOKEN_WRONG: _APP,
    Cause.WRONG_SETTINGS: _SETTINGS, Cause.TLS_REFUSED: ("logiciels/mutt", "logiciels/iphone-ipad", "logiciels/android"),
    Cause.QUOTA: ("courrier/boite-pleine", "courrier/piece-jointe-trop-grosse"),
    Cause.INCIDENT: ("compte/demande",),
})  # fmt: skip


def choose_offered(page: str, cause: str) -> tuple[str, ...]:
    """Codes of articles, best first: those of the cause that is shown, else of the page; none where no question arises."""
    return CAUSES[Cause(cause)] if cause in set(Cause) else PAGES.get(page, ())
