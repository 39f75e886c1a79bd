"""The queue and the page of an incident: an officer acts, a head reads about their own school, others find nothing."""

import pytest

from corneille.doors.web.security.words import STEPS, VERDICTS
from corneille.kernel import clock
from corneille.kernel.journal import list_entries
from corneille.protection.models import Incident
from corneille.protection.removal import run_removals
from corneille.protection.report import report_message
from corneille.transport.submit import submit
from corneille.transport.values import Envelope
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.protection.school import Academie, arrive, trap

LOOK = "look:alerte@verif.example urgent quota depasse"


@pytest.fixture
def number(academie: Academie) -> int:
    """Claire reported what she and Zoé got."""
    arrive(trap(), academie.claire, academie.zoe)
    report_message(academie.claire.id, academie.claire.mail, academie.claire.list()[0].id, clock.now())
    return int(Incident.objects.get().pk)


def follow(browser: Browser, path: str, data: dict[str, str]) -> str:
    answer = browser.post(path, data)
    assert answer.status_code == 302, text_of(answer)
    return text_of(browser.get(answer.headers["Location"]))


def test_an_officer_judges_removes_puts_back_says_and_ends(academie: Academie, enter: Enter, number: int) -> None:
    browser = enter(academie.officer)
    assert "1</strong> incident à juger" in text_of(browser.get("/"))
    assert "URGENT : quota dépassé" in text_of(browser.get("/securite"))
    path = f"/securite/incident/{number}"
    page = text_of(browser.get(path))
    for words in ("Lycée Corneille", "Collège Malherbe", "Zoé Lefèvre", "de confirmer votre", "Liens vers verif.example"):
        assert words in page
    page = follow(browser, f"{path}/verdict", {"verdict": "phishing", "marque": LOOK})
    assert "Jugé\u00a0: Hameçonnage" in page
    preview = text_of(browser.get(f"{path}/retrait"))
    assert "2 exemplaires" in preview
    assert len(academie.zoe.list()) == 1
    assert "En cours" in follow(browser, f"{path}/retrait", {})
    run_removals(clock.now())
    page = text_of(browser.get(path))
    assert "2 messages retirés" in page
    assert academie.zoe.list() == []
    removal = str(Incident.objects.get().removals.get().pk)
    follow(browser, f"{path}/remettre", {"id": removal})
    run_removals(clock.now())
    assert len(academie.zoe.list()) == 1
    assert "Appelez le 3000." in follow(browser, f"{path}/consigne", {"french": "Appelez le 3000.", "english": ""})
    assert "Terminé" in follow(browser, f"{path}/clore", {})
    assert "URGENT" not in text_of(browser.get("/securite"))
    assert "URGENT" in text_of(browser.get("/securite?clos=1"))
    assert "est terminé" in follow(browser, f"{path}/verdict", {"verdict": "harmless"})
    actions = [line.action for line in list_entries() if line.action.startswith("incident-")]
    assert actions == [
        "incident-judged", "incident-removal-asked", "incident-removed", "incident-undo-asked", "incident-restored",
        "incident-said", "incident-closed",
    ]  # fmt: skip


def test_a_head_reads_about_their_school_and_cannot_act(academie: Academie, enter: Enter, number: int) -> None:
    browser = enter(academie.anne)
    page = text_of(browser.get(f"/securite/incident/{number}"))
    assert "Zoé Lefèvre" in page
    assert "Claire Lemoine" not in page
    assert "Lycée Corneille" not in page
    assert "Votre boîte mail sera supprimée" not in page
    assert "/verdict" not in page
    for act in ("verdict", "consigne", "clore", "retrait", "remettre"):
        form = {"verdict": "phishing", "french": "x", "id": "1"}
        assert browser.post(f"/securite/incident/{number}/{act}", form).status_code == 404
    assert browser.get(f"/securite/incident/{number}/retrait").status_code == 404
    assert Incident.objects.get().verdict == ""


def test_a_correspondent_sees_their_department(academie: Academie, enter: Enter, number: int) -> None:
    page = text_of(enter(academie.correspondent).get(f"/securite/incident/{number}"))
    assert "Lycée Corneille" in page
    assert "Collège Malherbe" not in page


def test_a_teacher_finds_nothing_there(academie: Academie, enter: Enter, number: int) -> None:
    browser = enter(academie.claire)
    assert browser.get("/securite").status_code == 404
    assert browser.get(f"/securite/incident/{number}").status_code == 404
    assert "/securite" not in text_of(browser.get("/"))


def test_a_removal_waits_for_the_verdict(academie: Academie, enter: Enter, number: int) -> None:
    browser = enter(academie.officer)
    assert "Jugez d’abord" in follow(browser, f"/securite/incident/{number}/retrait", {})
    assert "Choisissez" in follow(browser, f"/securite/incident/{number}/verdict", {"verdict": "autre"})


def test_a_form_from_elsewhere_judges_nothing(academie: Academie, enter: Enter, number: int) -> None:
    browser = enter(academie.officer)
    assert browser.post(f"/securite/incident/{number}/verdict", {"verdict": "phishing"}, token=False).status_code == 403


def test_what_came_while_the_officer_was_reading_is_said_and_keeps_the_incident_open(
    academie: Academie, enter: Enter, number: int
) -> None:
    browser = enter(academie.officer)
    path = f"/securite/incident/{number}"
    read = text_of(browser.get(path))
    shown = read.split('name="vu" value="')[1].split('"')[0]
    arrive(trap(2, "Autre objet", sender="x@verif.example"), academie.paul)
    report_message(academie.paul.id, academie.paul.mail, academie.paul.list()[0].id, clock.now())
    page = follow(browser, f"{path}/verdict", {"verdict": "harmless", "vu": shown})
    assert "1 signalement est arrivé pendant votre lecture" in page
    assert "Pas encore jugé" in page
    assert "Terminer l’incident" not in page
    assert "à juger de nouveau" in text_of(browser.get("/securite"))
    assert "1</strong> incident à juger" in text_of(browser.get("/"))
    assert "Jugez d’abord" in follow(browser, f"{path}/clore", {})


def test_who_got_it_reads_what_was_done(academie: Academie, enter: Enter, number: int) -> None:
    officer = enter(academie.officer)
    follow(officer, f"/securite/incident/{number}/verdict", {"verdict": "phishing", "marque": LOOK})
    page = text_of(enter(academie.zoe).get("/signalements"))
    assert "Jugé\u00a0: Hameçonnage" in page
    assert "Haddad" not in page


def test_an_old_proof_is_asked_again(academie: Academie, enter: Enter, number: int) -> None:
    browser = enter(academie.officer)
    session = browser.client.session
    session["proved_at"] = clock.now().timestamp() - 3600
    session.save()
    answer = browser.post(f"/securite/incident/{number}/verdict", {"verdict": "phishing"})
    assert answer.headers["Location"].startswith("/confirmer")


def test_every_verdict_and_step_has_words(academie: Academie) -> None:
    assert set(VERDICTS) == {"phishing", "unwanted", "harmless"}
    assert set(STEPS) == {"judged", "said", "removal-asked", "removed", "undo-asked", "restored", "closed", "cut-off"}


def test_an_officer_closes_the_account_from_which_it_was_written(academie: Academie, enter: Enter) -> None:
    address = academie.zoe.person.principal_address
    envelope = Envelope(address, (academie.claire.person.principal_address,))
    submit(academie.zoe.id, envelope, trap(sender=address), clock.now()).result()
    report_message(academie.claire.id, academie.claire.mail, academie.claire.list()[0].id, clock.now())
    path = f"/securite/incident/{Incident.objects.get().pk}"
    browser = enter(academie.officer)
    zoe = enter(academie.zoe)
    assert "Fermer le compte" not in text_of(browser.get(path)), "nobody has judged it yet"
    assert "Fermer le compte" in follow(browser, f"{path}/verdict", {"verdict": "phishing"})
    page = follow(browser, f"{path}/fermer", {})
    assert "Le compte de Zoé Lefèvre a été fermé" in page
    assert "Fermer le compte" not in page
    assert zoe.get("/courrier/").headers["Location"].startswith("/connexion")
    assert "Ce mot de passe est fermé" in text_of(zoe.sign_in(academie.zoe.person.identifier))
