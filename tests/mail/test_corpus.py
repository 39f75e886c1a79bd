"""Strange and broken messages: octet for octet, listed, searched, verified, rebuilt; nothing raises."""

from pathlib import Path

import pytest

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail import store
from corneille.mail.append import append
from corneille.mail.criteria import TextHas
from corneille.mail.fetch import fetch, list_messages, list_thread, read_content
from corneille.mail.search import search, search_words
from corneille.mail.slices import finish
from corneille.mail.store.rebuild import rebuild_index
from corneille.mail.values import MailAccount, NewMessage, Want
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground
from tests.corpus.malformed import MALFORMED
from tests.mail.conftest import mailbox_of
from tests.mail.letter import NOON

ALL = [(Uid(1), Uid(2**32 - 1))]
PUBLIC = Path(__file__).resolve().parents[3] / "shared/corpora/messages"


def read_all(account: MailAccount) -> list[bytes]:
    rows = [row for rows in fetch(account, mailbox_of(account, "INBOX"), ALL, frozenset(Want)) for row in rows]
    for row in rows:
        for text in (row.envelope, row.body, row.bodystructure):
            assert text is not None
            assert text.startswith(b"(")
        assert row.preview is not None
    return [read_content(account, row.id) for row in rows]


def file_all(account: MailAccount, inbox: MailboxId, contents: list[bytes]) -> None:
    waiting = [append(account, inbox, [NewMessage(content, NOON)]) for content in contents]
    assert [future.result(60)[0].uid for future in waiting] == list(range(1, len(contents) + 1))


def look_everywhere(account: MailAccount, inbox: MailboxId, count: int) -> None:
    shown = list_messages(account, inbox, limit=500).summaries
    assert len(shown) == count
    for each in shown:
        assert list_thread(account, each.thread)
    assert finish(search(account, inbox, TextHas(""))) == list(range(1, count + 1))
    finish(search(account, inbox, TextHas("conseil de classe")))
    search_words(account, "conseil classe")
    assert [each for each in verify() if isinstance(each, Finding)] == []


def test_malformed_messages_come_back_octet_for_octet(ground: Ground, account: MailAccount, inbox: MailboxId) -> None:
    contents = list(MALFORMED.values())
    file_all(account, inbox, contents)
    assert read_all(account) == contents
    look_everywhere(account, inbox, len(contents))
    store.current().close()
    (ground.data / "mail/0/index.sqlite3").unlink()
    list(rebuild_index(ground.data / "mail/0", {}))
    store.install(store.open_store(ground.data / "mail", slot=0))
    assert sorted(read_all(account)) == sorted(contents)
    store.current().close()


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public corpus is not on this machine")
def test_a_public_corpus_comes_back_octet_for_octet(account: MailAccount, inbox: MailboxId) -> None:
    contents = [path.read_bytes() for path in sorted(PUBLIC.rglob("*")) if path.is_file()]
    file_all(account, inbox, contents)
    assert read_all(account) == contents
    look_everywhere(account, inbox, len(contents))
