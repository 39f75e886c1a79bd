"""A draft that saves itself: one draft however often, none left once sent, nobody else's mail, files kept."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest

from corneille.access.password import set_password
from corneille.doors.web.mail.turn import take_turn
from corneille.mail.set_quota import set_quota
from corneille.mail.values import SpecialUse
from tests.doors.web.conftest import PASSWORD, Browser, text_of
from tests.doors.web.mail.conftest import AT, Box
from tests.doors.web.mail.test_reading import ATTACHED
from tests.doors.web.mail.test_writing import HIM, ME, fields, read, write

AUTOSAVE = "/courrier/ecrire/brouillon"


def begin(browser: Browser, path: str = "/courrier/ecrire") -> dict[str, str]:
    return fields(text_of(browser.get(path)))


def save(browser: Browser, form: dict[str, str], **typed: str) -> tuple[int, dict[str, Any]]:
    answer = browser.post(AUTOSAVE, {**form, **typed}, HX_Request="true")
    return answer.status_code, json.loads(answer.content or "{}")


def test_a_stranger_is_told_to_sign_in_and_nothing_is_lost_on_the_way(browser: Browser, box: Box) -> None:
    form = begin(browser)
    browser.post("/deconnexion", {})
    assert save(browser, form, text="Bonjour")[0] == 401
    assert browser.get(AUTOSAVE).status_code == 302
    assert browser.sign_in(box.person.identifier).status_code == 302
    assert json.loads(browser.get(AUTOSAVE).content)["writer"] == form["writer"]
    assert save(browser, form, text="Bonjour")[0] == 200


def test_saved_again_and_again_it_stays_one_draft_that_a_reload_takes_up(browser: Browser, box: Box) -> None:
    form = begin(browser)
    for text in ("Un", "Un deux", "Un deux trois"):
        status, told = save(browser, form, to=HIM, subject="Essai", text=text)  # as if the first answers had been lost
        assert status == 200
        assert re.match(r"Brouillon enregistré à \d{1,2}\xa0h\xa0\d\d", told["told"])
    assert len(box.list(SpecialUse.DRAFTS)) == 1
    again = begin(browser, told["address"])
    assert (again["to"], again["subject"], again["text"].strip()) == (HIM, "Essai", "Un deux trois")
    assert again["token"] == form["token"]


def test_an_address_half_typed_does_not_cost_the_others(browser: Browser, box: Box) -> None:
    _, told = save(browser, begin(browser), to=f"{HIM}, paul.ro", text="x")
    assert begin(browser, told["address"])["to"] == HIM


def test_a_text_that_is_too_long_does_not_replace_what_is_saved(browser: Browser, box: Box) -> None:
    form = begin(browser)
    save(browser, form, text="Ce qui compte")
    status, told = save(browser, form, text="x" * 500_001)
    assert status == 422
    assert told["told"]
    assert "Ce qui compte" in read(box, SpecialUse.DRAFTS).get_content()


def test_files_stay_and_their_ticks_still_mean_the_same(browser: Browser, box: Box, colleague: Box) -> None:
    message = box.put(ATTACHED)
    page = text_of(browser.get(f"/courrier/ecrire?message={message}&genre=transferer"))
    kept = re.findall(r'name="garder" value="([^"]+)"', page)
    form = {**fields(page), "to": HIM}
    save(browser, form)
    assert len(list(read(box, SpecialUse.DRAFTS).iter_attachments())) == len(kept) == 2
    # The page does not know of the draft, and still holds the ticks of the message that is sent on.
    sent = {**form, "action": "envoyer", "garder": kept[1:]}
    assert browser.post("/courrier/ecrire", cast(dict[str, str], sent)).status_code == 302
    names = [each.get_filename() for each in read(colleague).iter_attachments()]
    assert len(names) == 1
    assert box.list(SpecialUse.DRAFTS) == []


def test_a_draft_saved_by_itself_goes_when_sent_or_thrown_away(browser: Browser, box: Box, colleague: Box) -> None:
    for action, count in (("envoyer", 1), ("jeter", 1)):
        form = {**begin(browser), "to": HIM, "text": "y"}
        save(browser, form)
        assert browser.post("/courrier/ecrire", {**form, "action": action}).status_code == 302
        assert box.list(SpecialUse.DRAFTS) == []
        assert len(colleague.list()) == count


def test_what_saves_itself_after_the_letter_was_sent_leaves_no_draft(browser: Browser, box: Box, colleague: Box) -> None:
    form = {**begin(browser), "to": HIM, "text": "y"}
    assert browser.post("/courrier/ecrire", {**form, "action": "envoyer"}).status_code == 302
    status, told = save(browser, form)
    assert status == 409
    assert "est parti" in told["told"]
    assert box.list(SpecialUse.DRAFTS) == []


def test_text_is_not_saved_in_the_mail_of_whoever_signed_in_since(browser: Browser, box: Box, colleague: Box) -> None:
    form = begin(browser)
    browser.post("/deconnexion", {})
    set_password(colleague.person.id, PASSWORD + "-deux", AT)
    assert browser.sign_in(colleague.person.identifier, PASSWORD + "-deux").status_code == 302
    status, told = save(browser, form, text="Secret")
    assert status == 409
    assert "Quelqu’un d’autre" in told["told"]
    assert colleague.list(SpecialUse.DRAFTS) == []


def test_a_full_mail_is_said_and_the_older_draft_stays(browser: Browser, box: Box) -> None:
    form = begin(browser)
    save(browser, form, text="Premier")
    set_quota(box.person.id, 1000, AT, actor="test")
    status, told = save(browser, form, text="Second " * 1000)
    assert status == 409
    assert "pleine" in told["told"]
    assert "Premier" in read(box, SpecialUse.DRAFTS).get_content()


def test_a_letter_without_a_name_is_not_saved_by_itself(browser: Browser, box: Box) -> None:
    assert save(browser, begin(browser), token="", text="x")[0] == 400


def test_an_older_address_of_a_draft_leads_to_the_drafts(browser: Browser, box: Box) -> None:
    form = begin(browser)
    _, first = save(browser, form, text="Un")
    save(browser, form, text="Deux")
    answer = browser.get(first["address"])
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/courrier/{box.use(SpecialUse.DRAFTS).id}/"


def test_the_same_letter_waits_for_its_turn_and_others_do_not() -> None:
    order: list[str] = []
    with ThreadPoolExecutor(1) as other:
        with take_turn("a"):
            waiting = other.submit(lambda: _enter("a", order))
            with take_turn("b"), pytest.raises(TimeoutError):
                waiting.result(timeout=0.05)
            order.append("first")
        waiting.result(timeout=5)
    assert order == ["first", "a"]


def _enter(token: str, order: list[str]) -> None:
    with take_turn(token):
        order.append(token)


def test_without_scripts_the_button_saves_as_before(browser: Browser, box: Box) -> None:
    status, there = write(browser, "enregistrer", to=HIM, text="Début")
    assert status == 302
    assert begin(browser, there)["sender"] == ME
    assert len(box.list(SpecialUse.DRAFTS)) == 1
