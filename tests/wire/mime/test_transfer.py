"""Base64 undone piece by piece is what it is undone whole."""

import base64

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corneille.wire.mime import transfer
from corneille.wire.mime.transfer import decode_base64

TEXTS = st.text(alphabet="ABCabc019+/-_=\r\n !é", max_size=60).map(str.encode)


@pytest.mark.parametrize("at_once_bytes", [1, 2, 3, 5, 8])
@given(text=TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pieces_of_any_length_are_the_same(monkeypatch: pytest.MonkeyPatch, at_once_bytes: int, text: bytes) -> None:
    whole = decode_base64(text)
    with monkeypatch.context() as patch:
        patch.setattr(transfer, "AT_ONCE_BYTES", at_once_bytes)
        assert decode_base64(text) == whole


@pytest.mark.parametrize("size", range(9))
def test_what_was_encoded_comes_back(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(transfer, "AT_ONCE_BYTES", 5)
    octets = bytes(range(250, 250 + min(size, 6))) + bytes(max(0, size - 6))
    encoded = base64.b64encode(octets)
    for text in (encoded, encoded.rstrip(b"="), b"\r\n".join(encoded[at : at + 4] for at in range(0, len(encoded), 4))):
        assert decode_base64(text) == octets
