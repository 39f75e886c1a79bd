"""The profile that sets up mail and calendars on an iPhone, an iPad or a Mac; it holds no password."""

import logging
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corneille.access.offer import read_offer
from corneille.doors.frame.tls_settings import Tls
from corneille.doors.web.person import person_of, signed_in
from corneille.kernel.settings import of
from corneille.wire.autoconfig.offer import Owner
from corneille.wire.autoconfig.profile import format_profile

log = logging.getLogger("corneille.web")


@require_safe
@never_cache
@signed_in
def profile(request: HttpRequest) -> HttpResponseBase:
    """For whoever is signed in; signed by the certificate of the doors where the operator has named one."""
    person = person_of(request)
    assert person is not None
    content = format_profile(read_offer(), Owner(person.display_name, person.principal_address))
    answer = HttpResponse(sign_as(of(Tls), content), content_type="application/x-apple-aspen-config")
    answer.headers["Content-Disposition"] = 'attachment; filename="messagerie.mobileconfig"'
    return answer


def sign_as(tls: Tls, content: bytes) -> bytes:
    """Signed by the operator's certificate; as it is where there is none, or while its files do not serve."""
    if not tls.certificate:
        return content
    try:
        return sign(content, Path(tls.certificate), Path(tls.key))
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):  # a renewal writes two files, one after the other
        log.exception("[tls] certificate and key do not sign profiles (RSA or EC without a passphrase would): sent unsigned")
        return content


def sign(content: bytes, chain: Path, key: Path) -> bytes:
    """CMS, DER, with the content and the chain within: Apple's programs then show « Verified » (« Vérifié »).

    Raises OSError, ValueError, TypeError, UnsupportedAlgorithm: the files are not there, or not of one pair that signs.
    """
    own, *others = x509.load_pem_x509_certificates(chain.read_bytes())
    private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError(f"{key}: neither RSA nor EC")
    if own.public_key() != private.public_key():
        raise ValueError(f"{key} is not the key of {chain}")
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(own, private, hashes.SHA256())
    for each in others:
        builder = builder.add_certificate(each)
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
