"""Files messages straight into the store, in a process beside the server: by LMTP a million would take an hour or two.

`python -m bench.file_away DATA COUNT`, logins on standard input, one a line: each gets short messages until there are
so many, so that what was cut short goes on where it ended.
"""

import itertools
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from bench.corpus import make_messages
from corneille.kernel import clock
from corneille.run.ground import open_ground

SHORT_BYTES = 6000
"""Longer messages are left out: a million shall fit on any disk."""
SLOT = 1
"""The server's only process has 0."""
AT_ONCE = 100


def make_short_messages() -> list[bytes]:
    """Some thousands of them."""
    return [each for each in make_messages(4000) if len(each) < SHORT_BYTES]


def file_away(data: Path, logins: Iterable[str], count: int) -> None:
    """Files messages for each person until `count` are there."""
    ground = open_ground(data, slot=SLOT)
    messages = itertools.cycle(make_short_messages())
    waiting: Future[Any] | None = None
    for login in logins:
        for future in _append(login, messages, count):
            if waiting is not None:  # one group is made ready while the other is written
                waiting.result()
            waiting = future
    if waiting is not None:
        waiting.result()
    ground.close()


def _append(login: str, messages: Iterator[bytes], count: int) -> Iterator["Future[Any]"]:
    from corneille.mail.append import append  # Django is set up only now
    from corneille.mail.mailbox import find_mailbox
    from corneille.mail.open_mail_account import open_mail_account
    from corneille.mail.values import NewMessage
    from corneille.people.find import find_account

    person = find_account(login)
    assert person is not None, login
    opened = open_mail_account(person.id)
    inbox = find_mailbox(opened, "INBOX")
    assert inbox is not None, login
    for start in range(inbox.message_count, count, AT_ONCE):
        group = [NewMessage(next(messages), clock.now()) for _ in range(min(AT_ONCE, count - start))]
        yield append(opened, inbox.id, group)


if __name__ == "__main__":
    file_away(Path(sys.argv[1]), sys.stdin.read().split(), int(sys.argv[2]))
