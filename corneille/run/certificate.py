"""The certificate of the doors: the operator's, or one signed by an authority made here for demonstration and tests.

The authority's key is forgotten once it has signed, so that nobody who takes the machine can sign for other names; hence
a new certificate is of a new authority, which must be given anew to all that trusted the old one.
"""

import datetime
import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from corneille.doors.frame.tls_settings import Tls
from corneille.kernel.settings import SettingsRefused
from corneille.wire.autoconfig.offer import list_looked_for

OWN_DAYS = 397
"""The longest life that browsers accept."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Paths of PEM files. `authority` signs the chain when it was made here, else it is None; `more` are further chains
    and their keys."""

    chain: Path
    key: Path
    authority: Path | None
    more: tuple[tuple[Path, Path], ...] = ()

    def list_chains(self) -> list[Path]:
        return [self.chain, *(chain for chain, _key in self.more)]


def find_certificate(tls: Tls, data: Path, host_name: str, now: datetime.datetime, *, domain: str = "") -> Certificate:
    """The operator's certificate, or our own, made anew when it is missing or has less than 30 days to live.

    domain  mail programs look for its settings under names that our own certificate then bears too
    """
    more = tuple((Path(chain), Path(key)) for chain, _equal, key in (each.rpartition("=") for each in tls.more))
    given = (Path(tls.certificate), Path(tls.key)) if tls.certificate else ()
    for path in (*given, *(path for pair in more for path in pair)):
        if not path.exists():
            raise SettingsRefused(f"[tls] {path}: no such file")
    if given:
        return Certificate(*given, None, more)
    folder = data / "tls"
    made = Certificate(folder / "chain.pem", folder / "key.pem", folder / "ca.pem", more)
    names = tuple(dict.fromkeys((host_name, "localhost", *(list_looked_for(domain) if domain else ()))))
    if not _is_fresh(made, names, now):
        folder.mkdir(exist_ok=True, mode=0o700)
        _make(made, names, now)
    return made


def _is_fresh(made: Certificate, names: tuple[str, ...], now: datetime.datetime) -> bool:
    if not (made.chain.exists() and made.key.exists() and made.authority and made.authority.exists()):
        return False
    leaf = x509.load_pem_x509_certificates(made.chain.read_bytes())[0]
    borne = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName)
    return set(names) <= set(borne) and leaf.not_valid_after_utc - now > datetime.timedelta(30)


def _make(made: Certificate, names: tuple[str, ...], now: datetime.datetime) -> None:
    assert made.authority is not None
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Corneille demonstration authority")])
    authority = (
        _builder(authority_name, authority_name, authority_key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    borne: list[x509.GeneralName] = [x509.DNSName(name) for name in names]
    borne += [x509.IPAddress(ipaddress.ip_address(address)) for address in ("127.0.0.1", "::1")]
    leaf = (
        _builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])]), authority_name, key, now, authority_key)
        .add_extension(x509.SubjectAlternativeName(borne), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    _write(
        made.key,
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )
    # The authority stands in the chain, so that a browser told to trust its key finds it there.
    _write(made.chain, leaf.public_bytes(pem) + authority.public_bytes(pem))
    _write(made.authority, authority.public_bytes(pem))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    now: datetime.datetime,
    authority_key: ec.EllipticCurvePrivateKey | None = None,
) -> x509.CertificateBuilder:
    signer = (authority_key or key).public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=OWN_DAYS - 1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
