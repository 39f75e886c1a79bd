"""The power goes at any instant: what was acknowledged is there after it, whole, once, and the rest as a whole or not.

One conversation, whose disk is looked at before and after each write, sync and change of names and after each
acknowledgement; then a store is opened on each state in which a cut would have left it.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import apsw
import pytest

from corneille.kernel.blobs import Blobs
from corneille.mail import store
from corneille.mail.compact import erase
from corneille.mail.store import opening, segment
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.store.rebuild import rebuild_index
from corneille.mail.values import IndexLost, StorageFault
from corneille.run.ground import Ground, load_settings
from tests.faults.load import SHARED, Act, Held, list_possible, read_held
from tests.faults.power import Disk, Kept, Tree, forgetting, unsynced, write_tree
from tests.faults.test_failing_disk import ACCOUNT, ACTS, begin, check_sound
from tests.faults.worker import do
from tests.mail.indexed import wait_until_indexed

KEPT = {
    "nothing": Kept(),
    "names": Kept(names=1.0),
    "blocks": Kept(blocks=1.0),
    "some": Kept(names=0.5, blocks=0.5),
}
SOME_KEPT = [pytest.param(each, marks=[] if each in ("nothing", "some") else pytest.mark.slow) for each in KEPT]
STRIDE = 7
"""Without -m slow: one call in so many is looked at, and each acknowledgement."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What a cut leaves, and what had been acknowledged."""

    tree: Tree
    held: Held
    begun: Act | None


class Watch:
    """Keeps every state that differs from the one before."""

    def __init__(self, kept: Kept, stride: int) -> None:
        self.cuts: list[Cut] = []
        self.told: tuple[Held, Act | None] = Held(), None
        self.disk: Disk | None = None
        self._kept, self._stride, self._random = kept, stride, Random(7)
        self._seen: set[object] = set()
        self._count = 0

    def look(self) -> None:
        """At one call in `stride`."""
        self._count += 1
        if self._count % self._stride == 0:
            self._keep()

    def _keep(self) -> None:
        assert self.disk is not None
        with self.disk.lock:
            tree, told = self.disk.cut(self._kept, self._random), self.told
        known = tuple(sorted((path, hash(octets)) for path, octets in tree.items())), id(told)
        if known not in self._seen:
            self._seen.add(known)
            self.cuts.append(Cut(tree, *told))

    def tell(self, held: Held, begun: Act | None = None) -> None:
        """What is acknowledged and what is asked for from here on."""
        self.told = held.copy(), begun
        self._keep()


@contextmanager
def watching(root: Path, monkeypatch: pytest.MonkeyPatch, kept: Kept, stride: int = STRIDE) -> Iterator[Watch]:
    watch = Watch(kept, stride)
    watch.disk = Disk(root, watch.look)
    with forgetting(monkeypatch, watch.disk):
        yield watch


@pytest.fixture
def template(ground: Ground, tmp_path: Path) -> Path:
    """A store with two mail accounts, closed."""
    load_settings(ground.data, mail={"segment_bytes": 65536})
    folder = tmp_path / "template"
    begin_accounts(folder).close()
    return folder


def begin_accounts(folder: Path) -> store.Store:
    opened = begin(folder)
    for account in (ACCOUNT, SHARED):
        opened.shard(0).submit(
            lambda turn, account=account: begin_mail_account(turn, account.id, 10**9)  # type: ignore[misc]
        ).result(10)
    return opened


def converse(watch: Watch) -> Held:
    held = Held()
    for act in ACTS:
        watch.tell(held, act)
        held.apply(do(ACCOUNT, act))
    watch.tell(held)
    return held


def judge_all(cuts: list[Cut], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with unsynced(monkeypatch):
        for cut in cuts:
            judge(cut, folder)


def judge(cut: Cut, folder: Path) -> None:
    """Opens what was left, and goes on with it."""
    shutil.rmtree(folder, ignore_errors=True)
    write_tree(cut.tree, folder)
    opened = begin(folder)
    try:
        now = read_held(ACCOUNT)
        assert now.messages in list_possible(cut.held, cut.begun)
        assert all(now.highest[name] >= highest for name, highest in cut.held.highest.items())
        now.apply(do(ACCOUNT, Act("append", "Archive", "après")))
        check_sound()
    finally:
        opened.close()
    opened = begin(folder)
    try:
        assert read_held(ACCOUNT).messages == now.messages
    finally:
        opened.close()


@pytest.mark.parametrize("stride", [STRIDE, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kept", KEPT)
def test_whenever_the_power_goes_nothing_acknowledged_is_lost(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str, stride: int
) -> None:
    with watching(template, monkeypatch, KEPT[kept], stride) as watch:
        opened = begin(template)
        converse(watch)
        wait_until_indexed()
        opened.close()
    assert len(watch.cuts) > 2 * len(ACTS)
    judge_all(watch.cuts, tmp_path / "mail", monkeypatch)


def weaken_commits(patch: pytest.MonkeyPatch) -> None:
    connect = opening.connect

    def connect_weakly(*given: Any, **named: Any) -> apsw.Connection:
        connection = connect(*given, **named)
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    patch.setattr(opening, "connect", connect_weakly)


def leave_names(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(segment, "sync_folder", lambda folder: None)


def leave_octets(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(segment.SegmentWriter, "sync", lambda self: None)


@pytest.mark.parametrize("weaken", [weaken_commits, leave_names, leave_octets])
def test_a_store_that_syncs_less_is_found_out(
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    weaken: Callable[[pytest.MonkeyPatch], None],
) -> None:
    """What this file is worth: it sees each sync that is missing."""
    with monkeypatch.context() as weakened, watching(template, monkeypatch, Kept()) as watch:
        weaken(weakened)
        opened = begin(template)
        converse(watch)
        opened.close()
    with pytest.raises((AssertionError, StorageFault)):
        judge_all(watch.cuts, tmp_path / "mail", monkeypatch)
    store.current().close()
    caplog.clear()


@pytest.mark.parametrize("kept", SOME_KEPT)
def test_whenever_the_power_goes_in_a_compaction_nothing_is_lost(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    opened = begin(template)
    held = Held()
    for act in ACTS:
        held.apply(do(ACCOUNT, act))
    wait_until_indexed()
    opened.close()
    with watching(template, monkeypatch, KEPT[kept]) as watch:
        opened = begin(template)
        watch.tell(held)
        for _ in erase():
            pass
        opened.close()
    judge_all(watch.cuts, tmp_path / "mail", monkeypatch)


@pytest.mark.parametrize("kept", SOME_KEPT)
def test_whenever_the_power_goes_in_the_first_hour_of_a_store_it_begins_or_has_begun(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    root = tmp_path / "new"
    root.mkdir()
    with watching(root, monkeypatch, KEPT[kept]) as watch:
        opened = begin_accounts(root)
        begun_count = len(watch.cuts)
        converse(watch)
        opened.close()
    cuts, begun = watch.cuts[begun_count:], watch.cuts[:begun_count]
    for cut in begun:
        shutil.rmtree(tmp_path / "left", ignore_errors=True)
        write_tree(cut.tree, tmp_path / "left")
        begin_accounts(tmp_path / "left").close()
    judge_all(cuts, tmp_path / "mail", monkeypatch)


@pytest.mark.parametrize("kept", SOME_KEPT)
def test_whenever_the_power_goes_in_a_rebuild_there_is_an_index_or_none(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    opened = begin(template)
    do(ACCOUNT, ACTS[0])
    wait_until_indexed()
    shutil.copytree(template, tmp_path / "left open")  # its log is beside it
    opened.close()
    root = tmp_path / "left open"
    with watching(root, monkeypatch, KEPT[kept]) as watch:
        list(rebuild_index(root / "0", {}))
        watch.look()
    for cut in watch.cuts:
        folder = tmp_path / "mail"
        shutil.rmtree(folder, ignore_errors=True)
        write_tree(cut.tree, folder)
        opened = store.open_store(folder, slot=0)
        store.install(opened)
        try:
            opened.shard(0)
        except IndexLost:
            opened.close()
            list(rebuild_index(folder / "0", {}))
            opened = begin(folder)
        assert [name for name, _ in read_held(ACCOUNT).messages["INBOX"].values()] == ["un"]
        check_sound()
        opened.close()


@pytest.mark.parametrize("kept", KEPT)
def test_a_blob_that_was_added_is_there_after_a_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str) -> None:
    root = tmp_path / "data"
    root.mkdir()
    with watching(root, monkeypatch, KEPT[kept]) as watch:
        blob = Blobs(root / "blobs").add(b"octets")
        watch.tell(Held())
        again = Blobs(root / "blobs").add(b"octets")
    assert again == blob
    write_tree(watch.cuts[-1].tree, tmp_path / "left")
    assert Blobs(tmp_path / "left/blobs").read(blob) == b"octets"
