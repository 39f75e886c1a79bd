from tests.doors.web.conftest import Browser


def test_a_page_asked_for_under_a_foreign_name_is_refused(browser: Browser) -> None:
    assert browser.get("/connexion", Host="elsewhere.example").status_code == 400


def test_a_page_answers_under_the_installations_own_name(browser: Browser) -> None:
    assert browser.get("/connexion", Host="localhost").status_code == 200
