"""The profile for iPhone, iPad and Mac."""

import plistlib
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from corneille.doors.frame.tls_settings import Tls
from corneille.doors.web.setup.profile import sign
from corneille.people.find import Person
from corneille.run.certificate import find_certificate
from tests.doors.web.conftest import PASSWORD, Browser


def test_the_profile_is_of_whoever_is_signed_in(browser: Browser, teacher: Person) -> None:
    path = "/configurer/profil.mobileconfig"
    assert browser.get(path).headers["Location"].startswith("/connexion")
    browser.sign_in(teacher.identifier)
    answer = browser.get(path)
    assert answer.headers["Content-Type"] == "application/x-apple-aspen-config"
    assert plistlib.loads(answer.content)["PayloadContent"][0]["EmailAddress"] == teacher.principal_address
    assert PASSWORD.encode() not in answer.content


def test_a_signed_profile_is_verified_by_another_program(tmp_path: Path) -> None:
    made = find_certificate(Tls(), tmp_path, "localhost", datetime.now(UTC))
    assert made.authority is not None
    signed = tmp_path / "signed.der"
    signed.write_bytes(sign(b"<plist/>", made.chain, made.key))
    trusted = ["-CAfile", str(made.authority), "-purpose", "any"]
    command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", str(signed), *trusted]
    verified = subprocess.run(command, capture_output=True, check=True)
    assert verified.stdout == b"<plist/>"
