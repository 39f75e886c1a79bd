"""Another process of the same installation: reads orders on stdin, answers on stdout."""

import sys
from pathlib import Path

from corneille.kernel import wake
from corneille.kernel.ids import MailAccountId, ModSeq, Uid
from corneille.mail import store
from corneille.mail.append import append
from corneille.mail.changes import list_changes
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import find_mailbox, view_mailbox
from corneille.mail.move import expunge
from corneille.mail.values import MailAccount, NewMessage
from tests.mail.letter import NOON, letter

ACCOUNT = MailAccount(MailAccountId(1))


def obey(words: list[str]) -> str:
    inbox = find_mailbox(ACCOUNT, "INBOX")
    assert inbox is not None
    match words:
        case ["append", count]:
            waiting = [append(ACCOUNT, inbox.id, [NewMessage(letter("autre"), NOON)]) for _ in range(int(count))]
            return " ".join(str(future.result(20)[0].uid) for future in waiting)
        case ["expunge", *uids]:
            gone = [Uid(int(uid)) for uid in uids]
            flag(ACCOUNT, inbox.id, gone, FlagChange.ADD, frozenset({"\\Deleted"})).result(20)
            return " ".join(map(str, expunge(ACCOUNT, inbox.id).result(20)))
        case ["view"]:
            return " ".join(map(str, view_mailbox(ACCOUNT, inbox.id).uids))
        case ["changes", since]:
            return " ".join(map(str, list_changes(ACCOUNT, inbox.id, ModSeq(int(since))).appeared))
        case _:
            raise ValueError(words)


def main() -> None:
    data = Path(sys.argv[1])
    wake.install(wake.Wake(data / "wake"))
    opened = store.open_store(data / "mail", slot=1)
    store.install(opened)
    for line in sys.stdin:
        sys.stdout.write(obey(line.split()) + "\n")
        sys.stdout.flush()
    opened.close()
    wake.current().close()


if __name__ == "__main__":
    main()
