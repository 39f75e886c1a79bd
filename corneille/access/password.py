"""Sets the main password, and says what a password must be.

Twelve characters or more, not guessable (zxcvbn, which the CNIL accepts in place of classes of characters),
and nothing in it that others know of the person. Length is welcome; nothing is cut.
"""

import re
from datetime import datetime

from django.db import transaction
from zxcvbn import zxcvbn

from corneille.access import hasher, queries
from corneille.access.models import Password, WebSession
from corneille.access.secret import SECRET_LENGTH, encode_secret
from corneille.access.wrong_secret import name_subject
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Refusal
from corneille.people.find import Guessable, find_guessable
from corneille.people.name import fold
from corneille.people.numen import is_numen_inside
from corneille.people.session_stamp import renew_session_stamp

LENGTH = 12
SCORE = 3
"""zxcvbn: 3 is "safely unguessable" by its scale, 10**8 guesses and more."""
JUDGED_LENGTH = 72
"""zxcvbn's work grows with the square of the length; what the first 72 characters prove is enough."""
NAME_LENGTH = 3


class PasswordRefused(Refusal):
    """Not accepted; `reasons` are codes: too-short, too-long, control, personal, guessable."""

    code = "password-refused"

    def __init__(self, *reasons: str) -> None:
        super().__init__(reasons=reasons)
        self.reasons = reasons


def set_password(account: AccountId, new: str, now: datetime, *, actor: str | None = None) -> None:
    """Replaces the main password, ends every web session and forgets what was counted as wrong.

    raises  PasswordRefused: then the old one stays
    """
    reasons = list_faults(new, find_guessable(account))
    if reasons:
        raise PasswordRefused(*reasons)
    argon2 = hasher.current().hash(encode_secret(new))
    with transaction.atomic():
        kept = Password.objects.select_for_update().filter(pk=account).first()
        serial = kept.serial + 1 if kept else 1
        Password.objects.update_or_create(account_id=account, defaults={"argon2": argon2, "serial": serial, "set_at": now})
        WebSession.objects.filter(account_id=account).delete()
        queries.drop_wrong_secrets(name_subject(account, ""))
        renew_session_stamp(account)
        journal.append("password-changed", actor=actor or name_actor(account), subject=account, data={}, now=now)


def list_faults(new: str, guessable: Guessable) -> list[str]:
    """What is wrong with a password for this person, as codes; empty: nothing."""
    if len(new) > SECRET_LENGTH:
        return ["too-long"]
    faults = []
    if len(new) < LENGTH:
        faults.append("too-short")
    if any((not each.isprintable() and not each.isspace()) or each in "\r\n\t\0" for each in new):
        faults.append("control")
    if _is_personal(new, guessable):
        faults.append("personal")
    elif "too-short" not in faults and _score(new, guessable) < SCORE:
        faults.append("guessable")
    return faults


def _score(new: str, guessable: Guessable) -> int:
    told = [*guessable.names, *guessable.uais]
    return int(zxcvbn(new[:JUDGED_LENGTH], user_inputs=[text for text in told if text])["score"])


def _is_personal(new: str, guessable: Guessable) -> bool:
    text = re.sub(r"[^a-z0-9]", "", fold(new))
    digits = re.sub(r"[^0-9]", "", new)
    words = [re.sub(r"[^a-z0-9]", "", fold(name)) for name in (*guessable.names, *guessable.uais)]
    if any(len(word) >= NAME_LENGTH and word in text for word in words):
        return True
    born = guessable.birth_on
    dates = [born.strftime(shape) for shape in ("%d%m%Y", "%Y%m%d", "%d%m%y")] if born else []
    return any(each in digits for each in dates) or is_numen_inside(text)
