"""Sets the main password, and says what a password must be.

Twelve characters or more, not guessable (zxcvbn, which the CNIL accepts in place of classes of characters),
nothing in it that others know of the person, not one that was stolen elsewhere, not one of the last five.
Length is welcome; nothing is cut.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from zxcvbn import zxcvbn

from corneille.access import hasher, queries
from corneille.access.hash_budget import Rank
from corneille.access.leaked import is_leaked
from corneille.access.models import FormerPassword, Password, WebSession
from corneille.access.one_time_code import RESET, SECOND, UNLOCK, spend_code
from corneille.access.password_life import choose_expiry
from corneille.access.password_settings import Passwords
from corneille.access.secret import SECRET_LENGTH, encode_secret
from corneille.access.session import announce_end
from corneille.access.written_date import is_date_inside
from corneille.access.wrong_secret import digest_secret, name_code_subject, name_seconds, name_subject
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.people.find import Guessable, find_guessable, find_standing_of
from corneille.people.name import fold
from corneille.people.numen import is_numen_inside
from corneille.people.session_stamp import renew_session_stamp

LENGTH = 12
DATED = frozenset({"password-expiry", "password-soft", "password-past", "old-password-in-use"})
"""Notices that a new password makes untrue."""
SCORE = 3
"""zxcvbn: 3 is "safely unguessable" by its scale, 10**8 guesses and more."""
JUDGED_LENGTH = 72
"""zxcvbn's work grows with the square of the length; what the first 72 characters prove is enough."""
NAME_LENGTH = 3


class PasswordRefused(Refusal):
    """Not accepted; `reasons` are codes: too-short, too-long, control, personal, guessable, leaked, former."""

    code = "password-refused"

    def __init__(self, *reasons: str) -> None:
        super().__init__(reasons=reasons)
        self.reasons = reasons


def set_password(
    account: AccountId, new: str, now: datetime, *, old: str | None = None, is_proved: bool = False,
    actor: str | None = None, still: Callable[[], bool] = lambda: True,
) -> None:  # fmt: skip
    """Replaces the main password, ends every web session and forgets what was counted as wrong.

    Whoever has the old password alone may be a thief: such a change ends no letter that unlocks, and where somebody else
    may have the old one they may have the new one.

    old        the one that is replaced, where it was just proved: devices that still have it are then recognised
    is_proved  more was proved than `old`: a second proof, a device that was the owner's (`doubt.is_owners`)
    actor      who asked, as the journal names them; the owner when none is given
    still      asked at the end, since the hash takes its time: whether what lets choose a password is good as it was
    raises     PasswordRefused, or Gone (it was replaced or closed meanwhile): then the old one stays
    """
    is_weak = old is not None and not is_proved
    before = queries.find_password(account)
    reasons = list_faults(new, find_guessable(account)) or _list_known_faults(account, new)
    if reasons:
        raise PasswordRefused(*reasons)
    argon2 = hasher.current().hash(encode_secret(new))
    standing = find_standing_of(account)
    expires_at = choose_expiry(standing.type.value, now) if standing else None
    with transaction.atomic():
        kept = Password.objects.select_for_update().filter(pk=account).first()
        serial = kept.serial + 1 if kept else 1
        was_serial, was_void = (before[1], before[3]) if before else (0, False)
        if serial != was_serial + 1 or (old is not None and was_void) or not still():
            raise Gone(account=account)
        if kept is not None:
            _keep_former(kept, old, now)
        proved_at = kept.proved_at or kept.set_at if kept is not None and is_weak else now
        told = {
            "argon2": argon2, "serial": serial, "set_at": now, "expires_at": expires_at, "is_void": False,
            "proved_at": proved_at,
        }  # fmt: skip
        Password.objects.update_or_create(account_id=account, defaults=told)
        WebSession.objects.filter(account_id=account).delete()
        announce_end()
        for subject in (name_subject(account, ""), name_code_subject(account, "")):
            queries.drop_wrong_secrets(subject)
        renew_session_stamp(account)
        if not is_weak:
            for subject in name_seconds(account):  # who guessed beside the old password begins again without one
                queries.drop_wrong_secrets(subject)
            for purpose in (UNLOCK, RESET, SECOND):
                spend_code(account, purpose, now)
        journal.append("password-changed", actor=actor or name_actor(account), subject=account, data={}, now=now)
        outbox.mark_codes_seen(account, DATED, now)
        if kept is not None:
            outbox.add_notice(account, "password-changed", {}, now, key=f"password-changed/{account}/{serial}")


def _keep_former(kept: Password, old: str | None, now: datetime) -> None:
    account = AccountId(kept.pk)
    digest = digest_secret(name_subject(account, ""), encode_secret(old)) if old is not None else None
    FormerPassword.objects.create(
        account_id=account, argon2=kept.argon2, serial=kept.serial, ended_at=now, digest=digest
    )
    too_old = queries.list_former(account)[of(Passwords).former_count :]
    FormerPassword.objects.filter(pk__in=[row.pk for row in too_old]).delete()


def _list_known_faults(account: AccountId, new: str) -> list[str]:
    """What only lists know: stolen elsewhere, or one's own of lately."""
    secret = encode_secret(new)
    if is_leaked(secret):
        return ["leaked"]
    current = queries.find_password(account)
    hashes = [*([current[0]] if current else []), *(row.argon2 for row in queries.list_former(account))]
    is_former = any(hasher.current().is_right(argon2, secret, Rank.KNOWN_DEVICE) for argon2 in hashes)
    return ["former"] if is_former else []


@dataclass(frozen=True, slots=True)
class Judged:
    """A password that is being chosen: zxcvbn's score, 0 to 4, and what is wrong, as codes."""

    score: int
    faults: tuple[str, ...]


def judge_password(account: AccountId | None, new: str) -> Judged:
    """What would be said of it, but for the passwords of before, which only `set_password` compares."""
    guessable = find_guessable(account) if account is not None else Guessable((), None, ())
    score = _score(new, guessable)
    faults = _list_faults(new, guessable, score)
    if not faults and is_leaked(encode_secret(new)):
        return Judged(0, ("leaked",))
    return Judged(score, tuple(faults))


def list_faults(new: str, guessable: Guessable) -> list[str]:
    """What is wrong with a password for this person, as codes; empty: nothing."""
    return _list_faults(new, guessable, _score(new, guessable))


def _list_faults(new: str, guessable: Guessable, score: int) -> list[str]:
    if len(new) > SECRET_LENGTH:
        return ["too-long"]
    faults = []
    if len(new) < LENGTH:
        faults.append("too-short")
    if any((not each.isprintable() and not each.isspace()) or each in "\r\n\t\0" for each in new):
        faults.append("control")
    if _is_personal(new, guessable):
        faults.append("personal")
    elif "too-short" not in faults and score < SCORE:
        faults.append("guessable")
    return faults


def _score(new: str, guessable: Guessable) -> int:
    if not new:
        return 0
    told = [*guessable.names, *guessable.uais]
    return int(zxcvbn(new[:JUDGED_LENGTH], user_inputs=[text for text in told if text])["score"])


def _is_personal(new: str, guessable: Guessable) -> bool:
    text = re.sub(r"[^a-z0-9]", "", fold(new))
    digits = re.sub(r"[^0-9]", "", new)
    numbers = [uai[:-1] for uai in guessable.uais]  # the letter is only a check
    words = [re.sub(r"[^a-z0-9]", "", fold(name)) for name in (*guessable.names, *numbers)]
    if any(len(word) >= NAME_LENGTH and word in text for word in words):
        return True
    born = guessable.birth_on
    dates = [born.strftime(shape) for shape in ("%d%m%Y", "%Y%m%d", "%d%m%y")] if born else []
    is_date = any(each in digits for each in dates) or (born is not None and is_date_inside(new, born))
    return is_date or is_numen_inside(text)
