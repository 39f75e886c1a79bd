"""Somebody asks for a copy of their data, follows it, unpacks it; the data protection officer reads what is deleted."""

import mailbox
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

WAIT_MS = 60_000
POLLED = "**/mes-donnees/copie"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_copy_is_asked_for_followed_unpacked_and_deleted(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration, tmp_path: Path,
    scripts: bool,
) -> None:  # fmt: skip
    person = demonstration.person("aed", 4) if scripts else demonstration.person("externe", 2)
    watched = open_page(viewport=PHONE, java_script_enabled=scripts)
    page = watched.page
    sign_in(watched, person)
    page.goto("/mes-donnees")
    page.route(POLLED, lambda route: route.fulfill(status=204))  # it may be ready while the page is being judged
    page.get_by_role("button", name="Demander une copie").click()
    expect(page.locator("main")).to_contain_text("Votre copie est demandée")
    if scripts:
        assert_accessible(page)
    page.unroute(POLLED)
    if scripts:
        expect(page.get_by_text("Votre copie est prête")).to_be_visible(timeout=WAIT_MS)  # by itself
        assert_accessible(page)
    else:
        for _again in range(WAIT_MS // 500):
            if page.get_by_text("Votre copie est prête").count():
                break
            page.wait_for_timeout(500)
            page.get_by_role("link", name="Actualiser").click()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Télécharger").click()
    begun.value.save_as(tmp_path / "copie.zip")
    with zipfile.ZipFile(tmp_path / "copie.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    assert person.name in (tmp_path / "README.txt").read_text(encoding="utf-8")
    with closing(mailbox.mbox(tmp_path / "courrier/INBOX.mbox", create=False)) as box:
        assert len(box) > 0
        assert all(message["Subject"] for message in box)
    page.get_by_role("button", name="La supprimer maintenant").click()
    expect(page.get_by_role("button", name="Demander une copie")).to_be_visible()
    page.goto("/")
    expect(page.locator("main")).to_contain_text("La copie de vos données est prête")
    page.goto("/mes-connexions/journal")
    expect(page.locator("main")).to_contain_text("Une copie des données a été téléchargée")


def test_the_officer_reads_the_register_and_the_purges(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    officer = open_page(color_scheme="dark")
    page = officer.page
    sign_in(officer, demonstration.person("delegue"))
    page.get_by_role("link", name="Protection des données").click()
    expect(page.get_by_role("heading", name="Purges")).to_be_visible()
    expect(page.locator("main")).to_contain_text("tentatives de connexion")
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(page)
    with page.expect_download() as begun:
        page.get_by_role("link", name="Télécharger pour un tableur").click()
    assert begun.value.suggested_filename == "registre.csv"
    teacher = open_page(viewport=PHONE)
    teacher.expected_status = {404}
    sign_in(teacher, demonstration.person("aed", 4))
    teacher.page.goto("/confidentialite")
    expect(teacher.page.locator("h1")).to_contain_text("Il n’y a rien à cette adresse")
