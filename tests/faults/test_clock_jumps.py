"""A clock that jumps by months, ahead and back: numbers go on, nothing is lost, nothing waits for the wrong instant."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from corneille.kernel import clock
from corneille.kernel.ids import MailboxId, Uid
from corneille.mail import store
from corneille.mail.append import Place, append, deliver
from corneille.mail.compact import Compactor
from corneille.mail.fetch import fetch
from corneille.mail.mailbox import create_mailbox, delete_mailbox, find_mailbox
from corneille.mail.remove import remove
from corneille.mail.store.beginning import begin_mail_account
from corneille.mail.values import Filed, NewMessage, Row
from corneille.mail.verify import Finding, verify
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, message
from tests.doors.imap.serving import make_door
from tests.faults.test_full_disk import ACCOUNT
from tests.mail.letter import letter
from tests.mail.spoiling import reopen, shard_folder

NIGHT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
JUMPS = (0, 200, -150, 3, 4000, -365, 0)
"""Days from that night, one after the other."""


class Calendar(clock.SystemClock):
    """A clock whose day the test sets; durations are real."""

    at = NIGHT

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def calendar() -> Iterator[Calendar]:
    before, calendar = clock._clock, Calendar()
    clock.install(calendar)
    yield calendar
    clock.install(before)


@pytest.fixture
def inbox(ground: Ground, calendar: Calendar) -> MailboxId:
    store.current().shard(0).submit(lambda turn: begin_mail_account(turn, ACCOUNT.id, 10**9)).result(10)
    found = find_mailbox(ACCOUNT, "INBOX")
    assert found is not None
    return found.id


def rows_of(mailbox: MailboxId) -> list[Row]:
    return [row for rows in fetch(ACCOUNT, mailbox, [(Uid(1), Uid(2**32 - 1))]) for row in rows]


def test_numbers_go_on_and_dates_are_those_that_were_said(ground: Ground, calendar: Calendar, inbox: MailboxId) -> None:
    filed: list[Filed] = []
    for days in JUMPS:
        calendar.at = NIGHT + timedelta(days=days)
        (one,) = deliver(letter(f"{days}"), [Place(ACCOUNT)], received_at=calendar.now()).result(10)
        assert isinstance(one, Filed)
        filed.append(one)
        store.current().close()
        reopen(ground)
    assert [each.uid for each in filed] == list(range(1, len(JUMPS) + 1))
    modseqs = [each.modseq for each in filed]
    assert modseqs == sorted(set(modseqs))
    assert [row.received_at for row in rows_of(inbox)] == [NIGHT + timedelta(days=days) for days in JUMPS]
    assert [each for each in verify() if isinstance(each, Finding)] == []
    store.current().close()


def test_a_mailbox_that_is_made_again_after_the_clock_was_set_back_has_another_uid_validity(
    calendar: Calendar, inbox: MailboxId
) -> None:
    seen: list[int] = []
    for days in JUMPS:
        calendar.at = NIGHT + timedelta(days=days)
        seen.append(create_mailbox(ACCOUNT, "Classe").result(10).uid_validity)
        delete_mailbox(ACCOUNT, "Classe").result(10)
    assert seen == sorted(set(seen))


def test_what_is_deleted_while_the_clock_is_ahead_goes_when_its_days_are_over(
    ground: Ground, calendar: Calendar, inbox: MailboxId
) -> None:
    (gone, _) = append(ACCOUNT, inbox, [NewMessage(letter(each), NIGHT) for each in ("secret", "reste")]).result(10)
    calendar.at = NIGHT + timedelta(days=200)
    remove(ACCOUNT, inbox, [gone.uid]).result(10)
    calendar.at = NIGHT
    Compactor().work(calendar.at)
    octets = b"".join(path.read_bytes() for path in (shard_folder(ground) / "segments").iterdir())
    assert b"secret" in octets
    calendar.at = NIGHT + timedelta(days=40)
    Compactor().work(calendar.at)
    octets = b"".join(path.read_bytes() for path in (shard_folder(ground) / "segments").iterdir())
    assert b"secret" not in octets
    assert len(rows_of(inbox)) == 1


def test_a_message_that_a_program_files_without_a_date_has_that_of_the_clock(ground: Ground, calendar: Calendar) -> None:
    calendar.at = clock.SystemClock().now()  # the certificate and the passwords are of today
    with make_door(ground.data) as (door, _, _):
        client = Client(door).log_in()
        today = calendar.at
        for days in (0, 200, -150):
            calendar.at = today + timedelta(days=days)
            client.append(message(f"{days}"))
        client.ok(b"SELECT INBOX")
        told = client.ok(b"FETCH 1:* (INTERNALDATE MODSEQ)").find(b"INTERNALDATE")
        client.close()
    for days, line in zip((0, 200, -150), told, strict=True):
        assert (today + timedelta(days=days)).strftime("%b-%Y").encode() in line
