"""What each notice says: its subject, its text and the page where one can act; `words` fills them in."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Told:
    """Of one code; names in %( )s are the values that the notice holds."""

    subject: Promise
    text: Promise
    path: str


TOLD: dict[str, Told] = {
    "contact-code": Told(
        _("Your code: %(code)s"),
        _("Type this code on the page “My recovery contacts” within one hour: %(code)s\n\n"
          "If you asked for nothing, somebody has given this address by mistake: do nothing."),
        "/coordonnees-de-secours",
    ),
    "contact-verified": Told(
        _("A recovery contact was added"),
        _("%(address)s is now one of your recovery contacts: what happens to your account is told there too."),
        "/coordonnees-de-secours",
    ),
    "contact-dropped": Told(
        _("A recovery contact was removed"),
        _("%(address)s is no longer one of your recovery contacts."),
        "/coordonnees-de-secours",
    ),
    "export-ready": Told(
        _("The copy of your data is ready"),
        _("You asked for a copy of your data. It can be fetched until %(until)s, on the page below, with your password. "
          "Then it is deleted."),
        "/mes-donnees",
    ),
    "export-failed": Told(
        _("The copy of your data could not be made"),
        _("The page below says why, and what to do. Nothing of yours is lost or changed."),
        "/mes-donnees",
    ),
    "mail-nearly-full": Told(
        _("Your mailbox is %(percent)s %% full"),
        _("Nothing is refused yet. Once it is full, what people send you waits at their servers and, after some days, goes "
          "back to them. The page below shows what takes the place."),
        "/courrier/espace",
    ),
    "mail-refused": Told(
        _("Your mailbox is full: a message for you has to wait"),
        _("Its sender’s server tries again for some days; then it goes back to the sender. As soon as there is room, it "
          "arrives. The page below shows what takes the place."),
        "/courrier/espace",
    ),
    "position-nearly-full": Told(
        _("The mailbox of %(label)s is %(percent)s %% full"),
        _("You have this position’s mail. Nothing is refused yet. Once it is full, what people send to it waits at their "
          "servers and, after some days, goes back to them. The page below shows what takes the place."),
        "/courrier/espace?boite=%(position)s",
    ),
    "position-refused": Told(
        _("The mailbox of %(label)s is full: a message for it has to wait"),
        _("You have this position’s mail. The sender’s server tries again for some days; then the message goes back. As "
          "soon as there is room, it arrives. The page below shows what takes the place."),
        "/courrier/espace?boite=%(position)s",
    ),
    "calendar-shared": Told(
        _("%(name)s shares a calendar with you"),
        _("“%(label)s” is now among your calendars, in the pages and in your programs."),
        "/agenda/",
    ),
    "calendar-shared-later": Told(
        _("%(name)s shares a calendar with you from %(at)s"),
        _("“%(label)s” will be among your calendars on that day, in the pages and in your programs."),
        "/agenda/",
    ),
    "password-changed": Told(
        _("Your password was changed"),
        _("The password of your account has just been changed. Every web session was ended; mail programs that use an app "
          "password go on."),
        "/mes-connexions",
    ),
    "password-reset": Told(
        _("Your password was reset"),
        _("A new password was chosen on the page “Forgotten password”, with a code or a passkey. Everything is unlocked."),
        "/mot-de-passe/revue",
    ),
    "reset-code": Told(
        _("Your code to choose a new password: %(code)s"),
        _("Type this code on the page where you asked for it, within thirty minutes: %(code)s\n\n"
          "If it was not you, do nothing: without the code, nobody can change your password."),
        "/mot-de-passe-oublie",
    ),
    "password-expiry": Told(
        _("Your password is to be changed before %(expires_at)s"),
        _("Change it when it suits you, in two minutes. After %(expires_at)s your mail can still be read everywhere, "
          "but sending will ask for the change; from %(soft_until)s the portal will ask for it first."),
        "/mot-de-passe",
    ),
    "password-soft": Told(
        _("Your password has reached its date: sending asks for the change"),
        _("Your mail can be read everywhere. To send again, change your password; it takes two minutes. "
          "From %(soft_until)s the portal will ask for it before anything else."),
        "/mot-de-passe",
    ),
    "password-past": Told(
        _("The portal now asks for a new password first"),
        _("Your mail programs go on reading. Sign in at the portal with your present password, then choose the new one."),
        "/mot-de-passe",
    ),
    "second-code": Told(
        _("Your code to sign in: %(code)s"),
        _("Type this code on the page where you sign in, within fifteen minutes: %(code)s\n\n"
          "If it was not you, somebody has your password: change it at once."),
        "/mot-de-passe",
    ),
    "new-device": Told(
        _("New device: %(program)s"),
        _("Somebody signed in to your account on a device that was not known: %(program)s, from %(network)s."),
        "/mes-connexions",
    ),
    "new-program": Told(
        _("A mail program signed in for the first time: %(program)s"),
        _("It opened your mail or your agenda from %(network)s. If it is yours, there is nothing to do."),
        "/mes-connexions",
    ),
    "app-password-created": Told(
        _("An app password was made: %(label)s"),
        _("A mail program can now read and send mail with it."),
        "/configurer",
    ),
    "taken-over": Told(
        _("Your account was taken over: all access is closed"),
        _("%(name)s has said so. Nobody reads your mail or sends in your name any more: sessions, app passwords and the "
          "password itself open nothing. Choose a new password with a code that goes to your recovery contacts, a recovery "
          "code or a passkey; then look at what was done."),
        "/mot-de-passe-oublie",
    ),
    "program-permitted": Told(
        _("A mail program was let in: %(label)s"),
        _("You allowed it from a browser: it can read and send mail until %(until)s."),
        "/configurer",
    ),
    "unusual-sign-in": Told(
        _("An unusual sign-in to your account"),
        _("What was seen: %(reason)s. Nothing is asked or blocked. If it was you, there is nothing to do; the page below "
          "remembers it if you say so."),
        "/reparer",
    ),
    "factor-asked": Told(
        _("A second proof is now asked for at each sign-in"),
        _("Something unusual was seen on your account (%(reason)s). Nothing is blocked. If it was you, say so on the page "
          "below: it is asked for no more."),
        "/reparer",
    ),
    "sending-held": Told(
        _("Your sending is held, and nothing is lost"),
        _("Something unusual was seen on your account (%(reason)s). What is sent waits in the queue and leaves when you "
          "have repaired the account: a few minutes, on the page below. Reading goes on as before."),
        "/reparer",
    ),
    "suspension-announced": Told(
        _("Your account will be suspended on %(at)s"),
        _("Decided by %(name)s (%(reason)s). Until then you read as before. The page below says how to answer, and what to "
          "do so that it does not happen. Nothing will be lost: mail goes on arriving."),
        "/reparer",
    ),
    "suspended": Told(
        _("Your account is suspended"),
        _("Decided by %(name)s (%(reason)s). Nothing is lost: mail goes on arriving. Support says how to answer."),
        "/depannage/cause/suspended",
    ),
    "let-go": Told(
        _("Your account is free again"),
        _("What was held has left."),
        "/mes-connexions",
    ),
    "right-decided": Told(
        _("Your rights have changed"),
        _("Decided by %(name)s: %(why)s. The page below shows which right, from where, and until when."),
        "/mes-droits",
    ),
    "cause": Told(
        _("Why your sign-in was refused (%(reference)s)"),
        _("On %(at)s. The page below says why and what to do."),
        "/depannage/cause/%(cause)s",
    ),
    "support-code-given": Told(
        _("Support gave a code for your account"),
        _("%(name)s has read to somebody, taken for you, a code that stands for a second proof. If you asked for nothing, "
          "change your password at once and tell support."),
        "/mes-connexions/journal",
    ),
    "unlock-letter-made": Told(
        _("A letter to unlock your account was made"),
        _("%(name)s has made it for somebody seen in person and taken for you. Until %(until)s it serves to choose a new "
          "password, or stands for a second factor that was lost."),
        "/mes-connexions/journal",
    ),
    "factor-added": Told(
        _("A second factor was set on your account"),
        _("It is asked for on devices that are not known. If it was not you, change your password at once."),
        "/second-facteur",
    ),
    "factor-dropped": Told(
        _("A second factor was removed from your account"),
        _("If it was not you, change your password at once and set a second factor again."),
        "/second-facteur",
    ),
    "factor-announced": Told(
        _("A second factor will be compulsory from %(at)s"),
        _("For your kind of account. Set it when it suits you, in three minutes; no personal phone is needed: codes on "
          "paper will do."),
        "/second-facteur",
    ),
    "wrong-factor": Told(
        _("Somebody typed your right password, then a wrong second proof"),
        _("From %(network)s. If it was not you, somebody has your password: your second factor held them back. "
          "Change your password at once."),
        "/mot-de-passe",
    ),
    "old-password-in-use": Told(
        _("A device still uses your old password"),
        _("Since %(since)s a program tries to sign in with the password that you replaced: %(program)s, from %(network)s. "
          "Your account is not at risk and nothing is blocked. Type the new password there, or better an app password."),
        "/configurer",
    ),
    "report-thanks": Told(
        _("Thank you for your report"),
        _("“%(subject)s” has reached the security officers, and your copy is in Junk. You will be told what it was.\n\n"
          "If you clicked or typed your password there, change it now: nobody will blame you."),
        "/signalements",
    ),
    "report-was-phishing": Told(
        _("You were right: it was phishing"),
        _("“%(subject)s”, which you reported, was made to deceive. What still arrives of it goes to Junk. Thank you: your "
          "report protects everybody.\n\n%(advice)s"),
        "/signalements",
    ),
    "report-was-unwanted": Told(
        _("Your report: unwanted, but not dangerous"),
        _("“%(subject)s”, which you reported, is advertising or the like: a nuisance, not a trap. What still arrives of it "
          "goes to Junk."),
        "/signalements",
    ),
    "report-was-harmless": Told(
        _("Your report: the message was harmless"),
        _("“%(subject)s”, which you reported, was honest. You find it in Junk and can put it back. "
          "You were right to ask."),
        "/signalements",
    ),
    "incident-opened": Told(
        _("A message is reported as phishing: “%(subject)s”"),
        _("The page below says who received it and what is being done."),
        "/securite/incident/%(incident)s",
    ),
    "campaign-removed": Told(
        _("A deceptive message was taken out of your mailbox"),
        _("“%(subject)s”, from %(sender)s: the security officers have taken it out of every mailbox. If you clicked or "
          "typed your password there, change it now.\n\n%(advice)s"),
        "/signalements",
    ),
    "campaign-restored": Told(
        _("A message is back in your mailbox"),
        _("“%(subject)s”, from %(sender)s, had been taken out as dangerous. It is back where it was, as it was."),
        "/courrier/",
    ),
    "incident-ended": Told(
        _("The incident about “%(subject)s” is over"),
        _("The security officers have ended it, and everybody whom it touched is told. The page below keeps what was done."),
        "/securite/incident/%(incident)s",
    ),
    "incident-closed": Told(
        _("The alert about “%(subject)s” is over"),
        _("Nothing more is expected of you.\n\n%(advice)s"),
        "/signalements",
    ),
    "caller-code": Told(
        _("Your code for the call with support: %(code)s"),
        _("Read this code to the person of support to whom you are speaking, within ten minutes: %(code)s\n\n"
          "They may then look at the sheet of your account. If you are not on the telephone with them, do nothing: "
          "tell nobody this code."),
        "/demandes",
    ),
    "request-by-itself": Told(
        _("Support was asked to help you: your account was blocked several times"),
        _("Your account was blocked three times within seven days, so request %(request)s was opened for you. You can add "
          "what you saw, or say that it is over."),
        "/demandes/%(request)s",
    ),
    "request-taken": Told(
        _("Your request %(request)s: somebody looks after it"),
        _("%(name)s looks after your request."),
        "/demandes/%(request)s",
    ),
    "request-answered": Told(
        _("Your request %(request)s: an answer"),
        _("%(name)s has answered you. The answer is on the page of your request."),
        "/demandes/%(request)s",
    ),
    "request-asked": Told(
        _("Your request %(request)s: a question for you"),
        _("%(name)s needs a word from you to go on. The question is on the page of your request."),
        "/demandes/%(request)s",
    ),
    "request-solved": Told(
        _("Your request %(request)s is solved"),
        _("If it is not, open it again within seven days. If it is, say in one word how it went."),
        "/demandes/%(request)s",
    ),
    "request-escalated": Told(
        _("Your request %(request)s has gone to the next level"),
        _("Others, who can do more, look after it now. You have nothing to do and nothing to say again."),
        "/demandes/%(request)s",
    ),
    "request-closed": Told(
        _("Your request %(request)s is closed"),
        _("A question to you had no answer for thirty days. You can open the request again within seven days."),
        "/demandes/%(request)s",
    ),
    "request-arrived": Told(
        _("Request %(request)s has arrived at the support desk"),
        _("Nobody looks after it yet."),
        "/assistance/demande/%(request)s",
    ),
    "request-replied": Told(
        _("Request %(request)s: a reply"),
        _("%(name)s has replied."),
        "/assistance/demande/%(request)s",
    ),
    "request-withdrawn": Told(
        _("Request %(request)s is no longer needed"),
        _("%(name)s has ended it: nothing more is to be done."),
        "/assistance/demande/%(request)s",
    ),
    "request-rated": Told(
        _("Request %(request)s: how it went"),
        _("%(name)s has said how it went. The request is closed."),
        "/assistance/demande/%(request)s",
    ),
    "request-reopened": Told(
        _("Request %(request)s is open again"),
        _("%(name)s says what is still wrong."),
        "/assistance/demande/%(request)s",
    ),
}  # fmt: skip
NOT_ME = frozenset({
    "new-device", "new-program", "app-password-created", "program-permitted", "password-changed", "password-reset",
    "contact-verified", "contact-dropped", "factor-added", "factor-dropped", "wrong-factor", "support-code-given",
    "unlock-letter-made", "sending-held", "export-ready", "unusual-sign-in", "factor-asked",
})  # fmt: skip
"""What a thief would do: these notices carry the link « it was not me »."""
AT_HOME = frozenset({
    "report-thanks", "report-was-phishing", "report-was-unwanted", "report-was-harmless", "incident-opened",
    "campaign-removed", "campaign-restored", "incident-closed", "incident-ended", "export-failed", "mail-nearly-full",
    "position-nearly-full", "position-refused", "calendar-shared", "calendar-shared-later",
    "request-taken", "request-answered", "request-asked", "request-solved", "request-escalated", "request-closed",
    "request-arrived", "request-replied", "request-withdrawn", "request-rated", "request-reopened",
})  # fmt: skip
"""Matters of the mailbox and of the desk: told there and in the portal, not at the recovery contacts."""
