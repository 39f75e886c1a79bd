"""A report reaches who must know, gathers with others of its campaign, and is answered."""

import pytest

from corneille.kernel.journal import list_lines
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import load
from corneille.mail.values import SpecialUse
from corneille.protection.incident import list_incidents, list_own, open_incident
from corneille.protection.models import HARMLESS, PHISHING
from corneille.protection.report import TooManyReports
from corneille.protection.steps import IncidentRefused, close_incident, judge_incident, say
from tests.protection.school import COLLEGE, NOW, Academie, arrive, report, told, trap

OTHER = b"From: x@autre.example\r\nSubject: Colis\r\nMessage-ID: <z@autre.example>\r\n\r\nhttps://colis.example/x\r\n"


def test_a_report_thanks_moves_to_junk_and_reaches_who_must_know(academie: Academie) -> None:
    arrive(trap(), academie.claire)
    number = report(academie.claire)
    assert academie.claire.list() == []
    assert len(academie.claire.list(SpecialUse.JUNK)) == 1
    assert told(academie.claire) == ["report-thanks"]
    assert told(academie.officer) == ["incident-opened"]
    assert told(academie.correspondent) == ["incident-opened"]
    assert told(academie.anne) == []
    assert [line.action for line in list_lines(academie.claire.id, 5)] == ["phishing-reported"]
    assert [line.id for line in list_incidents(academie.officer.id, NOW, "fr")] == [number]


def test_reports_of_one_campaign_are_one_incident_even_with_other_numbers(academie: Academie) -> None:
    arrive(trap(1, "Quota 98 % : dossier 4711"), academie.claire)
    arrive(trap(2, "Re: quota 12% : dossier 9"), academie.paul)
    arrive(trap(3, "Tout autre objet"), academie.zoe)  # its link leads to the same host
    assert report(academie.claire) == report(academie.paul) == report(academie.zoe)
    assert told(academie.officer) == ["incident-opened"]
    (line,) = list_incidents(academie.officer.id, NOW, "fr")
    assert line.report_count == 3


def test_another_letter_is_another_incident(academie: Academie) -> None:
    arrive(trap(), academie.claire)
    arrive(OTHER, academie.claire)
    assert report(academie.claire) != report(academie.claire)


def test_a_second_report_by_the_same_person_is_no_second_one(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    arrive(trap(2), academie.claire)
    report(academie.claire)
    report(academie.claire)
    assert list_incidents(academie.officer.id, NOW, "fr")[0].report_count == 1
    assert told(academie.claire) == ["report-thanks"]
    assert academie.claire.list() == []


def test_a_link_to_our_own_portal_gathers_nothing(academie: Academie) -> None:
    for number, host in enumerate(("un.example", "deux.example")):
        letter = f"From: x@{host}\r\nSubject: s{'ab'[number]}\r\n\r\nhttps://portail.ac-demonstration.test/x https://{host}/\r\n"
        arrive(letter.encode(), academie.claire)
    assert report(academie.claire) != report(academie.claire)


def test_the_verdict_is_told_and_what_still_arrives_goes_to_junk(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    number = report(academie.claire)
    arrive(trap(2), academie.paul)
    assert len(academie.paul.list()) == 1
    page = open_incident(academie.officer.id, number, NOW, "fr")
    judge_incident(number, PHISHING, [each.code for each in page.traits], NOW, by=academie.officer.id)
    arrive(trap(3, "Encore autre chose"), academie.zoe)
    assert academie.zoe.list() == []
    (junk,) = academie.zoe.list(SpecialUse.JUNK)
    assert "$Junk" in junk.flags
    assert told(academie.claire) == ["report-thanks", "report-was-phishing"]
    judge_incident(number, HARMLESS, [], NOW, by=academie.officer.id)
    arrive(trap(4), academie.zoe)
    assert len(academie.zoe.list()) == 1
    assert told(academie.claire)[-1] == "report-was-harmless"


def test_who_reports_after_the_verdict_has_it_at_once(academie: Academie) -> None:
    arrive(trap(1), academie.claire, academie.paul)
    number = report(academie.claire)
    judge_incident(number, PHISHING, [], NOW, by=academie.officer.id)
    report(academie.paul)
    assert told(academie.paul) == ["report-was-phishing"]


def test_its_end_is_told_to_all_whom_it_touched(academie: Academie) -> None:
    arrive(trap(1), academie.claire, academie.zoe)
    number = report(academie.claire)
    with pytest.raises(IncidentRefused):
        close_incident(number, NOW, by=academie.officer.id)
    judge_incident(number, PHISHING, [], NOW, by=academie.officer.id)
    say(number, "Ne cliquez pas.", "Do not click.", NOW, by=academie.officer.id)
    close_incident(number, NOW, by=academie.officer.id)
    assert told(academie.claire)[-1] == told(academie.zoe)[-1] == "incident-closed"
    assert told(academie.correspondent) == ["incident-opened", "incident-ended"]
    assert "incident-ended" not in told(academie.officer), "who ends it knows"
    steps = open_incident(academie.officer.id, number, NOW, "fr").steps
    assert [step.action for step in steps] == ["closed", "said", "judged"]
    mine, others = list_own(academie.zoe.id, "en")
    assert mine == []
    assert [own.line.advice for own in others] == ["Do not click."]
    assert [step.action for step in others[0].steps] == ["judged", "closed"]


def test_each_sees_what_touches_theirs(academie: Academie) -> None:
    arrive(trap(1), academie.claire, academie.zoe)
    number = report(academie.claire)
    everything = open_incident(academie.officer.id, number, NOW, "fr")
    counts = {each.establishment: each.people_count for each in everything.touched}
    assert counts == {"Lycée Corneille": 1, "Collège Malherbe": 1}
    assert everything.letters[0].excerpt
    (seen,) = open_incident(academie.anne.id, number, NOW, "fr").touched
    assert (seen.uai, seen.names, seen.reporter_count) == (COLLEGE, ("Zoé Lefèvre",), 0)
    assert open_incident(academie.anne.id, number, NOW, "fr").letters == []
    (seen,) = open_incident(academie.correspondent.id, number, NOW, "fr").touched
    assert (seen.names, seen.reporter_count) == (("Claire Lemoine",), 1)
    with pytest.raises(Gone):
        open_incident(academie.claire.id, number, NOW, "fr")
    for stranger in (academie.claire, academie.anne, academie.correspondent):
        with pytest.raises(Gone):
            judge_incident(number, PHISHING, [], NOW, by=stranger.id)


def test_what_touches_nobody_of_theirs_is_not_there(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    number = report(academie.claire)
    assert list_incidents(academie.anne.id, NOW, "fr") == []
    with pytest.raises(Gone):
        open_incident(academie.anne.id, number, NOW, "fr")


def test_reports_have_a_limit(academie: Academie) -> None:
    load(None, {}, protection={"reports_per_day_count": 1})
    try:
        arrive(trap(1), academie.claire)
        arrive(OTHER, academie.claire)
        report(academie.claire)
        with pytest.raises(TooManyReports):
            report(academie.claire)
        assert len(academie.claire.list()) == 1
    finally:
        load(None, {})
