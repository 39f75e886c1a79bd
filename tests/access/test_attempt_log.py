import sqlite3
import threading

import pytest
from django.db import OperationalError, connections, transaction

from corneille.access.attempt_log import AttemptLog
from corneille.access.familiar import Standing, find_standing
from corneille.access.models import SignInAttempt, WrongSecret
from corneille.run.ground import Ground

from .conftest import NOW


def make_row(number: int) -> SignInAttempt:
    return SignInAttempt(
        at=NOW, reference=f"AUTH-{number:04d}-AAAA", door="web", network_address="192.0.2.7", decision="refused"
    )


def make_wrong() -> WrongSecret:
    return WrongSecret(subject="a1", source="n192.0.2.0/24", digest=b"12345", serial=1, at=NOW)


@pytest.mark.parametrize(
    ("address", "decision", "reason", "times", "standing"),
    [  # networks of their own: the memory is the process's, and other files' tests sign in too
        ("2001:db8:a1::7", "granted", "", 1, Standing.FAMILIAR),
        ("2001:db8:a2::7", "needs-factor", "", 3, Standing.STRANGER),
        ("2001:db8:a3::7", "refused", "wrong", 2, Standing.STRANGER),
        ("2001:db8:a4::7", "refused", "wrong", 3, Standing.SUSPECT),
        ("2001:db8:a5::7", "refused", "busy", 30, Standing.STRANGER),
    ],
)
def test_what_is_written_says_how_its_network_stands(
    ground: Ground, address: str, decision: str, reason: str, times: int, standing: Standing
) -> None:
    for _ in range(times):
        row = make_row(1)
        row.network_address, row.decision, row.reason = address, decision, reason
        AttemptLog().write(row)
    assert find_standing(address) is standing


def test_a_row_is_on_disk_before_the_answer(ground: Ground) -> None:
    AttemptLog().write(make_row(1))
    with sqlite3.connect(ground.data / "corneille.sqlite3") as other:
        assert other.execute("SELECT reference FROM access_signinattempt").fetchall() == [("AUTH-0001-AAAA",)]
    other.close()


def test_fifty_at_one_instant_are_all_written_in_fewer_commits(ground: Ground) -> None:
    log, start = AttemptLog(), threading.Barrier(50)

    def write(number: int) -> None:
        start.wait()
        log.write(make_row(number), make_wrong())
        connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert SignInAttempt.objects.count() == 50
    assert WrongSecret.objects.count() == 1
    assert log.group_count < 50


def test_a_row_that_cannot_be_written_is_not_answered_and_the_next_one_can(ground: Ground) -> None:
    log = AttemptLog()
    connections["default"].cursor().execute("PRAGMA query_only = ON")
    with pytest.raises(OperationalError):
        log.write(make_row(1))
    connections["default"].cursor().execute("PRAGMA query_only = OFF")
    log.write(make_row(2))
    assert [row.reference for row in SignInAttempt.objects.all()] == ["AUTH-0002-AAAA"]


def test_a_row_is_never_part_of_somebody_elses_transaction(ground: Ground) -> None:
    with pytest.raises(AssertionError), transaction.atomic():
        AttemptLog().write(make_row(1))
