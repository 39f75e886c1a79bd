"""curl reads and sends with an access token that its owner gave it from a browser."""

import importlib
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from corneille.doors.imap import capability
from corneille.people.find import Person
from corneille.run.ground import Ground
from tests.doors.causes.scene import Scene, make_scene
from tests.doors.web.conftest import browser, teacher
from tests.peers.program import run
from tests.sso.program import Program, register
from tests.transport.school import letter

__all__ = ["browser", "teacher"]

greet = importlib.import_module("corneille.doors.smtp.commands.greet")
"""The module: its room gives the name to the function."""
pytestmark = pytest.mark.slow


@pytest.fixture
def scene(teacher: Person, ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with ExitStack() as held:
        yield make_scene(teacher, ground.data, monkeypatch, held)


@pytest.fixture
def given(scene: Scene) -> dict[str, Any]:
    register()
    return Program(scene.owner).be_let_in()


def curl(
    scene: Scene, door: str, token: str, mechanism: str, *options: str, folder: Path
) -> tuple[int, str]:
    scheme = {"imap": "imaps", "submission": "smtps"}[door]
    command = [
        "curl", "--verbose", "--ipv4", "--ssl-reqd", "--cacert", str(scene.data / "tls" / "ca.pem"),
        "--user", scene.identifier, "--oauth2-bearer", token, "--url", f"{scheme}://localhost:{scene.port(door)}/", *options,
    ]  # fmt: skip
    for room in (capability, greet):  # curl 7.88 takes OAUTHBEARER wherever it is announced
        scene.monkeypatch.setattr(room, "MECHANISMS", (mechanism,))
    done = run(command, folder=folder)
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("mechanism", ["OAUTHBEARER", "XOAUTH2"])
def test_curl_sends_and_reads_with_a_token(
    scene: Scene, given: dict[str, Any], tmp_path: Path, mechanism: str
) -> None:
    address = str(scene.claire.principal_address)
    (tmp_path / "letter.eml").write_bytes(letter(sender=address, subject="Par jeton"))
    code, told = curl(
        scene, "submission", given["access_token"], mechanism, "--mail-from", address, "--mail-rcpt", address,
        "--upload-file", "letter.eml", folder=tmp_path,
    )  # fmt: skip
    assert code == 0, told
    assert f"AUTH {mechanism}" in told, told
    code, told = curl(
        scene, "imap", given["access_token"], mechanism, "--request", "EXAMINE INBOX", folder=tmp_path
    )
    assert code == 0, told
    assert f"AUTHENTICATE {mechanism}" in told, told


@pytest.mark.parametrize("mechanism", ["OAUTHBEARER", "XOAUTH2"])
@pytest.mark.parametrize("door", ["imap", "submission"])
def test_curl_is_told_why_it_was_refused_and_where_that_is_explained(
    scene: Scene, given: dict[str, Any], tmp_path: Path, door: str, mechanism: str
) -> None:
    address = str(scene.claire.principal_address)
    (tmp_path / "letter.eml").write_bytes(letter(sender=address))
    sending = ["--mail-from", address, "--mail-rcpt", address, "--upload-file", "letter.eml"]
    options = sending if door == "submission" else []
    code, told = curl(scene, door, "unknown", mechanism, *options, folder=tmp_path)
    assert code == 67, told  # login denied
    if mechanism == "OAUTHBEARER":  # of XOAUTH2, curl leaves at the mechanism's own refusal
        assert re.search(r"AUTH-\w{4}-\w{4} https://localhost/depannage/AUTH-\w{4}-\w{4}", told), told
