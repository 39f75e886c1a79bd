"""A process that changes mail in many ways and says on stdout what it begins and what was acknowledged, until killed."""

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from random import Random

from corneille.kernel import clock
from corneille.run.ground import open_ground
from tests.faults.load import SHARED, Act, choose_act, content_of, read_held

ACCOUNTS_PER_SLOT = 3
COMPACT_EVERY_S = 0.1

_lock = threading.Lock()


def say(**told: object) -> None:
    """One line."""
    with _lock:
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def change_for_ever(number: int, run: str) -> None:
    """Changes one mail account, of which nobody else knows."""
    from corneille.kernel.ids import MailAccountId
    from corneille.mail.values import MailAccount

    account, random = MailAccount(MailAccountId(number)), Random(f"{run} {number}")
    held = read_held(account)
    count = 0
    while True:
        count += 1
        act = choose_act(random, held, f"{run}-{number}-{count}")
        say(account=number, begun=asdict(act))
        act = do(account, act)
        say(account=number, done=asdict(act))
        held.apply(act)


def do(account, act: Act) -> Act:  # type: ignore[no-untyped-def]
    """One change; returns when it is acknowledged, with the UID that was given."""
    from corneille.kernel.ids import Uid
    from corneille.mail.append import Place, append, deliver
    from corneille.mail.flag import FlagChange, flag
    from corneille.mail.mailbox import find_mailbox
    from corneille.mail.move import copy, expunge, move
    from corneille.mail.values import Filed, NewMessage
    from tests.mail.letter import NOON

    mailbox, target = find_mailbox(account, act.mailbox), find_mailbox(account, act.target or act.mailbox)
    assert mailbox is not None
    assert target is not None
    uids = [Uid(act.uid)]
    match act.kind:
        case "append":
            message = NewMessage(content_of(act.name), NOON, frozenset(act.flags))
            return replace(act, new_uid=append(account, mailbox.id, [message]).result()[0].uid)
        case "deliver":
            own, shared = deliver(content_of(act.name), [Place(account), Place(SHARED)], received_at=NOON).result()
            assert isinstance(own, Filed)
            assert isinstance(shared, Filed)
            return replace(act, new_uid=own.uid)
        case "flag":
            flag(account, mailbox.id, uids, FlagChange.REPLACE, frozenset(act.flags)).result()
            return act
        case "copy":
            return replace(act, new_uid=copy(account, mailbox.id, uids, target.id).result().uids[0])
        case "move":
            return replace(act, new_uid=move(account, mailbox.id, uids, target.id).result().uids[0])
        case _:
            flag(account, mailbox.id, uids, FlagChange.ADD, frozenset({"\\Deleted"})).result()
            assert expunge(account, mailbox.id, uids).result() == (act.uid,)
            return act


def submit_for_ever(account: int, sender: str, recipient: str, run: str) -> None:
    """One person writes to another."""
    from corneille.kernel.ids import AccountId
    from corneille.transport.submit import submit
    from corneille.transport.values import Envelope
    from tests.transport.school import letter

    count = 0
    while True:
        count += 1
        name = f"{run}-{count}"
        say(submitting=name)
        content = letter(name, sender=sender, Message_ID=f"<{name}@x>")
        submit(AccountId(account), Envelope(sender, (recipient,)), content, clock.now()).result()
        say(submitted=name)


def compact_for_ever() -> None:
    """Erases all that was deleted, again and again, beside those who delete."""
    from corneille.kernel.refusal import Busy
    from corneille.mail.compact import erase

    pause = threading.Event()
    while True:
        try:
            for _ in erase():
                pass
        except Busy:
            say(busy=True)
        pause.wait(COMPACT_EVERY_S)


def main() -> None:
    data, slot, run = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    open_ground(data, slot=slot + 1)  # 0 is the service's
    first = SHARED.id + 1 + slot * ACCOUNTS_PER_SLOT
    works: list[tuple[Callable[..., None], tuple[object, ...]]] = [
        (change_for_ever, (number, run)) for number in range(first, first + ACCOUNTS_PER_SLOT)
    ]
    if slot == 0:
        works.append((submit_for_ever, (int(sys.argv[4]), sys.argv[5], sys.argv[6], run)))
    else:
        works.append((compact_for_ever, ()))
    say(ready=True)
    for work, given in works:
        threading.Thread(target=work, args=given, daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
