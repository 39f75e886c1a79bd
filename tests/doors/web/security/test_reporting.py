"""« Signaler un hameçonnage » from a message and from the list; what one reads of it afterwards."""

from django.test import Client

from corneille.kernel.settings import load
from corneille.mail.fetch import get_message
from corneille.mail.values import SpecialUse
from corneille.protection.models import Incident, Report
from corneille.run.ground import Ground
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.positions import deliver_to, found_positions
from tests.protection.school import Academie, arrive, trap


def test_one_click_thanks_moves_and_can_be_undone(academie: Academie, enter: Enter) -> None:
    arrive(trap(), academie.claire)
    browser = enter(academie.claire)
    message = academie.claire.list()[0].id
    page = text_of(browser.get(f"/courrier/message/{message}/"))
    assert "Signaler un hameçonnage" in page
    answer = browser.post(f"/signaler/{message}", {})
    page = text_of(browser.get(answer.headers["Location"]))
    assert "Merci" in page
    assert academie.claire.list() == []
    browser.post("/courrier/annuler", {})
    assert len(academie.claire.list()) == 1
    assert Report.objects.count() == 1


def test_several_of_the_list_at_once(academie: Academie, enter: Enter) -> None:
    arrive(trap(1), academie.claire)
    arrive(trap(2), academie.claire)
    lines = academie.claire.list()
    browser = enter(academie.claire)
    uids = [str(line.uid) for line in lines]
    data = {"uid": uids, "csrfmiddlewaretoken": browser._token()}
    answer = browser.client.post(
        f"/signaler/dossier/{lines[0].mailbox}", data, secure=True, headers={"Origin": "https://localhost"}
    )
    assert "les 2 messages" in text_of(browser.get(answer.headers["Location"]))
    assert len(academie.claire.list(SpecialUse.JUNK)) == 2
    assert Incident.objects.count() == 1


def test_nothing_chosen_says_so(academie: Academie, enter: Enter) -> None:
    arrive(trap(), academie.claire)
    browser = enter(academie.claire)
    answer = browser.post(f"/signaler/dossier/{academie.claire.list()[0].mailbox}", {})
    assert "Aucun message" in text_of(browser.get(answer.headers["Location"]))


def test_a_colleagues_message_is_not_there(academie: Academie, enter: Enter) -> None:
    arrive(trap(), academie.paul)
    browser = enter(academie.claire)
    line = academie.paul.list()[0]
    assert browser.post(f"/signaler/{line.id}", {}).status_code == 404
    assert browser.post(f"/signaler/dossier/{line.mailbox}", {"uid": str(line.uid)}).status_code == 404
    assert not Report.objects.exists()


def test_who_only_reads_a_positions_mail_reports_it_and_it_stays(ground: Ground, enter: Enter) -> None:
    school = found_positions()
    opened = school.open(school.secretary, school.direction)
    filed = deliver_to(opened, "Suspect")
    browser = enter(school.secretary)
    assert f'formaction="/signaler/{filed.id}"' in text_of(browser.get(f"/courrier/message/{filed.id}/"))
    assert f'formaction="/signaler/dossier/{filed.mailbox}"' in text_of(browser.get(f"/courrier/{filed.mailbox}/"))
    answer = browser.post(f"/signaler/{filed.id}", {})
    assert "Il reste ici" in text_of(browser.get(answer.headers["Location"]))
    assert Report.objects.get().account_id == school.secretary.account
    answer = browser.post(f"/signaler/dossier/{filed.mailbox}", {"uid": str(filed.uid)})
    assert "Il reste ici" in text_of(browser.get(answer.headers["Location"]))
    assert get_message(opened.mail, filed.id).mailbox == filed.mailbox


def test_a_form_from_elsewhere_reports_nothing(academie: Academie, enter: Enter) -> None:
    arrive(trap(), academie.claire)
    browser = enter(academie.claire)
    assert browser.post(f"/signaler/{academie.claire.list()[0].id}", {}, token=False).status_code == 403
    assert len(academie.claire.list()) == 1


def test_above_the_limit_the_message_goes_to_junk_all_the_same(academie: Academie, enter: Enter) -> None:
    load(None, {}, protection={"reports_per_day_count": 1})
    try:
        arrive(trap(1), academie.claire)
        arrive(trap(2), academie.claire)
        browser = enter(academie.claire)
        for line in academie.claire.list():
            page = text_of(browser.get(browser.post(f"/signaler/{line.id}", {}).headers["Location"]))
        assert "beaucoup de messages" in page
        assert academie.claire.list() == []
    finally:
        load(None, {})


def test_my_reports_say_how_to_report_and_what_became_of_mine(academie: Academie, enter: Enter) -> None:
    browser = enter(academie.claire)
    page = text_of(browser.get("/signalements"))
    assert "Vous n’avez rien signalé" in page
    assert "signalement@ac-demonstration.test" in page
    arrive(trap(), academie.claire)
    browser.post(f"/signaler/{academie.claire.list()[0].id}", {})
    page = text_of(browser.get("/signalements"))
    assert "URGENT : quota dépassé" in page
    assert "À juger" in page
    assert "URGENT" not in text_of(enter(academie.paul).get("/signalements"))


def test_strangers_are_sent_to_sign_in(academie: Academie) -> None:
    browser = Browser(Client(SERVER_NAME="localhost"))
    for path in ("/signalements", "/securite", "/securite/incident/1", "/securite/incident/1/retrait"):
        assert browser.get(path).headers["Location"].startswith("/connexion")
    assert browser.post("/signaler/1", {}, token=False).headers["Location"].startswith("/connexion")
