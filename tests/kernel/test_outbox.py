from datetime import UTC, datetime, timedelta

from corneille.kernel.ids import AccountId
from corneille.kernel.outbox import add_notice, forget_told, list_due, list_notices, mark_seen, mark_told
from corneille.run.ground import Ground

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ZOE, PAUL = AccountId(1), AccountId(2)


def test_the_same_matter_is_told_once(ground: Ground) -> None:
    assert add_notice(ZOE, "new-device", {"program": "Firefox"}, NOW, key="new-device/1/9")
    assert not add_notice(ZOE, "new-device", {"program": "Firefox"}, NOW, key="new-device/1/9")
    assert [notice.code for notice in list_due(NOW)] == ["new-device"]


def test_a_notice_is_not_told_before_it_is_due_nor_twice(ground: Ground) -> None:
    add_notice(ZOE, "password-expiry", {"days": 3}, NOW, key="password-expiry/1/3", due_at=NOW + timedelta(hours=2))
    assert list_due(NOW) == []
    assert list_notices(ZOE, NOW) == []
    due = list_due(NOW + timedelta(hours=2))
    mark_told(due[0].id, NOW + timedelta(hours=2))
    assert list_due(NOW + timedelta(days=9)) == []


def test_nobody_marks_somebody_elses_notice_as_read(ground: Ground) -> None:
    add_notice(ZOE, "new-device", {}, NOW, key="new-device/1/9")
    notice = list_notices(ZOE, NOW)[0]
    mark_seen(PAUL, notice.id, NOW)
    assert list_notices(ZOE, NOW)[0].seen_at is None
    mark_seen(ZOE, notice.id, NOW)
    assert list_notices(ZOE, NOW)[0].seen_at == NOW


def test_what_was_told_long_ago_is_forgotten_and_what_waits_is_not(ground: Ground) -> None:
    add_notice(ZOE, "new-device", {}, NOW, key="new-device/1/9")
    add_notice(ZOE, "new-device", {}, NOW, key="new-device/1/10")
    mark_told(list_due(NOW)[0].id, NOW)
    assert forget_told(NOW + timedelta(days=300)) == 0
    assert forget_told(NOW + timedelta(days=400)) == 1
    assert len(list_due(NOW)) == 1
