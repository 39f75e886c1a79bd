"""Whose address counts."""

import pytest
from django.test import RequestFactory

from corneille.access.familiar import Standing, find_standing
from corneille.access.inner import format_statement
from corneille.doors.web.network import network_address, warn_of_proxy
from corneille.kernel import clock, settings
from corneille.run.ground import Ground, load_settings


@pytest.mark.parametrize("forged", ["198.51.100.1", "127.0.0.1", "198.51.100.1, 10.0.0.1", ", ,", "x" * 5000])
def test_nothing_that_a_stranger_writes_is_believed(ground: Ground, forged: str) -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forged}, REMOTE_ADDR="192.0.2.1")
    assert network_address(request) == "192.0.2.1"


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", "203.0.113.9"),  # the first was written by the asker
        ("203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("", "10.0.0.1"),
        ("10.0.0.2", "10.0.0.1"),
    ],
)
def test_a_declared_proxy_is_believed_for_the_last_address_only(ground: Ground, told: str, address: str) -> None:
    load_settings(ground.data, web={"trusted_proxies": ("10.0.0.1", "10.0.0.2")})
    request = RequestFactory().get("/", headers={"X-Forwarded-For": told}, REMOTE_ADDR="10.0.0.1")
    assert network_address(request) == address
    settings.load(None)


def test_an_inner_caller_is_believed_by_its_key_and_by_nothing_else(ground: Ground) -> None:
    told = format_statement("203.0.113.9", clock.now())
    for header, address in ((told, "203.0.113.9"), (told[:-1] + "x", "127.0.0.1"), ("203.0.113.9", "127.0.0.1")):
        request = RequestFactory().get("/", headers={"Corneille-Person": header}, REMOTE_ADDR="127.0.0.1")
        assert network_address(request) == address


def test_an_inner_caller_is_familiar_once_it_has_proved_itself(ground: Ground) -> None:
    told = format_statement("203.0.113.9", clock.now())
    for header, standing in ((told[:-1] + "x", Standing.STRANGER), (told, Standing.FAMILIAR)):
        network_address(RequestFactory().get("/", headers={"Corneille-Person": header}, REMOTE_ADDR="198.18.77.1"))
        assert find_standing("198.18.77.9") is standing


@pytest.mark.parametrize(("peer", "is_told"), [("10.0.0.8", True), ("8.8.4.4", False), ("", False)])
def test_a_proxy_that_nobody_declared_is_told_to_who_runs_the_service_once(
    ground: Ground, caplog: pytest.LogCaptureFixture, peer: str, is_told: bool
) -> None:
    warn_of_proxy.cache_clear()
    for _ in range(2):
        network_address(RequestFactory().get("/", headers={"X-Forwarded-For": "198.51.100.1"}, REMOTE_ADDR=peer))
    assert [each.getMessage().split()[0] for each in caplog.records] == [peer] * is_told
