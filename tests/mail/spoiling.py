"""What tests do to a shard behind its back, and how they look at what is left."""

from pathlib import Path

import apsw

from corneille.kernel.ids import Uid
from corneille.mail import store
from corneille.mail.fetch import fetch, read_content
from corneille.mail.store.rebuild import rebuild_index
from corneille.mail.values import MailAccount
from corneille.mail.verify import Finding, Unclaimed, verify
from corneille.run.ground import Ground
from tests.mail.conftest import mailbox_of

ALL = [(Uid(1), Uid(2**32 - 1))]


def shard_folder(ground: Ground) -> Path:
    return ground.data / "mail/0"


def reopen(ground: Ground) -> None:
    store.install(store.open_store(ground.data / "mail", slot=0))


def rebuild(ground: Ground) -> None:
    store.current().close()
    for path in shard_folder(ground).glob("index.sqlite3*"):
        path.unlink()
    list(rebuild_index(shard_folder(ground), {}))
    reopen(ground)


def subjects(account: MailAccount) -> list[str]:
    rows = [row for rows in fetch(account, mailbox_of(account, "INBOX"), ALL) for row in rows]
    return sorted(read_content(account, row.id).split(b"Subject: ")[1].split(b"\r\n")[0].decode() for row in rows)


def findings(*, repair: bool = False, unclaimed: Unclaimed = Unclaimed.LEAVE) -> list[str]:
    return [each.code for each in verify(repair=repair, unclaimed=unclaimed) if isinstance(each, Finding)]


def spoil(ground: Ground, statement: str) -> None:
    connection = apsw.Connection(str(shard_folder(ground) / "index.sqlite3"))
    connection.set_busy_timeout(5000)
    connection.execute(statement).fetchall()
    connection.close()
