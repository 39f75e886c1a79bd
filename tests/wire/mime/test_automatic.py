"""What a program wrote by itself, and what a person did."""

import pytest

from corneille.wire.mime.automatic import is_automatic
from corneille.wire.mime.header import Headers


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (b"Auto-Submitted: auto-replied", True),
        (b"Auto-Submitted: Auto-Generated; owner-email=x@y.example", True),
        (b"Auto-Submitted: no", False),
        (b"Auto-Submitted: No (by hand)", True),  # no known writer; what is not "no" is automatic (RFC 3834 \xc2\xa75.2)
        (b"X-Autoreply: yes", True),
        (b"X-Autorespond: Absence", True),
        (b"Precedence: bulk", True),
        (b"Precedence: auto_reply", True),
        (b"Precedence: list", False),
        (b"Content-Type: multipart/report; report-type=disposition-notification; boundary=x", True),
        (b"Content-Type: multipart/mixed; boundary=x", False),
        ("Subject: Réponse automatique: Sortie".encode(), False),  # a person may write so
        (b"X-Auto-Response-Suppress: All", False),  # Exchange says it of letters that people wrote
    ],
)
def test_what_a_program_wrote_by_itself(field: bytes, *, expected: bool) -> None:
    headers = Headers(b"From: a@b.example\r\n" + field + b"\r\n\r\n")
    assert is_automatic(headers) is expected
