"""Each write, cut and sync of a fixed conversation fails once, or for ever: nothing acknowledged is lost, nothing is half.
So does each reading, and each opening, removal and change of a name.

The n-th call fails, for n = 1, 2, 3 … until the conversation ends without meeting it.
"""

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import apsw
import pytest

from corneille.kernel.ids import MailAccountId
from corneille.kernel.refusal import Refusal
from corneille.mail import store
from corneille.mail.compact import erase
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.values import MailAccount
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground, load_settings
from tests.faults.layer import NAMING, READING, WRITING, Layer, failing
from tests.faults.load import SHARED, Act, Held, list_possible, read_held
from tests.faults.worker import do
from tests.mail.indexed import wait_until_indexed

ACCOUNT = MailAccount(MailAccountId(101))
ACTS = (
    Act("deliver", "INBOX", "un", new_uid=1),
    Act("append", "INBOX", "deux", flags=("\\Seen",), new_uid=2),
    Act("flag", "INBOX", uid=1, flags=("\\Flagged",)),
    Act("copy", "INBOX", uid=2, target="Archive", new_uid=1),
    Act("move", "INBOX", uid=1, target="Trash", new_uid=1),
    Act("expunge", "Trash", uid=1),
    Act("deliver", "INBOX", "trois", new_uid=3),
)
AFTER = "après"
STRIDE = 9
"""Without -m slow: one call in so many."""


def begin(folder: Path) -> store.Store:
    opened = store.open_store(folder, slot=0)
    store.install(opened)
    return opened


@pytest.fixture
def template(ground: Ground, tmp_path: Path) -> Path:
    """A store with two mail accounts, closed."""
    load_settings(ground.data, mail={"segment_bytes": 65536})
    folder = tmp_path / "template"
    opened = begin(folder)
    for account in (ACCOUNT, SHARED):
        opened.shard(0).submit(
            lambda turn, account=account: begin_mail_account(turn, account.id, 10**9)  # type: ignore[misc]
        ).result(10)
    opened.close()
    return folder


def converse(held: Held, refusals: tuple[type[Exception], ...] = (Refusal,)) -> Act | None:
    """Does what it can; returns what was refused first, if anything, and ends there."""
    for act in ACTS:
        try:
            held.apply(do(ACCOUNT, act))
        except refusals:
            return act
    return None


def try_once(template: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, layer: Layer) -> bool:
    """One conversation; whether its fault was met."""
    lay_out(template, folder)
    held = Held()
    asked, layer.at = layer.at, 0
    with failing(monkeypatch, layer):
        opened = begin(folder)
        layer.count, layer.at = 0, asked
        # What fails within a change is refused; who reads hears the index's own word.
        refused = converse(held, (Refusal,) if layer.kinds is WRITING else (Refusal, apsw.Error))
        is_met = 0 < layer.at <= layer.count
        layer.at = 0  # the disk is well again
        now = read_held(ACCOUNT)
        assert now.messages in list_possible(held, refused)
        now.apply(do(ACCOUNT, Act("append", "Archive", AFTER)))  # without a restart
        wait_until_indexed()
        assert read_held(ACCOUNT).messages == now.messages
        opened.close()
    check_whole(folder, now)
    return is_met


def count_calls(try_at: Callable[[int], bool], stride: int) -> int:
    """Has the first call fail, then others by turns, until none is met any more; returns how many there are at least."""
    at = 1
    while try_at(at):
        at += stride
    return at


def lay_out(template: Path, folder: Path) -> Path:
    """A copy of the store, anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    return folder


def check_whole(folder: Path, held: Held) -> None:
    """Opens the store with a disk that is well, and finds all in it."""
    opened = begin(folder)
    assert read_held(ACCOUNT).messages == held.messages
    check_sound()
    opened.close()


def check_sound() -> None:
    assert [each for each in verify() if isinstance(each, Finding)] == []


@pytest.mark.parametrize("is_lasting", [False, True])
@pytest.mark.parametrize("what", [errno.EIO, errno.ENOSPC, errno.EROFS, "short"])
@pytest.mark.parametrize("stride", [STRIDE, pytest.param(1, marks=pytest.mark.slow)])
def test_whichever_call_fails_nothing_acknowledged_is_lost(
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    what: Any,
    stride: int,
    is_lasting: bool,
) -> None:
    folder = tmp_path / "mail"
    # The conversation has that many calls at least.
    assert count_calls(lambda at: try_once(template, folder, monkeypatch, Layer(at, what, is_lasting)), stride) > 20
    caplog.clear()


@pytest.mark.parametrize("is_lasting", [False, True])
@pytest.mark.parametrize(("kinds", "what"), [(READING, errno.EIO), (NAMING, errno.EMFILE)])
@pytest.mark.parametrize("stride", [STRIDE, pytest.param(1, marks=pytest.mark.slow)])
def test_whatever_cannot_be_read_or_opened_nothing_acknowledged_is_lost(
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kinds: frozenset[str],
    what: int,
    stride: int,
    is_lasting: bool,
) -> None:
    folder = tmp_path / "mail"
    assert count_calls(lambda at: try_once(template, folder, monkeypatch, Layer(at, what, is_lasting, kinds)), stride) > 1
    caplog.clear()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # SQLite goes on past some of them
@pytest.mark.parametrize(("kinds", "what"), [(WRITING, errno.EROFS), (READING, errno.EIO), (NAMING, errno.EMFILE)])
def test_a_store_that_could_not_be_opened_is_whole_once_it_can(
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kinds: frozenset[str],
    what: int,
) -> None:
    opened = begin(template)
    held = Held()
    assert converse(held) is None
    shutil.copytree(template, tmp_path / "killed")  # its log is beside it
    opened.close()

    def open_failing(at: int) -> bool:
        folder, layer = lay_out(tmp_path / "killed", tmp_path / "mail"), Layer(at, what, is_lasting=True, kinds=kinds)
        with failing(monkeypatch, layer):
            with suppress(Refusal, apsw.Error, OSError):
                begin(folder).close()
            is_met = at <= layer.count
        check_whole(folder, held)
        return is_met

    assert count_calls(open_failing, 3) > 4
    caplog.clear()


@pytest.mark.parametrize(
    ("kinds", "what"), [(WRITING, errno.EIO), (WRITING, errno.ENOSPC), (READING, errno.EIO), (NAMING, errno.EIO)]
)
def test_whichever_call_of_a_compaction_fails_nothing_is_lost(
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    kinds: frozenset[str],
    what: int,
) -> None:
    """An erasure that was stopped anywhere is finished by the next one."""
    opened = begin(template)
    held = Held()
    assert converse(held) is None
    wait_until_indexed()
    opened.close()

    def erase_failing(at: int) -> bool:
        folder, layer = lay_out(template, tmp_path / "mail"), Layer(0, what, kinds=kinds)
        with failing(monkeypatch, layer):
            opened = begin(folder)
            layer.count, layer.at = 0, at
            with suppress(Refusal, apsw.Error, OSError):
                list(erase())
            is_met, layer.at = at <= layer.count, 0
            assert read_held(ACCOUNT).messages == held.messages
            list(erase())
            opened.close()
        check_whole(folder, held)
        return is_met

    assert count_calls(erase_failing, 3) > 4
    caplog.clear()
