"""The words, endings and hosts by which the judge knows what a message asks for. Texts are folded: no accents, no case."""

import re

ANYBODYS = frozenset([
    "gmail.com", "googlemail.com", "outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.com", "live.fr",
    "yahoo.com", "yahoo.fr", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "icloud.com", "me.com",
    "aol.com", "gmx.com", "gmx.fr", "proton.me", "protonmail.com", "mail.com", "yandex.com", "tutanota.com",
    "bbox.fr", "neuf.fr",
])  # fmt: skip
"""Where anybody has an address."""
REWRITERS = ("safelinks.protection.outlook.com", "urldefense.com", "urldefense.proofpoint.com", "linkprotect.cudasvc.com")
"""Filters of other mail systems put these before honest links; where one really goes stands in its query."""
RUNS = frozenset([
    "exe", "scr", "com", "pif", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "lnk", "msi",
    "msp", "jar", "cpl", "reg", "iso", "img", "vhd", "vhdx", "chm", "url", "appx", "one", "desktop", "apk", "dmg",
    "pkg",
])  # fmt: skip
MACROS = frozenset(["docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm"])
PAGES = frozenset(["html", "htm", "xhtml", "shtml", "mht", "mhtml", "svg", "xht"])
SHOWN_HOST = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.)+[a-z\u00a1-\uffff]{2,24})(?=[/:?#\s.,;)]|$)", re.IGNORECASE)

MAILBOX = re.compile(
    r"\bboite (?:mail|aux lettres|de messagerie|de reception|electronique|academique|e-?mail)|\bmessagerie\b|\bwebmail\b"
    r"|\bcompte (?:mail|e-?mail|de messagerie|academique|professionnel|utilisateur)|\bvotre quota\b|\bvotre (?:boite|bal)\b"
    r"|\bmail ?box\b|\b(?:e-?mail|mail|webmail|office|academic) (?:account|storage|quota)|\byour (?:in|mail)box\b"
)
ACT = re.compile(
    r"\b(?:confirm|verifi|valid|re-?activ|re-?authentif|authentifi|mettre? a (?:jour|niveau)|mise a (?:jour|niveau)"
    r"|renouvel|identifi|connect|cliqu|repond|update|upgrade|verify|re-?validate|log ?in|sign ?in|click"
    r"|restore|restaur|liber)"
)
THREAT = re.compile(
    r"\b(?:suspend|suspens|desactiv|supprim|suppression|bloqu|ferme|fermeture|resili|perdr|perte|expir|depass|limite|"
    r"sous \d+ ?h|avant \d+ ?h|dans les \d+ ?h|24 ?h|48 ?h|72 ?h|interromp|retenu|en attente|clos|saturee?|pleine?\b"
    r"|deactivat|delet|block|clos|terminat|exceed|full\b|within \d+|pending|on hold|lose access|shut down)"
)
SECRET = re.compile(r"\bmots? de passe\b|\bidentifiants?\b|\bpassword\b|\bcredentials?\b|\bpasscode\b|\bcode secret\b")
MONEY = re.compile(
    r"\bcartes? cadeaux?\b|\bgift cards?\b|\bcoordonnees bancaires\b|\bnouveau rib\b|\bchangement de rib\b"
    r"|\bvirement (?:urgent|confidentiel)\b|\bcoupons? (?:pcs|neosurf|transcash)\b|\bwire transfer\b|\bbank details\b"
)
ANSWER = re.compile(r"\b(?:repond|reply|envoye|send)")
