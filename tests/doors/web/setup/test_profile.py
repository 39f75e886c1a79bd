"""The profile for iPhone, iPad and Mac."""

import plistlib
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from corneille.doors.frame.tls_settings import Tls
from corneille.doors.web.setup.profile import sign, sign_as
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


def made_ed25519() -> bytes:
    return write_key(ed25519.Ed25519PrivateKey.generate(), serialization.NoEncryption())


def made_with_passphrase() -> bytes:
    return write_key(ec.generate_private_key(ec.SECP256R1()), serialization.BestAvailableEncryption(b"x"))


def made_for_another() -> bytes:
    return write_key(ec.generate_private_key(ec.SECP256R1()), serialization.NoEncryption())


def write_key(
    key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey, seal: serialization.KeySerializationEncryption
) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, seal)


@pytest.mark.parametrize("make", [made_ed25519, made_with_passphrase, made_for_another, bytes, None])
def test_a_profile_is_sent_unsigned_while_the_key_does_not_serve(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, make: Callable[[], bytes] | None
) -> None:
    made, key = find_certificate(Tls(), tmp_path, "localhost", datetime.now(UTC)), tmp_path / "other.pem"
    assert sign_as(Tls(str(made.chain), str(made.key)), b"<plist/>") != b"<plist/>"
    if make is not None:
        key.write_bytes(make())
    assert sign_as(Tls(str(made.chain), str(key)), b"<plist/>") == b"<plist/>"
    assert "sent unsigned" in caplog.text
