"""A document behind a link: unguessable, until a day, counted when taken, ended at will, gone from the disk afterwards."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from corneille.access.containment import GUARD, contain, let_go
from corneille.access.cut_off import cut_off
from corneille.access.facts import Containment
from corneille.documents.export import export_documents
from corneille.documents.forget import forget_documents
from corneille.documents.link import read_link
from corneille.documents.models import SharedDocument
from corneille.documents.share import (
    DocumentRefused,
    DocumentShown,
    NewDocument,
    count_used,
    end_document,
    end_link,
    list_documents,
    share,
    withdraw,
)
from corneille.documents.take import look, take
from corneille.kernel import keys
from corneille.kernel.journal import list_lines
from corneille.kernel.refusal import DiskFull, Gone
from corneille.kernel.settings import SettingsRefused, load
from corneille.people.account_type import AccountState
from corneille.people.find import Person
from corneille.people.state import set_state
from corneille.run.ground import Ground
from tests.privacy.conftest import paul, zoe

__all__ = ["paul", "zoe"]

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
UNTIL = date(2026, 12, 20)
FILE = NewDocument("Été.pdf", b"%PDF-1.7")
KEY = "a" * 32


def share_one(person: Person, new: NewDocument = FILE, until_on: date = UNTIL) -> DocumentShown:
    return share(person.id, KEY, [new], until_on, NOW)[0]


def secret_of(shown: DocumentShown) -> str:
    return shown.link.rpartition("/")[2]


def files_in(ground: Ground) -> list[Path]:
    return sorted((ground.data / "documents").iterdir())


def read(shown: DocumentShown, now: datetime = NOW) -> bytes | None:
    _offered, stream = take(secret_of(shown), now)
    if stream is None:
        return None
    with stream:
        return stream.read()


def test_whoever_has_the_link_takes_it_and_only_that_counts(zoe: Person, ground: Ground) -> None:
    shown = share_one(zoe)
    offered = look(secret_of(shown), NOW)
    assert (offered.filename, offered.size_bytes, offered.sender) == ("Été.pdf", 8, "Zoé Lefèvre")
    assert [read(shown), read(shown)] == [FILE.content] * 2
    (listed,) = list_documents(zoe.id, NOW)
    assert (listed.openings_count, listed.last_opened_at, listed.link) == (2, NOW, shown.link)
    (file,) = files_in(ground)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.name not in ("Été.pdf", secret_of(shown))


def test_a_link_cannot_be_guessed_or_made_from_the_database(zoe: Person) -> None:
    shown = share_one(zoe)
    secret, name = secret_of(shown), SharedDocument.objects.get().name
    assert len(secret) == 48
    changed = secret[:-1] + ("0" if secret[-1] != "0" else "1")
    for wrong in (name, name + "0" * 32, changed, secret.upper(), "", "é" * 48):
        assert read_link(wrong) is None
        with pytest.raises(Gone):
            look(wrong, NOW)
    keys.current().rotate("documents/link")
    assert read_link(secret) == name


def test_it_is_there_until_the_evening_of_its_last_day(zoe: Person, ground: Ground) -> None:
    shown = share_one(zoe)
    evening = datetime(2026, 12, 20, 22, 59, tzinfo=UTC)  # 23:59 in France
    assert read(shown, evening) == FILE.content
    night = evening + timedelta(minutes=1)
    assert read(shown, night) is None
    assert look(secret_of(shown), night).is_over
    assert forget_documents(night) == 0
    assert files_in(ground) == []
    assert list_documents(zoe.id, night)[0].openings_count == 1
    assert count_used(zoe.id) == 0
    assert forget_documents(night + timedelta(days=30)) == 1
    with pytest.raises(Gone):
        look(secret_of(shown), night)


def test_its_owner_alone_ends_it_at_once(zoe: Person, paul: Person, ground: Ground) -> None:
    shown = share_one(zoe)
    with pytest.raises(Gone):
        end_document(paul.id, shown.id, NOW)
    assert list_documents(paul.id, NOW) == []
    end_document(zoe.id, shown.id, NOW)
    assert (read(shown), files_in(ground), look(secret_of(shown), NOW).is_over) == (None, [], True)
    with pytest.raises(Gone):
        end_document(zoe.id, shown.id, NOW)
    told = [(line.action, set(line.data)) for line in list_lines(zoe.id, 5) if line.action.startswith("document-")]
    assert told == [(f"document-{act}", {"document", "size", "until"}) for act in ("ended", "shared")]


def test_what_a_thief_shared_ends_with_the_containment_and_what_was_shared_before_goes_on(zoe: Person) -> None:
    before = share_one(zoe)
    later = NOW + timedelta(days=20)
    thiefs = share(zoe.id, "b" * 32, [FILE], UNTIL, later - timedelta(hours=3))[0]
    cut_off(zoe.id, later, by="Nadia Benali", actor="cli")
    assert (read(before, later), read(thiefs, later)) == (FILE.content, None)
    assert look(secret_of(thiefs), later).is_ended
    told = [(line.actor, line.data["document"]) for line in list_lines(zoe.id, 50) if line.action == "document-ended"]
    assert told == [("cli", thiefs.id)]


@pytest.mark.parametrize("state", [AccountState.SUSPENDED, AccountState.ENDED])
def test_a_link_opens_nothing_while_its_owners_account_is_not_active(zoe: Person, state: AccountState) -> None:
    shown = share_one(zoe)
    set_state(zoe.id, state)
    assert (read(shown), look(secret_of(shown), NOW).is_ended) == (None, True)
    set_state(zoe.id, AccountState.ACTIVE)
    assert read(shown) == FILE.content
    contain(zoe.id, Containment.SUSPEND, "unusual", {}, NOW, by=GUARD)
    assert read(shown) is None
    let_go(zoe.id, NOW, by="Nadia Benali")
    assert read(shown) == FILE.content


def test_an_officer_ends_one_by_its_link_under_their_name(zoe: Person) -> None:
    shown = share_one(zoe)
    end_link(secret_of(shown), NOW, by="Nadia Benali", actor="cli")
    assert read(shown) is None
    (line,) = [line for line in list_lines(zoe.id, 5) if line.action == "document-closed"]
    assert (line.actor, line.data["name"]) == ("cli", "Nadia Benali")
    with pytest.raises(Gone):
        end_link(secret_of(shown), NOW, by="Nadia Benali", actor="cli")


def test_who_sends_the_same_letter_again_shares_nothing_twice(zoe: Person, ground: Ground) -> None:
    first, again = share_one(zoe), share_one(zoe)
    assert (first.is_new, again.is_new, again.link) == (True, False, first.link)
    withdraw(zoe.id, [again])
    assert len(files_in(ground)) == 1
    withdraw(zoe.id, [first])
    assert (files_in(ground), list_documents(zoe.id, NOW)) == ([], [])


@pytest.mark.parametrize(("until_on", "content", "reason"), [
    (date(2026, 11, 19), b"x", "day"), (date(2027, 6, 1), b"x", "day"), (UNTIL, b"x" * 101, "size"),
    (UNTIL, b"x" * 100, "quota"),
])  # fmt: skip
def test_what_is_beyond_the_limits_is_refused_and_nothing_is_kept(
    zoe: Person, ground: Ground, until_on: date, content: bytes, reason: str
) -> None:
    load(None, {}, ground={"data": str(ground.data)}, documents={"largest_bytes": 100, "quota_bytes": 150})
    files = [NewDocument("a", b"y" * 60), NewDocument("b", content)]
    with pytest.raises(DocumentRefused) as refused:
        share(zoe.id, KEY, files, until_on, NOW)
    assert refused.value.data["reason"] == reason
    assert list_documents(zoe.id, NOW) == []
    assert not (ground.data / "documents").exists() or files_in(ground) == []


def test_a_full_disk_is_said_and_leaves_nothing(zoe: Person, ground: Ground) -> None:
    load(None, {}, ground={"data": str(ground.data), "disk_reserve_bytes": 2**62})
    with pytest.raises(DiskFull):
        share_one(zoe)
    assert (files_in(ground), list_documents(zoe.id, NOW)) == ([], [])


def test_a_file_that_no_row_names_goes_after_a_day(zoe: Person, ground: Ground) -> None:
    shown = share_one(zoe)
    left, young = ground.data / "documents" / ("0" * 16), ground.data / "documents" / ("1" * 16)
    for file, age in ((left, timedelta(days=2)), (young, timedelta(hours=1))):
        file.write_bytes(b"x")
        at = (NOW - age).timestamp()
        os.utime(file, (at, at))
    forget_documents(NOW)
    assert (left.exists(), young.exists(), read(shown)) == (False, True, FILE.content)


def test_the_copy_of_ones_data_tells_what_is_shared_and_no_link(zoe: Person) -> None:
    shown = share_one(zoe)
    (told,) = export_documents(zoe.id, NOW)
    assert (told["filename"], told["openings_count"]) == ("Été.pdf", 0)
    assert secret_of(shown) not in str(told)


@pytest.mark.parametrize("wrong", [{"days_count": 0}, {"days_count": 200}, {"largest_bytes": 2**40}, {"kept_days_count": 0}])
def test_settings_that_contradict_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(SettingsRefused):
        load(None, {}, documents=wrong)
