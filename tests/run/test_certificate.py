import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from corneille.doors.frame.tls_settings import Tls
from corneille.kernel.settings import SettingsRefused
from corneille.run.certificate import find_certificate

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_the_authority_made_here_vouches_for_the_server(tmp_path: Path) -> None:
    made = find_certificate(Tls(), tmp_path, "localhost", datetime.now(UTC))
    assert made.authority is not None
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(made.chain, made.key)
    client = ssl.create_default_context(cafile=str(made.authority))
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    there = server.wrap_bio(to_server, to_client, server_side=True)
    here = client.wrap_bio(to_client, to_server, server_hostname="localhost")
    for _ in range(4):
        for side in (here, there):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    assert here.version() in {"TLSv1.2", "TLSv1.3"}


def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    made = find_certificate(Tls(), tmp_path, "localhost", NOW)
    assert made.key.stat().st_mode & 0o777 == 0o600


def test_a_certificate_is_kept_while_it_is_fresh_and_made_again_before_it_ends(tmp_path: Path) -> None:
    first = find_certificate(Tls(), tmp_path, "localhost", NOW).chain.read_bytes()
    assert find_certificate(Tls(), tmp_path, "localhost", NOW + timedelta(days=300)).chain.read_bytes() == first
    assert find_certificate(Tls(), tmp_path, "localhost", NOW + timedelta(days=370)).chain.read_bytes() != first


def test_another_host_name_gets_another_certificate(tmp_path: Path) -> None:
    first = find_certificate(Tls(), tmp_path, "localhost", NOW).chain.read_bytes()
    assert find_certificate(Tls(), tmp_path, "mail.ac-demonstration.test", NOW).chain.read_bytes() != first


def test_it_bears_the_names_under_which_mail_programs_look(tmp_path: Path) -> None:
    plain = find_certificate(Tls(), tmp_path, "localhost", NOW).chain.read_bytes()
    made = find_certificate(Tls(), tmp_path, "localhost", NOW, domain="ac-demonstration.test").chain.read_bytes()
    assert made != plain
    names = x509.load_pem_x509_certificates(made)[0].extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "autoconfig.ac-demonstration.test" in names.get_values_for_type(x509.DNSName)


def test_a_certificate_without_its_key_is_refused() -> None:
    with pytest.raises(SettingsRefused, match="go together"):
        Tls(certificate="/etc/chain.pem").check()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match=r"absent\.pem: no such file"):
        find_certificate(Tls(str(tmp_path / "absent.pem"), str(tmp_path / "key.pem")), tmp_path, "localhost", NOW)


def test_further_certificates_are_two_paths_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="wants CHAIN=KEY"):
        Tls(more=("/etc/chain.pem",)).check()
    made = find_certificate(Tls(), tmp_path, "localhost", NOW)
    more = Tls(more=(f"{made.chain}={made.key}",))
    more.check()
    assert find_certificate(more, tmp_path, "localhost", NOW).list_chains() == [made.chain, made.chain]
    with pytest.raises(SettingsRefused, match=r"absent\.pem: no such file"):
        find_certificate(Tls(more=(f"{made.chain}={tmp_path / 'absent.pem'}",)), tmp_path, "localhost", NOW)
