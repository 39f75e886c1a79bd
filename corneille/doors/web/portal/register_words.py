"""The journal's codes in the words that people read. A test finds the codes that the code writes and asks for each here."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.doors.web.kit.formats import format_day

OTHERS = frozenset({"person", "command"})
"""Who is another person: the page marks those lines."""

ACTIONS: dict[str, Promise] = {
    "app-password-created": _("An app password was made"),
    "phishing-reported": _("A message was reported as deceiving"),
    "campaign-copy-removed": _("A deceiving message was taken out of the mailbox"),
    "campaign-copy-restored": _("A message taken out by mistake was put back"),
    "cut-off": _("All access was closed: the account had been taken over"),
    "program-permitted": _("A mail program was let in"),
    "permission-withdrawn": _("The permission of a mail program was withdrawn"),
    "campaign-copy-withheld": _("A deceiving message that had been deleted can no longer be put back"),
    "campaign-copy-released": _("A message that had been deleted can be put back again"),
    "app-password-revoked": _("An app password was revoked"),
    "password-changed": _("The password was changed"),
    "session-ended": _("A session was ended"),
    "sessions-ended": _("The other sessions were ended"),
    "connection-ended": _("A mail program was disconnected"),
    "device-forgotten": _("A known device was forgotten"),
    "password-reset": _("The password was reset with a code"),
    "contained": _("The account was contained"),
    "unusual-sign-in": _("An unusual sign-in was told"),
    "unusual-known": _("“It was me”: an unusual sign-in was recognised"),
    "suspension-announced": _("A suspension of the account was announced"),
    "let-go": _("The account was let go"),
    "disowned": _("“It was not me”: sessions, app passwords and devices were ended, sending was held"),
    "activation-code-made": _("An activation letter was made"),
    "activated": _("The account was activated"),
    "charter-accepted": _("The charter was accepted"),
    "state-decided": _("The state of the account was changed"),
    "right-decided": _("A right was given or taken"),
    "mail-put-back": _("Messages that had been deleted were put back in your mail"),
    "mail-restored": _("Messages were brought back from a backup into your mail"),
    "erasure-demanded": _("All deleted mail was erased before its time"),
    "quota-changed": _("The size allowed for your mail was changed"),
    "support-code-given": _("Support gave a code that stands for a second proof"),
    "unlock-letter-made": _("A letter to unlock the account was made"),
    "factor-added": _("A second factor was set"),
    "factor-dropped": _("A second factor was removed"),
    "recovery-contact-added": _("A recovery contact was added"),
    "recovery-contact-verified": _("A recovery contact was verified"),
    "calendar-made": _("A calendar of an establishment or a team was made"),
    "calendar-given": _("A calendar was handed over to a team"),
    "calendar-dropped": _("A calendar was removed"),
    "calendar-shared": _("A calendar was shared"),
    "calendar-unshared": _("The sharing of a calendar was ended"),
    "calendar-read": _("A calendar of yours was read"),
    "register-read": _("The journal of your account was looked at"),
    "containment-read": _("What contains your account, or did, was looked at"),
    "deleted-mail-listed": _("Your deleted messages were listed, with their senders and subjects"),
    "calendar-event-written": _("An event of your calendar was written or changed"),
    "calendar-event-answered": _("Somebody invited to an event of your calendar answered"),
    "calendar-event-dropped": _("An event of your calendar was removed"),
    "calendar-feed-made": _("A private address of a calendar was made"),
    "calendar-feed-revoked": _("A private address of a calendar was revoked"),
    "sheet-opened": _("Support looked at the sheet of the account"),
    "request-noted": _("Support wrote a note of its own on a request"),
    "caller-not-proved": _("Support was read a code that was not yours, by somebody taken for you"),
    "list-made": _("A list was made"),
    "list-changed": _("A list was changed"),
    "list-ended": _("A list was given its last day"),
    "list-people-looked-up": _("People of a file were looked up for a list"),
    "list-member-added": _("Put on a list"),
    "list-member-taken-out": _("Taken out of a list"),
    "list-inner-added": _("A list was put on a list"),
    "list-inner-taken-out": _("A list was taken out of a list"),
    "class-made": _("A class was made"),
    "class-imported": _("A list was imported into a class"),
    "class-removed": _("A class was removed"),
    "document-shared": _("A document was shared by a link"),
    "document-ended": _("The link of a document was ended"),
    "position-made": _("The mail of a position was made"),
    "position-right-given": _("Rights to the mail of a position were given to a function"),
    "position-right-taken": _("Rights to the mail of a position were taken back from a function"),
    "position-ended": _("A position was given its last day"),
    "position-opened": _("The mail of the position was opened"),
    "position-wrote": _("A message was sent under the position’s address"),
    "recovery-contact-dropped": _("A recovery contact was removed"),
    "export-asked": _("A copy of the data was asked for"),
    "export-ready": _("A copy of the data was made"),
    "export-failed": _("A copy of the data could not be made"),
    "export-fetched": _("A copy of the data was fetched"),
    "export-dropped": _("A copy of the data was deleted"),
}

DATA: dict[str, Promise] = {
    "label": _("name: %(value)s"),
    "name": _("by %(value)s"),
    "size": _("size: %(value)s"),
    "version": _("version %(value)s"),
    "state": _("state: %(value)s"),
    "kind": _("kind: %(value)s"),
    "program": _("program: %(value)s"),
    "network": _("network address: %(value)s"),
    "reason": _("reason: %(value)s"),
    "request": _("request no. %(value)s"),
    "count": _("number: %(value)s"),
    "function": _("function: %(value)s"),
    "until": _("last day: %(value)s"),
}
"""What of a line's data is shown, and how."""
DAYS = frozenset({"until"})
"""Which of them is a day (ISO 8601)."""

WAYS: dict[str, Promise] = {
    "reason": _("for a reason that was written down"),
    "consent": _("with your agreement, given on a request"),
    "send-as": _("under its address alone"),
    "on-behalf": _("on its behalf, the writer’s name beside it"),
    "caller": _("with a code that you read out on the telephone"),
    "letter": _("with a letter that was handed over in person"),
    "seen-known": _("for somebody who was there, known by sight"),
    "seen-document": _("for somebody who was there, with an identity document"),
}
"""How the sheet of an account was opened, a password reset, a position's message signed, or somebody recognised."""


DOORS: dict[str, Promise] = {"web": _("in the browser"), "imap": _("in a mail program"), "dav": _("in a calendar program")}
"""By which door the mail of a position was opened, or a lent calendar read: once a day for each person."""


def name_action(action: str) -> str:
    """What was done."""
    told = ACTIONS.get(action)
    return str(told) if told is not None else _now("Another act (%(code)s)") % {"code": action}


def explain_data(data: dict[str, str | int | bool | None]) -> str:
    """The details that say something to a person."""
    told = [str(WAYS[way]) for way in [str(data.get("way"))] if way in WAYS]
    told += [str(DOORS[door]) for door in [str(data.get("door"))] if door in DOORS]
    shown = {name: value for name, value in data.items() if name in DATA and value not in {None, ""}}
    told += [str(DATA[name]) % {"value": _show(name, value)} for name, value in shown.items()]
    return " · ".join(told)


def _show(name: str, value: str | int | bool | None) -> str:
    return format_day(date.fromisoformat(str(value))) if name in DAYS else str(value)


def name_actor(actor: str, name: str) -> str:
    """Who did it."""
    named = {
        "self": _now("you"),
        "person": name or _now("a person who has left"),
        "command": _now("an administrator of the server"),
        "system": _now("the service, by itself"),
    }
    return named.get(actor, _now("somebody not signed in"))
