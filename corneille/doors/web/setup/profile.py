"""The profile that sets up mail and calendars on an iPhone, an iPad or a Mac; it holds no password."""

from pathlib import Path

from cryptography import x509
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


@require_safe
@never_cache
@signed_in
def profile(request: HttpRequest) -> HttpResponseBase:
    """For whoever is signed in; signed by the certificate of the doors where the operator has named one."""
    person = person_of(request)
    assert person is not None
    content = format_profile(read_offer(), Owner(person.display_name, person.principal_address))
    if of(Tls).certificate:
        content = sign(content, Path(of(Tls).certificate), Path(of(Tls).key))
    answer = HttpResponse(content, content_type="application/x-apple-aspen-config")
    answer.headers["Content-Disposition"] = 'attachment; filename="messagerie.mobileconfig"'
    return answer


def sign(content: bytes, chain: Path, key: Path) -> bytes:
    """CMS, DER, with the content and the chain within: Apple's programs then show « Verified » (« Vérifié »)."""
    own, *others = x509.load_pem_x509_certificates(chain.read_bytes())
    private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    assert isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)  # what TLS takes here
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(own, private, hashes.SHA256())
    for each in others:
        builder = builder.add_certificate(each)
    return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
