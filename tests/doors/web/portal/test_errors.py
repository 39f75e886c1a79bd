"""When our own code fails, the person gets a number and the log gets the stack under it."""

import logging
import re

import pytest

from corneille.doors.web.portal import information
from corneille.kernel.refusal import Busy
from tests.doors.web.conftest import Browser, text_of


def test_a_fault_gets_an_incident_number_that_the_log_has_too(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the reason stays here")

    monkeypatch.setattr(information, "render", broken)
    with caplog.at_level(logging.ERROR):
        response = browser.get("/accessibilite")
    assert response.status_code == 500
    found = re.search(r"INC-[0-9A-Z]{8}", text_of(response))
    assert found is not None
    assert "the reason" not in text_of(response)
    record = next(each for each in caplog.records if found[0] in each.getMessage())
    assert record.exc_info is not None
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_temporary_refusal_is_answered_503(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise Busy

    monkeypatch.setattr(information, "render", busy)
    response = browser.get("/accessibilite")
    assert response.status_code == 503
    assert "très sollicité" in text_of(response)
