"""A campaign leaves every mailbox and comes back as it was; cut short, it goes on; nothing else is touched."""

import time
from datetime import timedelta

import pytest

from corneille.kernel import clock, journal
from corneille.kernel.journal import list_lines
from corneille.kernel.models import Notice
from corneille.kernel.refusal import Gone
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import create_mailbox
from corneille.mail.move import expunge, move
from corneille.mail.put_back import put_back
from corneille.mail.recently_deleted import list_deleted
from corneille.mail.values import DELETED, FLAGGED, SpecialUse
from corneille.protection import campaign, evidence, removal
from corneille.protection.forget import forget_incidents
from corneille.protection.incident import open_incident
from corneille.protection.models import PHISHING, Removal, RemovedCopy, Report
from corneille.protection.removal import LEASE, ask_removal, ask_undo, run_removals
from corneille.protection.report import report_message
from corneille.protection.steps import IncidentRefused, close_incident, judge_incident
from corneille.transport.models import UnwantedMark
from tests.protection.school import LYCEE, NOW, Academie, Member, add_member, arrive, folder_of, trap


def begin(academie: Academie, *receivers: Member) -> int:
    """Claire reports what she and others got, and the officer judges it."""
    arrive(trap(1), academie.claire, *receivers)
    report_message(academie.claire.id, academie.claire.mail, academie.claire.list()[0].id, NOW)
    number = Report.objects.latest("pk").incident_id
    marks = [each.code for each in open_incident(academie.officer.id, number, NOW, "fr").traits]
    judge_incident(number, PHISHING, marks, NOW, by=academie.officer.id)
    return number


def test_every_copy_goes_and_comes_back_as_it_was(academie: Academie) -> None:
    paul, zoe = academie.paul, academie.zoe
    arrive(b"From: ami@verif.example\r\nSubject: Autre\r\n\r\nx\r\n", paul)
    number = begin(academie, paul, zoe)
    kept = create_mailbox(paul.mail, "Gardé").result()
    [copy] = [each for each in paul.list() if each.sender_address == "alerte@verif.example"]
    flag(paul.mail, copy.mailbox, [copy.uid], FlagChange.ADD, frozenset({FLAGGED, "$Forwarded"})).result()
    move(paul.mail, copy.mailbox, [copy.uid], kept.id).result()
    before, content = folder_of(paul, "Gardé")[0], paul.read(copy.id)
    assert open_incident(academie.officer.id, number, NOW, "fr").copy_count == 3

    asked = ask_removal(number, NOW, by=academie.officer.id)
    run_removals(NOW)
    assert folder_of(paul, "Gardé") == []
    assert [each.subject for each in paul.list()] == ["Autre"]
    assert zoe.list() == []
    page = open_incident(academie.officer.id, number, NOW, "fr")
    assert (page.copy_count, page.removals[0].removed_count, page.removals[0].is_running) == (0, 3, False)
    assert [line.action for line in list_lines(zoe.id, 5)] == ["campaign-copy-removed"]
    assert Notice.objects.filter(account=zoe.id, code="campaign-removed").count() == 1

    ask_undo(number, asked, NOW, by=academie.officer.id)
    run_removals(NOW)
    (after,) = folder_of(paul, "Gardé")
    assert (after.flags, after.received_at, paul.read(after.id)) == (before.flags, before.received_at, content)
    assert len(zoe.list()) == 1
    assert open_incident(academie.officer.id, number, NOW, "fr").removals[0].restored_count == 3
    assert Notice.objects.filter(account=zoe.id, code="campaign-restored").count() == 1


def delete(member: Member) -> None:
    """All of the inbox, as somebody does who wants it gone."""
    for copy in member.list():
        flag(member.mail, copy.mailbox, [copy.uid], FlagChange.ADD, frozenset({DELETED})).result()
        expunge(member.mail, copy.mailbox, [copy.uid]).result()


def test_who_had_deleted_it_cannot_put_it_back_as_long_as_the_removal_stands(academie: Academie) -> None:
    paul, zoe = academie.paul, academie.zoe
    arrive(b"From: ami@verif.example\r\nSubject: Autre\r\n\r\nx\r\n", paul)
    arrive(trap(9, subject="Menu de la cantine"), paul)  # the same sender, another matter
    number = begin(academie, paul, zoe)
    delete(paul)
    before = open_incident(academie.officer.id, number, NOW, "fr")
    assert (before.copy_count, before.discarded_count) == (2, 1)
    (gone,) = [each for each in list_deleted(paul.mail, clock.now()) if "quota" in each.subject]

    asked = ask_removal(number, NOW, by=academie.officer.id)
    run_removals(NOW)
    assert {each.subject for each in list_deleted(paul.mail, clock.now())} == {"Autre", "Menu de la cantine"}
    with pytest.raises(Gone):
        put_back(paul.mail, gone.number).result()
    page = open_incident(academie.officer.id, number, NOW, "fr")
    assert (page.discarded_count, page.removals[0].removed_count, page.removals[0].withheld_count) == (0, 2, 1)
    assert paul.person.display_name in {name for each in page.touched for name in each.names}
    assert [line.action for line in list_lines(paul.id, 1)] == ["campaign-copy-withheld"]
    assert Notice.objects.filter(account=paul.id, code="campaign-removed").count() == 1

    ask_undo(number, asked, NOW, by=academie.officer.id)
    run_removals(NOW)
    assert [line.action for line in list_lines(paul.id, 1)] == ["campaign-copy-released"]
    assert Notice.objects.filter(account=paul.id, code="campaign-restored").count() == 0
    put_back(paul.mail, gone.number).result()
    assert [each.subject for each in paul.list()] == [gone.subject]


def test_what_is_deleted_while_the_removal_works_is_withheld_too(
    academie: Academie, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begin(academie, academie.zoe)
    real = campaign.list_discarded

    def delete_after(incident: int) -> object:
        found = real(incident)
        delete(academie.zoe)
        return found

    ask_removal(number, NOW, by=academie.officer.id)
    monkeypatch.setattr(removal, "list_discarded", delete_after)
    run_removals(NOW)
    assert list_deleted(academie.zoe.mail, clock.now()) == []
    assert open_incident(academie.officer.id, number, NOW, "fr").removals[0].withheld_count == 1


def test_a_campaign_that_all_have_deleted_is_withheld_and_given_back(academie: Academie) -> None:
    number = begin(academie)
    trapped = academie.claire.list(SpecialUse.JUNK)  # what one reports lies there
    for copy in trapped:
        flag(academie.claire.mail, copy.mailbox, [copy.uid], FlagChange.ADD, frozenset({DELETED})).result()
        expunge(academie.claire.mail, copy.mailbox, [copy.uid]).result()
    asked = ask_removal(number, NOW, by=academie.officer.id)
    run_removals(NOW)
    assert list_deleted(academie.claire.mail, clock.now()) == []
    ask_undo(number, asked, NOW, by=academie.officer.id)
    run_removals(NOW)
    assert len(list_deleted(academie.claire.mail, clock.now())) == len(trapped) == 1


def test_it_must_have_been_judged(academie: Academie) -> None:
    arrive(trap(1), academie.claire)
    report_message(academie.claire.id, academie.claire.mail, academie.claire.list()[0].id, NOW)
    with pytest.raises(IncidentRefused):
        ask_removal(Report.objects.latest("pk").incident_id, NOW, by=academie.officer.id)


def test_what_a_victim_sent_on_is_theirs(academie: Academie) -> None:
    number = begin(academie)
    arrive(trap(7, sender=academie.paul.person.principal_address), academie.zoe)
    ask_removal(number, NOW, by=academie.officer.id)
    run_removals(NOW)
    assert len(academie.zoe.list()) == 0  # its link is refused: it went to Junk
    assert open_incident(academie.officer.id, number, NOW, "fr").removals[0].removed_count == 1


def test_a_removal_that_was_cut_short_goes_on(academie: Academie, monkeypatch: pytest.MonkeyPatch) -> None:
    number = begin(academie, academie.paul, academie.zoe)
    asked = ask_removal(number, NOW, by=academie.officer.id)

    def fail(*_: object, **_more: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(removal, "remove", fail)
        with pytest.raises(OSError):
            run_removals(NOW)
    assert RemovedCopy.objects.filter(removal=asked, state="kept").count() == 3
    run_removals(NOW)
    assert RemovedCopy.objects.filter(removal=asked, state="removed").count() == 3
    assert academie.zoe.list() == []
    ask_undo(number, asked, NOW, by=academie.officer.id)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "hold", fail)
        with pytest.raises(OSError):
            run_removals(NOW)  # filed, not yet noted
    run_removals(NOW)
    assert len(academie.zoe.list()) == 1


def test_another_process_that_is_at_it_is_left_alone(academie: Academie) -> None:
    number = begin(academie, academie.zoe)
    asked = ask_removal(number, NOW, by=academie.officer.id)
    Removal.objects.filter(pk=asked).update(lease_until=clock.now() + LEASE)
    run_removals(NOW)
    assert len(academie.zoe.list()) == 1


def test_a_removal_begun_while_the_clock_was_ahead_is_not_waited_for(academie: Academie) -> None:
    number = begin(academie, academie.zoe)
    asked = ask_removal(number, NOW, by=academie.officer.id)
    Removal.objects.filter(pk=asked).update(lease_until=clock.now() + timedelta(days=100))
    run_removals(NOW)
    assert academie.zoe.list() == []


def test_what_was_kept_is_forgotten_long_after_the_end(academie: Academie) -> None:
    number = begin(academie, academie.zoe)
    ask_removal(number, NOW, by=academie.officer.id)
    run_removals(NOW)
    close_incident(number, NOW, by=academie.officer.id)
    name = RemovedCopy.objects.latest("pk").content
    assert forget_incidents(NOW + timedelta(days=179)) == 0
    assert evidence.read(name)
    assert forget_incidents(NOW + timedelta(days=181)) == 1
    assert not UnwantedMark.objects.exists()
    with pytest.raises(Exception, match="gone"):
        evidence.read(name)


@pytest.mark.slow
def test_five_hundred_copies_leave_and_come_back(academie: Academie, capsys: pytest.CaptureFixture[str]) -> None:
    members = [add_member(f"Agent{number}", "Essai", LYCEE) for number in range(499)]
    number = begin(academie, *members)
    started = time.perf_counter()
    asked = ask_removal(number, NOW, by=academie.officer.id)
    run_removals(NOW)
    removed_s = time.perf_counter() - started
    assert open_incident(academie.officer.id, number, NOW, "fr").removals[0].removed_count == 500
    assert all(not member.list() for member in members)
    started = time.perf_counter()
    ask_undo(number, asked, NOW, by=academie.officer.id)
    run_removals(NOW)
    restored_s = time.perf_counter() - started
    assert all(len(member.list()) == 1 for member in members)
    with capsys.disabled():
        print(f"\ncampaign of 500 copies: removed in {removed_s:.1f} s, restored in {restored_s:.1f} s")  # noqa: T201
