import argparse

import pytest

from corneille.access.program_settings import Programs
from corneille.doors.cli.dns import show_records
from corneille.doors.cli.outcome import DONE_PARTLY
from corneille.kernel import clock
from corneille.kernel.settings import Ground as Settings
from corneille.kernel.settings import of
from corneille.people.add import add_domain
from corneille.run.ground import Ground


def test_records_are_printed_for_each_domain_and_what_is_still_local_is_said(
    ground: Ground, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    for number, domain in enumerate(("ac-demonstration.test", "ac-rouen.test")):
        add_domain(domain, principal=not number, now=clock.now())
    assert show_records(argparse.Namespace()) == DONE_PARTLY
    told = capsys.readouterr()
    for domain in ("ac-demonstration.test", "ac-rouen.test"):
        assert f"_imaps._tcp.{domain}.\tIN\tSRV\t0 1 {Programs().imap_tls_port} localhost." in told.out
    assert "[programs] imap_host is still localhost" in told.err


def test_names_of_other_domains_are_said_to_need_settings_of_their_own(
    ground: Ground, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr("corneille.access.offer.portal_address", lambda: "https://portail.example")
    own = of(Settings).domain
    for number, domain in enumerate((own, "ac-rouen.test")):
        add_domain(domain, principal=not number, now=clock.now())
    show_records(argparse.Namespace())
    told = capsys.readouterr()
    assert f"autoconfig.{own}." in told.out
    assert "autoconfig.ac-rouen.test, autodiscover.ac-rouen.test: answered only where [web] other_host_names" in told.err
    assert f"autoconfig.{own}" not in told.err
