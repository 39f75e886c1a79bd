"""Notices in words: a subject and a text for each code, in the person's language, from the values that the notice holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.access.locate import locate
from corneille.kernel.settings import Ground, of
from corneille.notices.place_words import name_place


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in a message or on a page; `path`: the page of the portal where one can act."""

    subject: str
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class _Told:
    subject: Promise
    text: Promise
    path: str


TOLD: dict[str, _Told] = {
    "contact-code": _Told(
        _("Your code: %(code)s"),
        _("Type this code on the page “My recovery contacts” within one hour: %(code)s\n\n"
          "If you asked for nothing, somebody has given this address by mistake: do nothing."),
        "/coordonnees-de-secours",
    ),
    "contact-verified": _Told(
        _("A recovery contact was added"),
        _("%(address)s is now one of your recovery contacts: what happens to your account is told there too."),
        "/coordonnees-de-secours",
    ),
    "contact-dropped": _Told(
        _("A recovery contact was removed"),
        _("%(address)s is no longer one of your recovery contacts."),
        "/coordonnees-de-secours",
    ),
    "export-ready": _Told(
        _("The copy of your data is ready"),
        _("You asked for a copy of your data. It can be fetched until %(until)s, on the page below, with your password. "
          "Then it is deleted."),
        "/mes-donnees",
    ),
    "export-failed": _Told(
        _("The copy of your data could not be made"),
        _("The page below says why, and what to do. Nothing of yours is lost or changed."),
        "/mes-donnees",
    ),
    "calendar-shared": _Told(
        _("%(name)s shares a calendar with you"),
        _("“%(label)s” is now among your calendars, in the pages and in your programs."),
        "/agenda/",
    ),
    "password-changed": _Told(
        _("Your password was changed"),
        _("The password of your account has just been changed. Every web session was ended; mail programs that use an app "
          "password go on."),
        "/mes-connexions",
    ),
    "password-reset": _Told(
        _("Your password was reset"),
        _("A new password was chosen with a code that was sent to a recovery contact."),
        "/mot-de-passe/revue",
    ),
    "reset-code": _Told(
        _("Your code to choose a new password: %(code)s"),
        _("Type this code on the page where you asked for it, within thirty minutes: %(code)s\n\n"
          "If it was not you, do nothing: without the code, nobody can change your password."),
        "/mot-de-passe-oublie",
    ),
    "password-expiry": _Told(
        _("Your password is to be changed before %(expires_at)s"),
        _("Change it when it suits you, in two minutes. After %(expires_at)s your mail can still be read everywhere, "
          "but sending will ask for the change; from %(soft_until)s the portal will ask for it first."),
        "/mot-de-passe",
    ),
    "password-soft": _Told(
        _("Your password has reached its date: sending asks for the change"),
        _("Your mail can be read everywhere. To send again, change your password; it takes two minutes. "
          "From %(soft_until)s the portal will ask for it before anything else."),
        "/mot-de-passe",
    ),
    "password-past": _Told(
        _("The portal now asks for a new password first"),
        _("Your mail programs go on reading. Sign in at the portal with your present password, then choose the new one."),
        "/mot-de-passe",
    ),
    "second-code": _Told(
        _("Your code to sign in: %(code)s"),
        _("Type this code on the page where you sign in, within fifteen minutes: %(code)s\n\n"
          "If it was not you, somebody has your password: change it at once."),
        "/mot-de-passe",
    ),
    "new-device": _Told(
        _("New device: %(program)s"),
        _("Somebody signed in to your account on a device that was not known: %(program)s, from %(network)s."),
        "/mes-connexions",
    ),
    "app-password-created": _Told(
        _("An app password was made: %(label)s"),
        _("A mail program can now read and send mail with it."),
        "/configurer",
    ),
    "factor-asked": _Told(
        _("A second proof is now asked for at each sign-in"),
        _("Something unusual was seen on your account (%(reason)s). Nothing is blocked."),
        "/reparer",
    ),
    "sending-held": _Told(
        _("Your sending is held, and nothing is lost"),
        _("Something unusual was seen on your account (%(reason)s). What is sent waits in the queue and leaves when you "
          "have repaired the account: a few minutes, on the page below. Reading goes on as before."),
        "/reparer",
    ),
    "suspended": _Told(
        _("Your account is suspended"),
        _("Decided by %(name)s (%(reason)s). Nothing is lost: mail goes on arriving. Support says how to answer."),
        "/depannage/cause/suspended",
    ),
    "let-go": _Told(
        _("Your account is free again"),
        _("What was held has left."),
        "/mes-connexions",
    ),
    "right-decided": _Told(
        _("Your rights have changed"),
        _("Decided by %(name)s: %(why)s. The page below shows which right, from where, and until when."),
        "/mes-droits",
    ),
    "cause": _Told(
        _("Why your sign-in was refused (%(reference)s)"),
        _("On %(at)s. The page below says why and what to do."),
        "/depannage/cause/%(cause)s",
    ),
    "support-code-given": _Told(
        _("Support gave a code for your account"),
        _("%(name)s has read to somebody, taken for you, a code that stands for a second proof. If you asked for nothing, "
          "change your password at once and tell support."),
        "/mes-connexions/journal",
    ),
    "factor-added": _Told(
        _("A second factor was set on your account"),
        _("It is asked for on devices that are not known. If it was not you, change your password at once."),
        "/second-facteur",
    ),
    "factor-dropped": _Told(
        _("A second factor was removed from your account"),
        _("If it was not you, change your password at once and set a second factor again."),
        "/second-facteur",
    ),
    "factor-announced": _Told(
        _("A second factor will be compulsory from %(at)s"),
        _("For your kind of account. Set it when it suits you, in three minutes; no personal phone is needed: codes on "
          "paper will do."),
        "/second-facteur",
    ),
    "wrong-factor": _Told(
        _("Somebody typed your right password, then a wrong second proof"),
        _("From %(network)s. If it was not you, somebody has your password: your second factor held them back. "
          "Change your password at once."),
        "/mot-de-passe",
    ),
    "old-password-in-use": _Told(
        _("A device still uses your old password"),
        _("Since %(since)s a program tries to sign in with the password that you replaced: %(program)s, from %(network)s. "
          "Your account is not at risk and nothing is blocked. Type the new password there, or better an app password."),
        "/configurer",
    ),
    "report-thanks": _Told(
        _("Thank you for your report"),
        _("“%(subject)s” has reached the security officers, and your copy is in Junk. You will be told what it was.\n\n"
          "If you clicked or typed your password there, change it now: nobody will blame you."),
        "/signalements",
    ),
    "report-was-phishing": _Told(
        _("You were right: it was phishing"),
        _("“%(subject)s”, which you reported, was made to deceive. What still arrives of it goes to Junk. Thank you: your "
          "report protects everybody.\n\n%(advice)s"),
        "/signalements",
    ),
    "report-was-unwanted": _Told(
        _("Your report: unwanted, but not dangerous"),
        _("“%(subject)s”, which you reported, is advertising or the like: a nuisance, not a trap. What still arrives of it "
          "goes to Junk."),
        "/signalements",
    ),
    "report-was-harmless": _Told(
        _("Your report: the message was harmless"),
        _("“%(subject)s”, which you reported, was honest. You find it in Junk and can put it back. "
          "You were right to ask."),
        "/signalements",
    ),
    "incident-opened": _Told(
        _("A message is reported as phishing: “%(subject)s”"),
        _("The page below says who received it and what is being done."),
        "/securite/incident/%(incident)s",
    ),
    "campaign-removed": _Told(
        _("A deceptive message was taken out of your mailbox"),
        _("“%(subject)s”, from %(sender)s: the security officers have taken it out of every mailbox. If you clicked or "
          "typed your password there, change it now.\n\n%(advice)s"),
        "/signalements",
    ),
    "campaign-restored": _Told(
        _("A message is back in your mailbox"),
        _("“%(subject)s”, from %(sender)s, had been taken out as dangerous. It is back where it was, as it was."),
        "/courrier/",
    ),
    "incident-closed": _Told(
        _("The alert about “%(subject)s” is over"),
        _("Nothing more is expected of you.\n\n%(advice)s"),
        "/signalements",
    ),
}  # fmt: skip
NOT_ME = frozenset({
    "new-device", "app-password-created", "password-changed", "password-reset", "contact-verified", "contact-dropped",
    "factor-added", "factor-dropped", "wrong-factor", "support-code-given", "sending-held", "export-ready",
})  # fmt: skip
"""What a thief would do: these notices carry the link « it was not me »."""
AT_HOME = frozenset({
    "report-thanks", "report-was-phishing", "report-was-unwanted", "report-was-harmless", "incident-opened",
    "campaign-removed", "campaign-restored", "incident-closed", "export-failed",
})  # fmt: skip
"""Matters of the mailbox: told there and in the portal, not at the recovery contacts."""
INSTANTS = frozenset({"expires_at", "soft_until", "since", "at", "until"})


def format_words(code: str, data: Mapping[str, object], language: str) -> Words:
    """The words of a notice; a code without words of its own says so rather than nothing."""
    with translation.override(language):
        told = TOLD.get(code)
        if told is None:
            return Words(_now("Something has changed on your account"), _now("Look at the journal of your account."),
                         "/mes-connexions/journal")  # fmt: skip
        values = _Values({name: _format(name, value) for name, value in data.items()})
        values["advice"] = str(data.get("english_advice" if language == "en" else "french_advice") or "")
        return Words(str(told.subject) % values, (str(told.text) % values).strip(), told.path % values)


def add_link(words: Words, address: str, language: str) -> Words:
    """The same with the link « it was not me », which shows a page and acts on its button only."""
    with translation.override(language):
        told = _now("If it was not you, say so in one step; it protects the account at once:")
    return Words(words.subject, f"{words.text}\n\n{told}\n{address}", words.path)


class _Values(dict[str, str]):
    """A notice of an earlier release may know less than its sentence asks for: a dash, never a fault."""

    def __missing__(self, key: str) -> str:
        return "–"


REASONS: dict[str, Promise] = {
    "burst": _("very many recipients in a short time"),
    "not-me": _("you said that it was not you"),
}
"""Why an account is contained; an officer's own words stand as they are."""


def explain_reason(reason: str) -> str:
    """The reason of a containment, in words."""
    return str(REASONS.get(reason, reason))


def _format(name: str, value: object) -> str:
    if name == "reason":
        return explain_reason(str(value))
    if name == "network":
        where = name_place(locate(str(value)))
        return f"{value} ({where})" if where else str(value)
    if name not in INSTANTS or not isinstance(value, str):
        return str(value)
    local = datetime.fromisoformat(value).astimezone(ZoneInfo(of(Ground).time_zone))
    is_french = (translation.get_language() or "fr").startswith("fr")
    day = "1er" if is_french and local.day == 1 else str(local.day)
    return f"{day} {dateformat.format(local, 'F Y')}"
