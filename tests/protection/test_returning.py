"""What no verdict has seen is seen by an officer: campaigns that come back, new looks, other letters."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from corneille.kernel.models import Notice
from corneille.protection.incident import Page, count_to_judge, list_incidents, open_incident
from corneille.protection.models import HARMLESS, PHISHING, Report
from corneille.protection.removal import ask_removal, run_removals
from corneille.protection.steps import IncidentRefused, close_incident, judge_incident
from tests.protection.school import NOW, Academie, arrive, report, told, trap

HOST = "host:verif.example"


def judge(academie: Academie, number: int, verdict: str, *marks: str, seen: int | None = None) -> int:
    return judge_incident(number, verdict, marks, NOW, by=academie.officer.id, seen=seen)


def test_a_trap_where_something_harmless_was_is_looked_at_anew(academie: Academie) -> None:
    arrive(trap(1, "Journée portes ouvertes"), academie.claire)
    first = report(academie.claire)
    judge(academie, first, HARMLESS)
    close_incident(first, NOW, by=academie.officer.id)
    arrive(trap(2, "URGENT : quota"), academie.paul)
    second = report(academie.paul, now=NOW + timedelta(days=2))
    assert second != first
    assert told(academie.paul) == ["report-thanks"]
    assert told(academie.officer) == ["incident-opened", "incident-opened"]
    assert [line.id for line in list_incidents(academie.officer.id, NOW, "fr")] == [second]
    page = open_incident(academie.officer.id, second, NOW, "fr")
    assert [(line.id, line.verdict) for line in page.kin] == [(first, HARMLESS)]


def test_a_letter_is_judged_anew_even_when_it_is_the_one_of_an_incident_that_is_over(academie: Academie) -> None:
    arrive(trap(), academie.claire, academie.paul)
    first = report(academie.claire)
    judge(academie, first, PHISHING, HOST)
    close_incident(first, NOW, by=academie.officer.id)
    second = report(academie.paul)
    assert second != first
    assert told(academie.paul)[-1] == "report-thanks"
    assert count_to_judge(academie.officer.id, NOW) == 1


def test_what_stays_harmless_is_the_letter_and_not_its_host(academie: Academie) -> None:
    arrive(trap(1, "Portes ouvertes"), academie.claire, academie.paul)
    arrive(trap(2, "Portes ouvertes"), academie.zoe)  # the same sender, subject and host, other words
    number = report(academie.claire)
    judge(academie, number, HARMLESS)
    assert report(academie.paul) == number
    assert told(academie.paul) == ["report-was-harmless"]
    assert report(academie.zoe) != number
    assert told(academie.zoe) == ["report-thanks"]


def test_the_same_words_that_would_be_answered_elsewhere_are_another_letter(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    arrive(trap(1).replace(b"Subject:", b"Reply-To: x@voleur.example\r\nSubject:"), academie.paul)
    number = report(academie.claire)
    judge(academie, number, HARMLESS)
    assert report(academie.paul) != number


def test_a_new_look_of_a_judged_campaign_goes_back_to_the_officers_once(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    arrive(trap(2, "Paye : régularisation", sender="paye@autre.example"), academie.paul, academie.zoe)
    number = report(academie.claire)
    judge(academie, number, PHISHING, HOST, *[each.code for each in _page(academie, number).traits])
    assert count_to_judge(academie.officer.id, NOW) == 0
    assert report(academie.paul) == number
    report(academie.zoe)
    assert told(academie.officer) == ["incident-opened", "incident-again"]
    assert told(academie.paul)[0] == "report-thanks"
    assert [line.waits for line in list_incidents(academie.officer.id, NOW, "fr")] == [True]
    with pytest.raises(IncidentRefused):
        close_incident(number, NOW, by=academie.officer.id)

    page = _page(academie, number)
    assert page.letters[0].is_new
    assert page.letters[0].sender_address == "paye@autre.example"
    assert {each.code for each in page.traits if each.is_new and each.code.startswith("look:")} == {
        "look:paye@autre.example paye regularisation"
    }
    assert {each.establishment for each in page.touched} == {"Lycée Corneille", "Collège Malherbe"}
    judge(academie, number, PHISHING, *[each.code for each in page.traits])
    assert "report-was-phishing" in told(academie.paul)
    assert told(academie.claire).count("report-was-phishing") == 1
    ask_removal(number, NOW, by=academie.officer.id)
    run_removals(NOW)
    assert _page(academie, number).removals[0].removed_count == 3
    close_incident(number, NOW, by=academie.officer.id)


def test_what_shares_an_honest_host_with_a_trap_is_another_incident(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    arrive(trap(2, "Lettre aux parents", sender="ape@parents.example"), academie.paul)
    number = report(academie.claire)
    judge(academie, number, PHISHING, "look:alerte@verif.example urgent quota depasse")
    assert report(academie.paul) != number


def test_what_comes_while_the_officer_reads_is_not_judged_by_it(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    number = report(academie.claire)
    seen = _page(academie, number).last_report
    arrive(trap(2, "Tout autre objet"), academie.paul)
    report(academie.paul)
    assert judge(academie, number, HARMLESS, seen=seen) == 1
    assert told(academie.claire)[-1] == "report-was-harmless"
    assert told(academie.paul) == ["report-thanks"]
    assert count_to_judge(academie.officer.id, NOW) == 1


def test_another_letter_by_the_same_person_is_kept_and_told_under_its_own_subject(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    arrive(trap(2, "Colis en attente"), academie.claire)
    number = report(academie.claire, 1)
    last = academie.claire.list()[0].subject
    report(academie.claire)
    page = _page(academie, number)
    assert {letter.title for letter in page.letters} == {"URGENT : quota dépassé", "Colis en attente"}
    assert page.line.report_count == 1
    assert told(academie.claire) == ["report-thanks"]
    assert Report.objects.filter(account=academie.claire.id).count() == 2
    judge(academie, number, PHISHING)
    (notice,) = Notice.objects.filter(account=academie.claire.id, code="report-was-phishing")
    assert notice.data["subject"] == last
    assert notice.data["is_refused"] is False


def test_a_verdict_that_is_changed_back_is_told_again(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    number = report(academie.claire)
    for verdict in (PHISHING, PHISHING, HARMLESS, PHISHING):
        judge(academie, number, verdict)
    assert told(academie.claire)[1:] == ["report-was-phishing", "report-was-harmless", "report-was-phishing"]


def _page(academie: Academie, number: int) -> Page:
    return open_incident(academie.officer.id, number, NOW, "fr")


def test_the_step_of_the_database_takes_what_was_told_as_judged(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    arrive(trap(2).replace(b"verif", b"autre"), academie.claire)
    numbers = [report(academie.claire), report(academie.claire)]
    judge(academie, numbers[0], PHISHING)
    Report.objects.update(verdict="")
    import_module("corneille.protection.migrations.0003_judged_reports").take_verdicts(apps, None)
    assert [Report.objects.get(incident=number).verdict for number in numbers] == [PHISHING, ""]
