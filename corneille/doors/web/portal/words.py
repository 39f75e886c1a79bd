"""Codes of `access` in the words that people read: why not, what to do, which door, which program."""

from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.access.decide import Refused
from corneille.access.factor_rule import Rule
from corneille.access.facts import SecondProof
from corneille.access.passkey import PasskeyRefused
from corneille.access.reason import Reason

TOLD: dict[Reason, tuple[Promise, Promise]] = {
    Reason.WRONG: (
        _("This identifier and this password do not go together"),
        _("Type them again, or follow “I cannot sign in” below. The owner of the account sees this attempt."),
    ),
    Reason.BAD_INPUT: (
        _("What was typed cannot be an identifier or a password"),
        _("It holds characters that none has, or is too long. Type it by hand rather than by copying."),
    ),
    Reason.SLOWED: (
        _("Too many different passwords were tried from here"),
        _(
            "To protect the account, this place has to wait. Nothing is locked: "
            "on a device that you already used, you can sign in now."
        ),
    ),
    Reason.NETWORK_SLOWED: (
        _("Many accounts were tried from this network"),
        _(
            "To protect them, this network has to wait. Nothing is locked: on a device that you already used, "
            "or from another network, you can sign in now."
        ),
    ),
    Reason.OLD_PASSWORD: (
        _("This is your old password"),
        _("It was changed since. Type the new one, or choose another if you no longer know it."),
    ),
    Reason.PASSWORD_EXPIRED: (_("Your password has reached its date"), _("Change it, and everything opens again at once.")),
    Reason.MOVED: (
        _("This account has moved to another académie"),
        _("Sign in there. If that is not so, support can say more, with the reference below."),
    ),
    Reason.NOT_ENTITLED: (
        _("Your account does not give this right"),
        _("Somebody decided it, as said here. Support can correct a mistake, with the reference below."),
    ),
    Reason.NETWORK_NOT_ALLOWED: (
        _("Not from this network"),
        _("Your account may be used from the networks of the académie only."),
    ),
    Reason.BUSY: (
        _("Many people are signing in at this moment"),
        _("Your password was not looked at, and this attempt does not count. Try again in a few seconds."),
    ),
    Reason.TAKEN_OVER: (
        _("This password is closed"),
        _("Somebody else had it. Choose a new one, with a code that goes to a recovery contact or with a passkey."),
    ),
    Reason.SUSPENDED: (
        _("This account is suspended"),
        _("An officer has decided it. Nothing is lost: mail goes on arriving. To answer, give support the reference below."),
    ),
    Reason.SUSPENDED_BY_GUARD: (
        _("This account is suspended until you repair it"),
        _("Choose a new password first, with “Forgotten password?”: a code at a recovery contact, a recovery code, a "
          "passkey or a letter. Then sign in with it: the repair comes by itself."),
    ),
    Reason.SUSPENDED_FOR_SUPPORT: (
        _("This account is suspended until support has seen you"),
        _("A recovery contact or a second factor was added in the days before, perhaps by somebody else: no code is proof "
          "enough. Nothing is lost: mail goes on arriving. Give support the reference below."),
    ),
    Reason.TO_ACTIVATE: (
        _("This account has not been activated yet"),
        _("Your establishment gives you the activation code and shows you the way."),
    ),
    Reason.ACTIVATED: (
        _("This account is active already"),
        _("Sign in. If you no longer know the password, choose another."),
    ),
    Reason.CODE_SPENT: (
        _("The code of this letter is used or too old"),
        _("It is good once, until the day that the letter says. Your establishment prints a new one in a minute."),
    ),
    Reason.ENDED: (
        _("This account has ended"),
        _("If you still work in the académie, support can open it again, with the reference below."),
    ),
    Reason.NOT_A_LOGIN: (
        _("This is the mailbox of a position, not of a person"),
        _("Sign in with your own identifier: you will find the mailboxes of your positions there."),
    ),
    Reason.PASSKEY_WRONG: (
        _("This passkey proved nothing"),
        _("The answer was not complete, or the key has been copied. Try again, or sign in with your password."),
    ),
    Reason.PASSKEY_UNKNOWN: (
        _("This passkey is not known here"),
        _("It was removed from its account, or never set. Sign in with your password, then set it again."),
    ),
    Reason.TICKET_EXPIRED: (
        _("Too much time has passed"),
        _("The page had waited for more than ten minutes. Nothing is wrong: try again."),
    ),
    Reason.APP_PASSWORD_HERE: (
        _("This is an app password"),
        _("It works only in a mail program. Here, type the password of your account."),
    ),
}
"""What the sign-in page says, by reason."""

SEEN: dict[Reason, Promise] = {
    Reason.WRONG: _("Wrong password"),
    Reason.BAD_INPUT: _("Impossible identifier or password"),
    Reason.SLOWED: _("Too many different passwords from this place"),
    Reason.NETWORK_SLOWED: _("Many accounts were tried from this network"),
    Reason.OLD_PASSWORD: _("The old password, on a device that still has it"),
    Reason.SOFT_LANDING: _("The password had reached its date: sending asked for the change"),
    Reason.PASSWORD_EXPIRED: _("The password was past its date: sending asked for the change"),
    Reason.MOVED: _("The account had moved"),
    Reason.NOT_ENTITLED: _("The account did not give this right"),
    Reason.NETWORK_NOT_ALLOWED: _("Not from this network"),
    Reason.FACTOR_NEEDED: _("The account’s password was used where an app password is needed"),
    Reason.FACTOR_WRONG: _("Wrong second proof, after the right password"),
    Reason.FACTOR_USED: _("A code that had been used"),
    Reason.FACTOR_CLOCK: _("A code of another minute: the clock of the phone is wrong"),
    Reason.FACTOR_SLOWED: _("Too many second proofs"),
    Reason.TICKET_EXPIRED: _("Too long between the question and the answer"),
    Reason.PASSKEY_WRONG: _("A passkey that proved nothing"),
    Reason.PASSKEY_UNKNOWN: _("A passkey that is not known"),
    Reason.BUSY: _("The service was busy; the password was not looked at"),
    Reason.TAKEN_OVER: _("The password was closed: somebody else had it"),
    Reason.SUSPENDED: _("The account was suspended"),
    Reason.SUSPENDED_BY_GUARD: _("The account was suspended until its repair"),
    Reason.SUSPENDED_FOR_SUPPORT: _("The account was suspended until support had seen its owner"),
    Reason.TO_ACTIVATE: _("The account was not activated yet"),
    Reason.ACTIVATED: _("An activation of an account that was active already"),
    Reason.CODE_SPENT: _("The code of a letter that was used or too old"),
    Reason.ENDED: _("The account had ended"),
    Reason.NOT_A_LOGIN: _("Nobody signs in with this mailbox"),
    Reason.MAIN_PASSWORD_HERE: _("The account’s password was used where an app password is needed"),
    Reason.APP_PASSWORD_HERE: _("An app password was used on the portal"),
    Reason.SCOPE: _("The program’s access is not meant for that"),
    Reason.REVOKED: _("The program’s access was withdrawn"),
    Reason.EXPIRED: _("The program’s access has expired"),
    Reason.TOKEN_WRONG: _("A mail program’s token that opens nothing"),
}
"""What the owner reads in « Mes connexions », by exact reason."""

DOORS: dict[str, Promise] = {
    "web": _("Portal"),
    "imap": _("Mail program, receiving"),
    "submission": _("Mail program, sending"),
    "dav": _("Calendar program"),
    "reset": _("Forgotten password"),
    "activation": _("Activation"),
    "step-up": _("Confirmation of identity"),
}

PASSWORD_FAULTS: dict[str, Promise] = {
    "too-short": _("This is too short: 12 characters at least."),
    "too-long": _("This is too long."),
    "guessable": _("This is too easy to guess. Add a word or two that nobody would expect."),
    "personal": _(
        "It contains your name, your birth date, your NUMEN or your establishment’s code, which others know."
    ),
    "leaked": _("It was found among passwords stolen elsewhere: those are tried first. Choose another."),
    "former": _("You have used this one before. Choose one that is new."),
    "control": _("It contains a character that cannot be typed everywhere."),
}


class Attempted(Protocol):
    """What of an attempt decides its words."""

    @property
    def decision(self) -> str: ...


def explain_refusal(refused: Refused) -> tuple[str, str]:
    """Title and text of a refusal on the sign-in page."""
    title, told = FACTOR_TOLD.get(refused.reason) or TOLD.get(refused.reason, TOLD[Reason.WRONG])
    return str(title), str(told)


def explain_why_second(why: str) -> str:
    """Why a second proof is asked for."""
    return str(WHY_SECOND.get(why, WHY_SECOND["enrolled"]))


def explain_password(reason: object) -> str:
    """Why a new password is not accepted."""
    told = PASSWORD_FAULTS.get(str(reason))
    return str(told) if told is not None else _now("This password is not accepted. Choose another.")


WHY_SECOND: dict[str, Promise] = {
    "enrolled": _("You have set a second factor: it protects your account even from somebody who has your password."),
    "policy": _("For your kind of account a second proof is needed. Prove once that it is you, then set a second factor."),
    "attacked": _(
        "Many different passwords have been tried on your account from elsewhere. This device is not known yet: "
        "prove once that it is you, and it will be."
    ),
    "contained": _("Something unusual happened on your account: prove that it is you before you go on."),
    "service": _("The service that you are opening asks for a second proof in each new session."),
}
KINDS: dict[str, Promise] = {
    "webauthn": _("Passkey or security key"),
    "totp": _("Code of the authenticator application"),
    "printed": _("Code of the printed sheet"),
    "recovery-code": _("Recovery code"),
    "recovery-contact": _("Code sent to a recovery contact"),
    "support-code": _("Code given by your establishment or support"),
}
FACTOR_TOLD: dict[Reason, tuple[Promise, Promise]] = {
    Reason.FACTOR_WRONG: (_("This is not the code"), _("Look at the code that stands there now, and type it again.")),
    Reason.FACTOR_USED: (
        _("This code has been used"),
        _("Each code serves once. Wait for the next one, half a minute at most."),
    ),
    Reason.FACTOR_CLOCK: (
        _("The clock of your phone is wrong"),
        _("The code is that of another minute. Set the time of the phone to automatic, then type the new code."),
    ),
    Reason.FACTOR_SLOWED: (
        _("Too many codes were tried"),
        _(
            "To protect the account, the next code has to wait here. Nothing is locked: a device that you already used, a "
            "security key, another way or a new password opens now."
        ),
    ),
}
STRENGTHS = (_("Very weak"), _("Weak"), _("Fair"), _("Strong"), _("Very strong"))


def name_strength(score: int) -> str:
    """zxcvbn's score in words."""
    return str(STRENGTHS[score])


PASSKEY_FAULTS: dict[str, Promise] = {
    "late": _("The page had waited for more than ten minutes: try again."),
    "known": _("This key or device is set already."),
    "many": _("Twenty passkeys are set: remove one that you no longer use first."),
    "wrong": _("What the browser answered proves nothing. Try again, or choose another kind."),
}
FACTORS: dict[str, Promise] = {
    "webauthn": _("Passkey or security key"),
    "totp": _("Authenticator application"),
    "printed": _("Printed sheet of codes"),
    "recovery-code": _("Recovery codes"),
}


def name_kind(kind: str) -> str:
    """What is typed as a second proof."""
    return str(KINDS.get(kind, kind))


def name_factor(kind: str) -> str:
    """What a person has set."""
    return str(FACTORS.get(kind, kind))


def explain_first_code(proof: SecondProof) -> str:
    """Why the first code of an application was not taken."""
    reason = Reason.FACTOR_CLOCK if proof is SecondProof.CLOCK else Reason.FACTOR_WRONG
    return ". ".join(str(part) for part in FACTOR_TOLD[reason])


CONDITIONS: dict[tuple[str, str], Promise] = {
    ("type", "all"): _("everybody"),
    ("network", "outside"): _("outside the networks of the académie"),
    ("application", "mail"): _("for the mail pages"),
    ("application", "portal"): _("for the portal"),
    ("risk", "unusual"): _("where something unusual was seen"),
}


def explain_rule(rule: Rule) -> str:
    """Whom a rule of the second factor concerns, and when."""
    told = []
    for kind, name in rule.conditions:
        words = CONDITIONS.get((kind, name))
        if words is not None:
            told.append(str(words))
        elif kind == "function":
            told.append(_now("function “%(name)s”") % {"name": name})
        else:
            told.append(_now("accounts of the type “%(name)s”") % {"name": name})
    return ", ".join(told)


def explain_passkey(refused: PasskeyRefused) -> str:
    """Why a passkey was not set."""
    return str(PASSKEY_FAULTS[refused.reason])


def explain_letter(refused: Refused) -> tuple[str, str]:
    """Title and text when a letter opened nothing."""
    if refused.reason is Reason.WRONG:
        return _now("This does not go together"), _now(
            "The NUMEN or identifier, the birth date and the code must be those of one letter. Type them again."
        )
    return explain_refusal(refused)


def explain_code_refusal(refused: Refused) -> tuple[str, str]:
    """Title and text when a code was not taken."""
    if refused.reason is Reason.WRONG:
        return _now("This is not the code"), _now(
            "Or it was used, or the time is past that its message names. Type it again, or ask for another."
        )
    return explain_refusal(refused)


def explain_reason(reason: str) -> str:
    """The exact reason of a refused attempt, for the account's owner."""
    return str(SEEN[Reason(reason)]) if reason in set(Reason) else ""


def name_door(door: str) -> str:
    """Where one knocked."""
    return str(DOORS.get(door, door))


def is_refused(attempt: Attempted) -> bool:
    """Whether nobody came in."""
    return attempt.decision == "refused"
