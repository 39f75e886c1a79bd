"""Every cause in plain words: a title, why it is so, what to do; and a button for each way out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.access.reason import WayOut
from corneille.desk.cause import Cause
from corneille.doors.web.help.figures import read_figures


@dataclass(frozen=True, slots=True)
class Button:
    """A way out: where it leads, or nothing when it is only said."""

    text: str
    url: str


TOLD: dict[Cause, tuple[Promise, Promise, Promise]] = {
    Cause.WRONG: (
        _("The identifier and the password do not go together"),
        _("Most often: capitals lock, a keyboard in another language, a letter missed, or a password that was changed. "
          "For safety the page does not say which of the two is wrong, nor whether the account exists."),
        _("Type both again by hand. If you no longer know the password, choose another with a code from elsewhere."),
    ),
    Cause.SLOWED: (
        _("Too many different passwords were tried from this place"),
        _("%(slow_after)s different wrong passwords from one network slow that network down on that account, for "
          "%(slow_minutes)s minutes, longer each time. The account itself is not locked, and nobody else can lock it."),
        _("Wait until the time shown, or use a device on which you have signed in before: it never waits."),
    ),
    Cause.NETWORK_SLOWED: (
        _("Many accounts were tried from this network"),
        _("Somebody on the same network tries many accounts: an attack, or a school whose network nobody has declared."),
        _("Wait a few minutes, or use a known device or another network. Your establishment can have its own declared."),
    ),
    Cause.BUSY: (
        _("Many people are signing in at this moment"),
        _("Your password was not looked at, and the attempt does not count."),
        _("Try again in a few seconds."),
    ),
    Cause.OLD_PASSWORD: (
        _("This is an old password"),
        _("The password was changed since, and the program or the browser still has the one before. It counts for nothing "
          "against you, however often the program repeats it."),
        _("Type the new password there; in a mail program, better make an app password. If you do not know the new one, "
          "choose another."),
    ),
    Cause.SOFT_LANDING: (
        _("Your password has reached its date: sending asks for the change"),
        _("The rule of your kind of account gives passwords a date. You were told %(alert_days)s days before. Mail can "
          "still be read everywhere."),
        _("Change it: two minutes, and sending works again at once."),
    ),
    Cause.PASSWORD_EXPIRED: (
        _("Your password is past its date: the portal asks for a new one first"),
        _("The %(soft_days)s days after the date are over. Mail programs go on reading."),
        _("Sign in with your present password: the page where you choose the new one comes by itself."),
    ),
    Cause.SENDING_HELD: (
        _("Sending is held, and nothing is lost"),
        _("Very many recipients in a short time, a sign-in that did not look like you, or “it was not me”: what you send is "
          "accepted and waits, so that nobody writes in your name. Mail goes on arriving and can be read."),
        _("Repair the account: a few minutes, and what waits leaves at once. What you did not write can be thrown away."),
    ),
    Cause.FACTOR_LOST: (
        _("The second factor is lost, or not at hand"),
        _("The phone was changed, lost or left at home, or the sheet of codes is finished."),
        _("On the page of the second step, choose another way: a recovery code, or a code sent to a recovery contact. If "
          "there is none, your head of school prints a code for you after having seen you; at a DSDEN or the rectorat, "
          "support does."),
    ),
    Cause.FACTOR_WRONG: (
        _("The code is not right"),
        _("It is that of another account, or was read or typed wrongly, or too much time passed."),
        _("Look at the code that stands there now, and type it again."),
    ),
    Cause.FACTOR_USED: (
        _("The code has been used"),
        _("Each code serves once, so that whoever looked over your shoulder cannot use it."),
        _("Wait for the next one, half a minute at most."),
    ),
    Cause.FACTOR_CLOCK: (
        _("The clock of the phone is wrong"),
        _("The codes depend on the time; a phone that is more than half a minute off shows those of another minute."),
        _("Set the time of the phone to automatic, then type the new code."),
    ),
    Cause.FACTOR_SLOWED: (
        _("Too many codes were tried"),
        _("%(factor_after)s wrong codes from one place slow the next one down there, for %(factor_minutes)s minutes, longer "
          "each time; after %(totp_after)s of an application from all places together the next waits until one of them is a "
          "day old. Whoever typed them had the password. A device that you used before never waits for what others typed."),
        _("Use a device on which you have signed in before, a security key, or a recovery code; or wait until the time "
          "shown. If you typed none of them, choose a new password: that unlocks at once."),
    ),
    Cause.TICKET_EXPIRED: (
        _("Too much time passed on the page"),
        _("What a page asks for is good for %(page_minutes)s minutes, so that nobody answers it later in your place."),
        _("Try again."),
    ),
    Cause.PASSKEY_WRONG: (
        _("The passkey proved nothing"),
        _("The browser’s answer was not complete, was meant for another page, or the key has been copied."),
        _("Try again; if it goes on, sign in with your password, remove this passkey and set it again."),
    ),
    Cause.PASSKEY_UNKNOWN: (
        _("The passkey is not known here"),
        _("It was removed from its account, by you or by a repair, but your device still keeps it."),
        _("Sign in with your password, then set it again; delete the old one in the settings of your device."),
    ),
    Cause.TAKEN_OVER: (
        _("The password is closed: somebody else had it"),
        _("You said so from a recovery contact, or an officer found that messages sent from the account deceive. So nobody "
          "reads or writes with this password any more, you included. Nothing is lost, and mail goes on arriving."),
        _("Choose a new password, with a code that goes to a recovery contact, a recovery code or a passkey; where there "
          "is none, your establishment hands you a letter after having seen you. Then everything opens again at once."),
    ),
    Cause.SUSPENDED: (
        _("The account is suspended"),
        _("An officer of the académie has decided it, by name and with a reason. Nothing is lost: mail goes on arriving."),
        _("Who, why and until when stands on the page of your refusal and in the notice at your recovery contacts. To "
          "answer, reach support: nobody has to be signed in for that."),
    ),
    Cause.SUSPENDED_FOR_SUPPORT: (
        _("The account is suspended until support has seen you"),
        _("Sign-ins did not look like you, so your sending was held; you were told on every channel, then told again a day "
          "before, and nobody has repaired the account. A recovery contact or a second factor was added in the days before, "
          "perhaps by whoever is suspected, so that no code is proof enough. No officer decided it, and nothing is lost: "
          "mail goes on arriving."),
        _("Reach support with the reference of your refusal: they make sure that it is you, and let go. Then choose a new "
          "password."),
    ),
    Cause.SUSPENDED_BY_GUARD: (
        _("The account is suspended until you repair it"),
        _("Sign-ins did not look like you, so your sending was held; you were told on every channel, then told again a day "
          "before, and nobody has repaired the account. No officer decided it, and nothing is lost: mail goes on arriving."),
        _("Choose a new password, with a code that goes to a recovery contact, a recovery code, a passkey or a letter of "
          "your establishment. Sign in with it: the repair comes by itself and opens everything again at once."),
    ),
    Cause.NOT_ENTITLED: (
        _("Your account does not give this right"),
        _("Rights come from the kind of account, the functions that you have and where; some end with a function."),
        _("Who decided, why and until when stands on the page of your refusal, and on the page of your rights where you can "
          "sign in. Support can correct a mistake."),
    ),
    Cause.NETWORK_NOT_ALLOWED: (
        _("Not from this network"),
        _("Your account may be used from the networks of the académie only."),
        _("Use a network of the académie. Who decided, why and until when stands on the page of your refusal, and on the "
          "page of your rights."),
    ),
    Cause.TO_ACTIVATE: (
        _("The account has not been activated yet"),
        _("A new account waits for its person: nobody has a password for it yet."),
        _("Your establishment gives you a letter with the activation code. If you have none, ask its secretariat."),
    ),
    Cause.ACTIVATED: (
        _("The account is active already"),
        _("It was activated before, with this letter or another: by you, or it is worth asking who."),
        _("Sign in. If you no longer know the password, choose another; if you never activated it, tell support at once."),
    ),
    Cause.CODE_SPENT: (
        _("The code of the letter is used or too old"),
        _("A code is good once, until the day that the letter says; a new letter, or a new password, ends it."),
        _("Ask your establishment for a new letter: it is printed in a minute."),
    ),
    Cause.ENDED: (
        _("The account has ended"),
        _("An account ends when its person has left the académie."),
        _("If you still work here, support can open it again."),
    ),
    Cause.MOVED: (
        _("The account has moved to another académie"),
        _("Accounts follow their person; the old address forwards nothing by itself."),
        _("Sign in at your new académie. If you have not moved, tell support."),
    ),
    Cause.NOT_A_LOGIN: (
        _("This is the mailbox of a position or of an establishment"),
        _("Nobody signs in with it: it has no password, so that none can be shared or stolen."),
        _("Sign in with your own identifier: you find the mailboxes of your positions there."),
    ),
    Cause.APP_PASSWORD_NEEDED: (
        _("The mail program needs an app password"),
        _("Mail programs do not take the account’s password once a second factor is set or compulsory for you, where the "
          "académie wants none, and, while something unusual is seen or many passwords are tried on your account, in places "
          "where it was not used before. Whoever stole the password then reads nothing with it."),
        _("Make an app password on the page “Set up my mail program” and type it in the program."),
    ),
    Cause.APP_PASSWORD_HERE: (
        _("An app password was typed on the portal"),
        _("It opens mail and calendar programs only, so that one that is stolen gives nothing else away."),
        _("Type the password of your account here. If you no longer know it, choose another."),
    ),
    Cause.APP_PASSWORD_REVOKED: (
        _("The access of this mail program was withdrawn"),
        _("You, or the repair of your account, revoked its app password or took back the permission that you had given it."),
        _("Make another app password on the page “Set up my mail program” and type it in the program; or let the program "
          "ask for your permission once more."),
    ),
    Cause.APP_PASSWORD_EXPIRED: (
        _("The access of this mail program has expired"),
        _("Its app password, or the permission that you gave it, had an end date."),
        _("Make another app password on the page “Set up my mail program” and type it in the program; or let the program "
          "ask for your permission once more."),
    ),
    Cause.APP_PASSWORD_SCOPE: (
        _("The access of this mail program is not meant for that"),
        _("Its app password was made for receiving only, or for sending only, or for calendars; or what it was permitted "
          "holds no mail."),
        _("Make another on the page “Set up my mail program” and type it in the program."),
    ),
    Cause.TOKEN_WRONG: (
        _("The mail program came with a token that opens nothing"),
        _("Programs that you let in from your browser show a token of some minutes, and fetch another by themselves. This "
          "one is too old, of another account, or none of ours: the session or the permission behind it has ended."),
        _("Let the program ask once more: remove the account from it and add it again, or choose “Sign in” there."),
    ),
    Cause.BAD_INPUT: (
        _("What was typed cannot be an identifier or a password"),
        _("It holds characters that none has, or is too long: most often a copy that took too much."),
        _("Type it by hand."),
    ),
    Cause.WRONG_SETTINGS: (
        _("The settings of the program are not right"),
        _("A wrong server name or port, or the wrong kind of encryption, ends as a connection that never comes."),
        _("Compare each line with the page “Set up my mail program”."),
    ),
    Cause.TLS_REFUSED: (
        _("The program tried without encryption"),
        _("No password is taken in clear here: anybody on the way could read it."),
        _("Set “SSL/TLS” or “STARTTLS” as the page “Set up my mail program” shows. A program with neither is too old."),
    ),
    Cause.QUOTA: (
        _("The mailbox is full"),
        _("What does not fit waits at its sender for some days and then goes back to them."),
        _("Empty the bin, then look for large messages. Support can see whether more room is possible."),
    ),
    Cause.INCIDENT: (
        _("The service has a problem"),
        _("It is not your account. What was sent waits and is not lost."),
        _("The page “State of the service” says what is known."),
    ),
}  # fmt: skip

BUTTONS: dict[WayOut, tuple[Promise, str]] = {
    WayOut.RETRY: (_("Try again"), "/connexion"),
    WayOut.WAIT: (_("Wait, then try again"), ""),
    WayOut.KNOWN_DEVICE: (_("Use a device where you have signed in before"), ""),
    WayOut.PASSKEY: (_("Sign in with a passkey"), "/connexion"),
    WayOut.RECOVER: (_("Choose a new password"), "/mot-de-passe-oublie"),
    WayOut.ACTIVATE: (_("Activate the account with the letter of your establishment"), "/activer"),
    WayOut.APP_PASSWORD: (_("Make an app password"), "/configurer"),
    WayOut.MAIN_PASSWORD: (_("Sign in with the account’s password"), "/connexion"),
    WayOut.NEW_PASSWORD: (_("Type the new password in the program"), ""),
    WayOut.CHANGE_PASSWORD: (_("Change the password"), "/mot-de-passe"),
    WayOut.OTHER_FACTOR: (_("Choose another way on the page of the second step"), ""),
    WayOut.SET_CLOCK: (_("Check the clock of this device"), "/depannage/navigateur"),
    WayOut.PERMIT: (_("Let the program ask for your permission once more"), ""),
    WayOut.RIGHTS: (_("See my rights, why, and who decided"), "/mes-droits"),
    WayOut.REPAIR_ACCOUNT: (_("Repair my account"), "/reparer"),
    WayOut.SETTINGS: (_("See the exact settings"), "/configurer"),
    WayOut.MAKE_ROOM: (_("See what takes the place"), "/courrier/espace"),
    WayOut.STATE: (_("State of the service"), "/etat-du-service"),
    WayOut.SUPPORT: (_("Give the reference code to support"), "/demandes/sans-connexion"),
}

CHECKS = {
    "scripts_on": _("JavaScript works."),
    "cookies_on": _("Cookies work."),
    "cookies_off": _("Cookies are refused: without them nobody stays signed in. Allow them for this site."),
    "storage_on": _("The browser can keep data."),
    "storage_off": _("The browser keeps nothing: a private window, or a setting. You can sign in, but not be known again."),
    "clock_on": _("The clock of this device is right."),
    "clock_off": _("The clock of this device is %s s off: one-time codes will be refused. Set the time to automatic."),
    "old": _("This browser is too old: update it."),
    "recent": _("This browser is recent enough."),
}

DOORS: dict[str, Promise] = {
    "web": _("the portal"),
    "imap": _("a mail program, receiving"),
    "submission": _("a mail program, sending"),
    "dav": _("a calendar program"),
    "reset": _("the page of the forgotten password"),
    "activation": _("the activation page"),
    "step-up": _("a confirmation of identity"),
}


def explain(cause: Cause) -> tuple[str, str, str]:
    """Title, why, what to do, with the figures in force."""
    title, why, todo = TOLD[cause]
    figures = read_figures()
    return str(title) % figures, str(why) % figures, str(todo) % figures


def button(way: WayOut) -> Button:
    """A way out; without an address it is a sentence, not a link."""
    text, url = BUTTONS[way]
    return Button(str(text), url)


def name_door(door: str) -> str:
    """Where one knocked."""
    return str(DOORS.get(door, _now("another door")))
