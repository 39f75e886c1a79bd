"""What happens to an account: sign-ins, passwords, factors, measures, rights, copies of its data."""

from django.utils.translation import gettext_lazy as _

from corneille.notices.told import Told

ACCESS: dict[str, Told] = {
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
        is_for_not_me=True,
    ),
    "contact-dropped": Told(
        _("A recovery contact was removed"),
        _("%(address)s is no longer one of your recovery contacts."),
        "/coordonnees-de-secours",
        is_for_not_me=True,
    ),
    "export-ready": Told(
        _("The copy of your data is ready"),
        _("You asked for a copy of your data. It can be fetched until %(until)s, on the page below, with your password. "
          "Then it is deleted."),
        "/mes-donnees",
        is_for_not_me=True,
    ),
    "export-failed": Told(
        _("The copy of your data could not be made"),
        _("The page below says why, and what to do. Nothing of yours is lost or changed."),
        "/mes-donnees",
        is_for_home_alone=True,
    ),
    "password-changed": Told(
        _("Your password was changed"),
        _("The password of your account has just been changed. Every web session was ended; mail programs that use an app "
          "password go on."),
        "/mes-connexions",
        is_for_not_me=True,
    ),
    "password-reset": Told(
        _("Your password was reset"),
        _("A new password was chosen on the page “Forgotten password”, with a code or a passkey."),
        "/mot-de-passe/revue",
        is_for_not_me=True,
    ),
    "password-reset-by-letter": Told(
        _("Your password was reset"),
        _("A new password was chosen with the code of a letter, handed over to somebody seen in person and taken for you."),
        "/mot-de-passe/revue",
        is_for_not_me=True,
    ),
    "reset-code": Told(
        _("Your code to choose a new password: %(code)s"),
        _("Type this code on the page where you asked for it, before %(good_until)s: %(code)s\n\n"
          "It was asked for on %(asked_at)s, from %(network)s. If it was not you, do nothing: without the code, nobody can "
          "change your password, and the codes that you asked for stay good. Whoever asks again and again makes five of "
          "these messages a day at most."),
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
        _("Type this code on the page where you sign in, before %(good_until)s: %(code)s\n\n"
          "It was asked for on %(asked_at)s, from %(network)s, by somebody who had typed your password. If it was not you, "
          "change your password at once."),
        "/mot-de-passe",
    ),
    "new-device": Told(
        _("New device: %(program)s"),
        _("Somebody signed in to your account on a device that was not known: %(program)s, from %(network)s."),
        "/mes-connexions",
        is_for_not_me=True,
    ),
    "new-program": Told(
        _("A mail program signed in for the first time: %(program)s"),
        _("It opened your mail or your agenda from %(network)s. If it is yours, there is nothing to do."),
        "/mes-connexions",
        is_for_not_me=True,
    ),
    "app-password-created": Told(
        _("An app password was made: %(label)s"),
        _("A mail program can now read and send mail with it."),
        "/configurer",
        is_for_not_me=True,
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
        is_for_not_me=True,
    ),
    "unusual-sign-in": Told(
        _("An unusual sign-in to your account"),
        _("What was seen: %(reason)s. Nothing is asked or blocked. If it was you, there is nothing to do; the page below "
          "remembers it if you say so."),
        "/reparer",
        is_for_not_me=True,
    ),
    "factor-asked": Told(
        _("A second proof is now asked for at each sign-in"),
        _("Something unusual was seen on your account (%(reason)s). On the web a second proof follows the password: a "
          "factor of yours, a code at a recovery contact or, where there is none and on a device that was not known "
          "before, a letter of your establishment. Mail programs with an app password go on; those with the password of "
          "the account go on where they signed in from before, and are refused elsewhere. On the page below, say that it "
          "was you, or choose a new password: all this ends at once."),
        "/reparer",
        is_for_not_me=True,
    ),
    "sending-held": Told(
        _("Your sending is held, and nothing is lost"),
        _("Something unusual was seen on your account (%(reason)s). What is sent waits in the queue and leaves when you "
          "have repaired the account: a few minutes, on the page below. Mail goes on arriving and is read on your devices "
          "and in your programs; where it may not be you, a second proof or an app password is asked for."),
        "/reparer",
        is_for_not_me=True,
    ),
    "suspension-announced": Told(
        _("Your account will be suspended on %(at)s"),
        _("Decided by %(name)s (%(reason)s); they alone, or another officer, can take it back. Until then you read as "
          "before. To answer: %(support)s Nothing will be lost: mail goes on arriving."),
        "/reparer",
    ),
    "suspension-announced-by-guard": Told(
        _("Your account will be suspended on %(at)s"),
        _("Your sending has been held for days (%(reason)s), and nobody has repaired the account. No officer decided this: "
          "repair it on the page below, in a few minutes, and it does not happen. Until then you read as before. Nothing "
          "will be lost: mail goes on arriving."),
        "/reparer",
        is_for_not_me=True,
    ),
    "suspended": Told(
        _("Your account is suspended"),
        _("Decided by %(name)s (%(reason)s). No end date is set: it lasts until an officer lifts it. Nothing is lost: mail "
          "goes on arriving. To answer, without signing in: %(support)s"),
        "/depannage/cause/suspended",
    ),
    "suspended-by-guard": Told(
        _("Your account is suspended until you repair it"),
        _("This was announced: your sending has been held for days (%(reason)s), and nobody has repaired the account. "
          "Choose a new password on the page below, with a code that comes here, a recovery code or a passkey; sign in with "
          "it, and the repair opens everything again at once. Nothing is lost: mail goes on arriving. %(support)s"),
        "/mot-de-passe-oublie",
    ),
    "suspended-for-support": Told(
        _("Your account is suspended until support has seen you"),
        _("This was announced: your sending has been held for days (%(reason)s), and nobody has repaired the account. A "
          "recovery contact or a second factor was added in the days before, perhaps by whoever is suspected: so no code is "
          "proof enough, and support lets go once it knows that it is you. No officer decided this, and nothing is lost: "
          "mail goes on arriving. %(support)s"),
        "/depannage/cause/suspended-for-support",
    ),
    "account-ended": Told(
        _("Your account has ended"),
        _("Decided by %(name)s (%(reason)s). Nobody signs in with it any more. If that is a mistake: %(support)s"),
        "/depannage/cause/ended",
    ),
    "account-moved": Told(
        _("Your account has moved to another académie"),
        _("Decided by %(name)s (%(reason)s). Sign in there; here nobody does any more. If that is a mistake: %(support)s"),
        "/depannage/cause/moved",
    ),
    "account-opened": Told(
        _("Your account is open"),
        _("Decided by %(name)s (%(reason)s). You can sign in; what arrived meanwhile is there."),
        "/mes-connexions",
    ),
    "account-opened-in-part": Told(
        _("Your account is active again, but something still stands: %(still)s"),
        _("Made active by %(name)s (%(reason)s). What %(still_name)s has decided apart from that (%(still_reason)s) is "
          "still in force. %(support)s"),
        "/depannage",
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
    "right-announced": Told(
        _("Change of your rights on %(from_on)s"),
        _("%(change)s. Decided by %(name)s for %(whom)s: %(why)s. %(end)s The page below shows all your rights, and what "
          "will change."),
        "/mes-droits",
    ),
    "cause": Told(
        _("Why your sign-in was refused (%(reference)s)"),
        _("On %(at)s.%(decided)s The page below says why and what to do. %(support)s"),
        "/depannage/cause/%(cause)s",
    ),
    "support-code-given": Told(
        _("Support gave a code for your account"),
        _("%(name)s has read to somebody, taken for you, a code that stands for a second proof. If you asked for nothing, "
          "change your password at once and tell support."),
        "/mes-connexions/journal",
        is_for_not_me=True,
    ),
    "unlock-letter-made": Told(
        _("A letter to unlock your account was made"),
        _("%(name)s has made it for somebody seen in person and taken for you. Until %(until)s it serves to choose a new "
          "password, or stands for a second factor that was lost."),
        "/mes-connexions/journal",
        is_for_not_me=True,
    ),
    "factor-added": Told(
        _("A second factor was set on your account"),
        _("It is asked for on devices that are not known. If it was not you, change your password at once."),
        "/second-facteur",
        is_for_not_me=True,
    ),
    "factor-dropped": Told(
        _("A second factor was removed from your account"),
        _("If it was not you, change your password at once and set a second factor again."),
        "/second-facteur",
        is_for_not_me=True,
    ),
    "factor-announced": Told(
        _("A second factor will be compulsory from %(at)s"),
        _("For your kind of account. Set it when it suits you, in three minutes; no personal phone is needed: codes on "
          "paper will do."),
        "/second-facteur",
    ),
    "factor-announced-with-programs": Told(
        _("A second factor will be compulsory from %(at)s"),
        _("For your kind of account. Set it when it suits you, in three minutes; no personal phone is needed: codes on "
          "paper will do. From %(programs_at)s, or as soon as it is set, mail programs and phones that use the password of "
          "the account ask for an app password: make one on the page “Set up my mail program”. Those that have one go on."),
        "/second-facteur",
    ),
    "wrong-factor": Told(
        _("Somebody typed your right password, then a wrong second proof"),
        _("From %(network)s. If it was not you, somebody has your password: your second factor held them back. "
          "Change your password at once."),
        "/mot-de-passe",
        is_for_not_me=True,
    ),
    "old-password-typed": Told(
        _("Your old password was typed"),
        _("On %(since)s the password that you replaced was typed on a page of the portal: %(program)s, from %(network)s. It "
          "opens nothing and counts for nothing. If it was not you, somebody knows it: use it nowhere else either."),
        "/mes-connexions",
        is_for_home_alone=True,
    ),
    "old-password-in-use": Told(
        _("A device still uses your old password"),
        _("Since %(since)s a program tries to sign in with the password that you replaced: %(program)s, from %(network)s. "
          "Your account is not at risk and nothing is blocked. Type the new password there, or better an app password."),
        "/configurer",
    ),
}  # fmt: skip
