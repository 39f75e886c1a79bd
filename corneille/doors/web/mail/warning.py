"""The signs of deception above a message, in plain words: why, and what to do."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneille.doors.web.mail.opened import Opened
from corneille.doors.web.mail.side import FolderShown
from corneille.mail.values import MailAccount
from corneille.protection.judge import Reason, Sign
from corneille.protection.warn import warn

WORDS: dict[Reason, Promise] = {
    Reason.PRETENDS_INSIDE: _(
        "It shows an address of ours, %(shown)s, but it came from outside: anybody can have written it."
    ),
    Reason.LOOK_ALIKE: _("The sender’s address ends in %(real)s. It looks like %(shown)s, and it is not."),
    Reason.NAMED_AS_OURS: _("The sender is called “%(shown)s”, but writes from %(real)s, which is none of our addresses."),
    Reason.COLLEAGUE_NAME: _(
        "The sender has the name of a colleague, %(shown)s, but writes from an outside address: %(real)s."
    ),
    Reason.ANSWERS_ELSEWHERE: _("Your answer would not go to %(shown)s, but to %(real)s."),
    Reason.LINK_LIES: _("A link shows %(shown)s, and leads to %(real)s."),
    Reason.LINK_LOOKS_ALIKE: _("A link leads to %(real)s. It looks like %(shown)s, and it is not."),
    Reason.ASKS_PASSWORD: _("It asks you to confirm your mail account elsewhere than on our portal. We never do."),
    Reason.ATTACHMENT: _("The attachment %(shown)s can run a program on your computer."),
}


@dataclass(frozen=True, slots=True)
class WarningShown:
    """What the template shows; `told` empty: nothing to say. `is_outside`: the sender is none of ours.

    is_name_alone  nothing but a colleague's name: two people may be called so, and the words are milder
    """

    told: tuple[str, ...]
    is_outside: bool
    is_name_alone: bool = False


def read_warning(account: MailAccount, opened: Opened, folder: FolderShown) -> WarningShown:
    """Nothing for what the reader wrote; in Junk, the folder has said it already, but the reasons help."""
    if folder.is_outgoing:
        return WarningShown((), is_outside=False)
    warned = warn(account, opened.content, opened.root)
    told = tuple(tell_sign(sign) for sign in warned.signs)
    return WarningShown(told, warned.is_outside, [sign.reason for sign in warned.signs] == [Reason.COLLEAGUE_NAME])


def tell_sign(sign: Sign) -> str:
    """One reason, in a sentence."""
    return str(WORDS[sign.reason]) % {"shown": sign.shown, "real": sign.real}
