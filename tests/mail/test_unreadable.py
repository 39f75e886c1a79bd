"""A message that could not be read when it was indexed is found once it can be."""

import errno
import threading
from collections.abc import Callable

import pytest

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.append import Place, deliver
from corneille.mail.criteria import BodyHas
from corneille.mail.search import search
from corneille.mail.slices import finish
from corneille.mail.store import words
from corneille.mail.store.record import Damaged
from corneille.mail.values import MailAccount
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground
from tests.mail.conftest import File
from tests.mail.indexed import wait_until_indexed
from tests.mail.letter import NOON, letter
from tests.mail.test_verify import spoil

EMPTY = "x'7801030000000001'"


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], threading.Event]:
    """Has the indexer fail to read, whatever it reads, until `monkeypatch` is undone; the event: it has tried."""

    def begin(error: Exception) -> threading.Event:
        tried = threading.Event()

        def fail(*_: object) -> bytes:
            tried.set()
            raise error

        monkeypatch.setattr(words, "read_content", fail)
        return tried

    return begin


def find(account: MailAccount, inbox: MailboxId, text: str) -> list[Uid]:
    return finish(search(account, inbox, BodyHas(text)))


def name_found(*, repair: bool = False) -> list[str]:
    return [each.code for each in verify(repair=repair) if isinstance(each, Finding)]


def test_what_cannot_be_opened_for_the_moment_waits(
    account: MailAccount, inbox: MailboxId, unreadable: Callable[[Exception], threading.Event],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    tried = unreadable(OSError(errno.EMFILE, "Too many open files"))
    deliver(letter("Une", "glycine"), [Place(account)], received_at=NOON).result(10)
    assert tried.wait(10)
    monkeypatch.undo()
    deliver(letter("Autre", "tambour"), [Place(account)], received_at=NOON).result(10)
    wait_until_indexed()
    assert find(account, inbox, "glycine") == [1]


@pytest.mark.parametrize("error", [Damaged("altered"), OSError(errno.EIO, "Input/output error")])
def test_what_is_damaged_holds_up_nobody_and_is_read_again_once_it_is_whole(
    account: MailAccount, inbox: MailboxId, unreadable: Callable[[Exception], threading.Event],
    monkeypatch: pytest.MonkeyPatch, error: Exception,
) -> None:  # fmt: skip
    unreadable(error)
    deliver(letter("Une", "glycine"), [Place(account)], received_at=NOON).result(10)
    wait_until_indexed()
    monkeypatch.undo()
    assert find(account, inbox, "glycine") == []
    assert name_found(repair=True) == ["words-missing"]
    wait_until_indexed()
    assert find(account, inbox, "glycine") == [1]
    assert name_found() == []


def test_empty_texts_that_an_earlier_version_kept_are_read_again(
    account: MailAccount, inbox: MailboxId, file: File, ground: Ground
) -> None:
    file(letter("Une", "glycine"))
    file(b"\r\n")  # has no text at all
    wait_until_indexed()
    spoil(ground, f"UPDATE content_text SET header = {EMPTY}, body = {EMPTY}")
    spoil(ground, "INSERT INTO letters (letters) VALUES ('delete-all')")
    assert name_found(repair=True) == ["words-missing"]
    wait_until_indexed()
    assert find(account, inbox, "glycine") == [1]
    assert name_found() == []
