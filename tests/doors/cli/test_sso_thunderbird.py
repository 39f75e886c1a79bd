import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from corneille.doors.cli import sso_thunderbird
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.kernel import clock
from corneille.run.ground import Ground
from corneille.sso.client import add_client
from tests.sso.program import THUNDERBIRD


@pytest.mark.parametrize(("scopes", "is_written"), [(("openid", "mail"), True), (("openid", "email"), False)])
def test_the_extension_is_for_a_program_that_may_read_mail(
    ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scopes: tuple[str, ...], is_written: bool
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    add_client(replace(THUNDERBIRD, scopes=scopes), clock.now(), by="cli")
    out, parser = tmp_path / "extension.xpi", argparse.ArgumentParser()
    sso_thunderbird.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["thunderbird", "thunderbird", "--host", "imap.ac-demonstration.test", "--out", str(out)])
    if is_written:
        assert arguments.handle(arguments) == DONE
    else:
        with pytest.raises(CommandRefused, match="--scope mail"):
            arguments.handle(arguments)
    assert out.exists() is is_written
