from datetime import UTC, datetime

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.run.ground import Ground

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ZOE, PAUL = AccountId(1), AccountId(2)


def test_lines_are_numbered_without_a_gap_and_read_by_whom_they_concern(ground: Ground) -> None:
    first = journal.append("password-changed", actor=journal.name_actor(ZOE), subject=ZOE, data={}, now=NOW)
    second = journal.append("account-suspended", actor="cli", subject=PAUL, data={"why": "test"}, now=NOW)
    assert second == first + 1
    assert [line.action for line in journal.list_lines(ZOE, 10)] == ["password-changed"]
    assert [line.number for line in journal.list_entries()] == [first, second]
