"""Every place that a campaign touches is told: who watches it at the report, its head at the verdict, all at the end."""

from datetime import timedelta

from corneille.kernel.settings import load
from corneille.mail.open_mail_account import create_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add_position import NewPosition, add_position
from corneille.protection.idle import end_idle, remind_officers
from corneille.protection.incident import QUEUE_COUNT, count_to_judge, list_incidents, list_own, open_incident
from corneille.protection.models import HARMLESS, PHISHING, UNWANTED, Incident, Receiver, Report
from corneille.protection.steps import close_incident, judge_incident
from corneille.protection.touched import note_all_receivers
from tests.protection.school import COLLEGE, NOW, Academie, add_member, arrive, report, told, trap


def test_who_watches_another_school_is_told_at_once_and_its_head_at_the_verdict(academie: Academie) -> None:
    watcher = add_member("Nora", "Petit", COLLEGE, AccountType.STAFF, "Correspondant sécurité")
    arrive(trap(), academie.claire, academie.zoe)
    number = report(academie.claire)
    assert told(watcher) == ["incident-opened"]
    assert told(academie.anne) == []
    judge_incident(number, PHISHING, [], NOW, by=academie.officer.id)
    judge_incident(number, PHISHING, [], NOW, by=academie.officer.id)
    assert told(academie.anne) == ["incident-at-yours"]
    close_incident(number, NOW, by=academie.officer.id)
    assert told(watcher) == ["incident-opened", "incident-ended"]
    assert told(academie.anne) == ["incident-at-yours", "incident-ended"]


def test_a_school_that_is_touched_later_is_told_then_and_no_school_twice(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    number = report(academie.claire)
    judge_incident(number, PHISHING, _looks(number), NOW, by=academie.officer.id)
    assert told(academie.anne) == []
    for copy in (2, 3):
        arrive(trap(copy), academie.zoe, academie.paul)
        note_all_receivers(NOW)
    assert told(academie.anne) == ["incident-at-yours"]
    assert told(academie.correspondent) == ["incident-opened"]


def test_the_mail_of_a_position_is_of_its_school(academie: Academie) -> None:
    position = add_position(NewPosition("secrétariat", COLLEGE, NOW.date()), NOW)
    create_mail_account(position, quota_bytes=10**8)
    arrive(trap(), academie.claire)
    number = report(academie.claire)
    Receiver.objects.create(incident_id=number, account_id=position)
    (seen,) = open_incident(academie.anne.id, number, NOW, "fr").touched
    assert (seen.uai, seen.names) == (COLLEGE, ("secrétariat",))


def test_a_head_finds_theirs_behind_a_hundred_others(academie: Academie) -> None:
    arrive(trap(), academie.zoe)
    number = report(academie.zoe)
    others = [Incident(title=str(each), opened_at=NOW + timedelta(hours=1)) for each in range(QUEUE_COUNT)]
    for other in Incident.objects.bulk_create(others):
        Report.objects.create(incident=other, account_id=academie.claire.id, at=NOW, way="page", content="x")
    assert [line.id for line in list_incidents(academie.anne.id, NOW, "fr")] == [number]
    assert count_to_judge(academie.anne.id, NOW) == 1
    assert count_to_judge(academie.officer.id, NOW) == QUEUE_COUNT + 1
    further = list_incidents(academie.officer.id, NOW, "fr", start=QUEUE_COUNT)
    assert [line.id for line in further] == [number]


def test_who_got_it_reads_what_was_done_and_not_by_whom(academie: Academie) -> None:
    arrive(trap(), academie.claire, academie.zoe)
    number = report(academie.claire)
    judge_incident(number, PHISHING, [], NOW, by=academie.officer.id)
    _mine, (own,) = list_own(academie.zoe.id, "fr")
    assert [(step.action, step.who) for step in own.steps] == [("judged", "")]


def test_a_judged_incident_ends_by_itself_and_says_so(academie: Academie) -> None:
    arrive(trap(), academie.claire)
    number = report(academie.claire)
    load(None, {}, protection={"idle_days": 10})
    try:
        judge_incident(number, UNWANTED, [], NOW + timedelta(days=5), by=academie.officer.id)
        assert end_idle(NOW + timedelta(days=14)) == 0
        assert end_idle(NOW + timedelta(days=16)) == 1
    finally:
        load(None, {})
    assert told(academie.claire)[-1] == "incident-closed"
    assert told(academie.officer)[-1] == "incident-ended"


def test_what_nobody_judged_stays_and_officers_are_reminded_once_a_week(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    first = report(academie.claire)
    judge_incident(first, HARMLESS, [], NOW, by=academie.officer.id)
    arrive(trap(2, "Autre"), academie.paul)
    second = report(academie.paul)
    assert end_idle(NOW + timedelta(days=300)) == 1
    assert Incident.objects.get(pk=second).closed_at is None
    remind_officers(NOW + timedelta(days=6))
    assert "reports-wait" not in told(academie.officer)
    for hour in (0, 5, 24 * 7):
        remind_officers(NOW + timedelta(days=10, hours=hour))
    assert told(academie.officer).count("reports-wait") == 2


def _looks(number: int) -> list[str]:
    return list(Incident.objects.get(pk=number).traits.filter(mark__startswith="look:").values_list("mark", flat=True))
