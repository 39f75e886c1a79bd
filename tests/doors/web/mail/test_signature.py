"""The signature: written once, at the end of letters and answers, switched off for one of them, never lost or doubled."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from corneille.kernel import settings
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import SpecialUse
from corneille.people.find import Person
from corneille.people.language import set_language
from corneille.run.ground import Ground
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import LETTER, Box
from tests.doors.web.mail.test_writing import HIM, fields, read, write

FRENCH = "Claire Lemoine\nProfesseure de lettres"
ENGLISH = "Claire Lemoine\nTeacher"


def keep(browser: Browser, fr: str = FRENCH, en: str = "") -> HttpResponse:
    return browser.post("/courrier/signature", {"fr": fr, "en": en})


def content_of(box: Box, special_use: SpecialUse | None = None) -> str:
    body = read(box, special_use).get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_letter_has_the_signature_at_its_end_and_its_copy_too(browser: Browser, box: Box, colleague: Box) -> None:
    assert keep(browser).status_code == 302
    write(browser, to=HIM, subject="x", text="Bonjour Paul.")
    assert content_of(colleague) == f"Bonjour Paul.\n\n-- \n{FRENCH}\n"
    assert content_of(box, SpecialUse.SENT) == content_of(colleague)


def test_an_answer_has_it_below_what_is_quoted(browser: Browser, box: Box, colleague: Box) -> None:
    keep(browser)
    message = box.put(LETTER.replace(b"anais.petit@", b"paul.roux@"))
    write(browser, path=f"/courrier/ecrire?message={message}&genre=repondre")
    before, mark, after = content_of(colleague).partition("\n-- \n")
    assert "> la réunion est à 14 h." in before
    assert (mark, after) == ("\n-- \n", f"{FRENCH}\n")


def test_a_letter_leaves_without_it_when_its_writer_says_so(browser: Browser, box: Box, colleague: Box) -> None:
    keep(browser)
    write(browser, to=HIM, subject="x", text="Sans façon.", signature="aucune")
    assert content_of(colleague) == "Sans façon.\n"


def test_each_writer_begins_with_the_signature_of_their_language(browser: Browser, box: Box, colleague: Box) -> None:
    keep(browser, en=ENGLISH)
    assert fields(text_of(browser.get("/courrier/ecrire")))["signature"] == "fr"
    set_language(box.person.id, "en")
    assert fields(text_of(browser.get("/courrier/ecrire")))["signature"] == "en"
    write(browser, to=HIM, subject="x", text="Hello.")
    assert content_of(colleague).endswith(f"-- \n{ENGLISH}\n")


def test_a_draft_keeps_the_choice_and_is_signed_once(browser: Browser, box: Box, colleague: Box) -> None:
    keep(browser, en=ENGLISH)
    _status, where = write(browser, "enregistrer", to=HIM, subject="x", text="À suivre.", signature="en")
    assert content_of(box, SpecialUse.DRAFTS) == "À suivre.\n"
    begun = fields(text_of(browser.get(where)))
    assert (begun["text"], begun["signature"]) == ("À suivre.", "en")
    write(browser, path=where)
    assert content_of(colleague) == f"À suivre.\n\n-- \n{ENGLISH}\n"
    assert "x-corneille-signature" not in read(colleague)


def test_a_draft_of_another_program_is_not_signed_a_second_time(browser: Browser, box: Box) -> None:
    keep(browser)
    draft = box.put(LETTER, box.use(SpecialUse.DRAFTS).name)
    assert fields(text_of(browser.get(f"/courrier/ecrire?brouillon={draft}")))["signature"] == "aucune"


def test_links_to_documents_stand_above_it(browser: Browser, box: Box, colleague: Box) -> None:
    keep(browser)
    file = SimpleUploadedFile("plan.txt", b"plan", "text/plain")
    write(browser, to=HIM, subject="x", text="Voici.", files=file, liens="1")
    before, _mark, after = content_of(colleague).partition("\n-- \n")
    assert "plan.txt" in before
    assert after == f"{FRENCH}\n"


def test_the_mark_that_people_type_above_it_is_not_doubled(browser: Browser, box: Box, colleague: Box) -> None:
    keep(browser, fr="-- \r\nClaire\r\n\r\n")
    write(browser, to=HIM, subject="x", text="Oui.")
    assert content_of(colleague) == "Oui.\n\n-- \nClaire\n"


def test_markup_in_it_is_text(browser: Browser, box: Box) -> None:
    keep(browser, fr="<b onclick=alert(1)>Claire</b>")
    page = text_of(browser.get("/courrier/ecrire"))
    assert "&lt;b onclick" in page
    assert "<b onclick" not in page


def test_what_is_too_long_is_refused_with_the_limit_and_not_lost(
    browser: Browser, box: Box, ground: Ground
) -> None:
    assert "12 lignes au plus" in text_of(keep(browser, fr="\n".join("abcdefghijklm")))
    settings.load(None, {}, ground={"data": str(ground.data)}, mail={"signature_chars_count": 20})
    page = text_of(keep(browser, fr="Vingt-deux caractères."))
    assert "20 caractères au plus" in page
    assert "Vingt-deux caractères.</textarea>" in page
    assert "signature-fr" not in text_of(browser.get("/courrier/ecrire"))


def test_emptied_it_is_gone_and_the_letter_offers_to_write_one(browser: Browser, box: Box) -> None:
    keep(browser)
    keep(browser, fr=" \n ")
    page = text_of(browser.get("/courrier/ecrire"))
    assert "signature-fr" not in page
    assert 'href="/courrier/signature"' in page


def test_it_is_a_first_step_of_those_who_have_mail(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    assert "Écrire votre signature" not in text_of(browser.get("/premiers-pas"))
    create_mail_account(teacher.id, quota_bytes=50_000_000)
    page = text_of(browser.get("/premiers-pas"))
    assert "Écrire votre signature" in page
    left = page.split(" choses")[0].rsplit(maxsplit=1)[-1]
    keep(browser)
    assert f"{int(left.rpartition('>')[2]) - 1} chose" in text_of(browser.get("/premiers-pas"))
