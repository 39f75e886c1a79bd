"""What was sent from an account of ours is found to be phishing: the officer closes the account, nothing else does."""

import pytest

from corneille.access.password import set_password
from corneille.access.queries import find_password
from corneille.kernel import clock
from corneille.kernel.refusal import Gone
from corneille.protection.cut_off_writer import cut_off_writer, find_writer_to_cut_off
from corneille.protection.models import Incident
from corneille.protection.report import report_message
from corneille.protection.steps import IncidentRefused, judge_incident
from corneille.run.ground import Ground
from corneille.transport.submit import submit
from corneille.transport.values import Envelope
from tests.protection.school import NOW, Academie, arrive, found_academie, trap

SECRET = "trois-cygnes-sous-le-givre"


@pytest.fixture
def academie(ground: Ground) -> Academie:
    return found_academie()


def report(academie: Academie, *, inside: bool) -> int:
    """Claire reports what came to her, written by Paul or by a stranger in his name."""
    set_password(academie.paul.id, SECRET, NOW)
    address = academie.paul.person.principal_address
    content = trap(sender=address)
    if inside:
        submit(academie.paul.id, Envelope(address, (academie.claire.person.principal_address,)), content, NOW).result()
    else:
        arrive(content, academie.claire)
    report_message(academie.claire.id, academie.claire.mail, academie.claire.list()[0].id, NOW)
    return int(Incident.objects.get().pk)


def is_void(academie: Academie) -> bool:
    found = find_password(academie.paul.id)
    assert found is not None
    return found[3]


def test_the_officer_closes_the_account_once_it_is_judged_and_once_only(academie: Academie) -> None:
    incident = report(academie, inside=True)
    with pytest.raises(IncidentRefused):
        cut_off_writer(incident, clock.now(), by=academie.officer.id)
    judge_incident(incident, "phishing", (), clock.now(), by=academie.officer.id)
    assert not is_void(academie)
    cut_off_writer(incident, clock.now(), by=academie.officer.id)
    assert is_void(academie)
    step = Incident.objects.get().steps.order_by("-pk").first()
    assert step is not None
    assert (step.action, step.data) == ("cut-off", {"name": "Paul Roux"})
    with pytest.raises(IncidentRefused):
        cut_off_writer(incident, clock.now(), by=academie.officer.id)


def test_nobody_is_closed_for_what_a_stranger_wrote_in_their_name(academie: Academie) -> None:
    incident = report(academie, inside=False)
    judge_incident(incident, "phishing", (), clock.now(), by=academie.officer.id)
    assert find_writer_to_cut_off(Incident.objects.get()) is None
    with pytest.raises(IncidentRefused):
        cut_off_writer(incident, clock.now(), by=academie.officer.id)
    assert not is_void(academie)


@pytest.mark.parametrize("who", ["claire", "anne", "correspondent"])
def test_only_who_judges_may(academie: Academie, who: str) -> None:
    incident = report(academie, inside=True)
    judge_incident(incident, "phishing", (), clock.now(), by=academie.officer.id)
    with pytest.raises(Gone):
        cut_off_writer(incident, clock.now(), by=getattr(academie, who).id)
    assert not is_void(academie)
