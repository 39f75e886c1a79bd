"""Messages whose binary parts are written in base64."""

from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.mime.encode_binary import encode_binary
from corneille.wire.mime.scan import scan
from corneille.wire.mime.section import decode_body, find_part

HEAD = b"Content-Type: multipart/mixed; boundary=x\r\nContent-Transfer-Encoding: binary\r\n\r\n--x\r\n\r\ntext\r\n--x\r\n"
KIND = b"Content-Type: image/png\r\nContent-Transfer-Encoding: BINARY\r\nContent-ID: <a>\r\n\r\n"


def test_only_the_part_with_a_nul_changes() -> None:
    written = encode_binary(HEAD + KIND + b"\x89\x00\r\n--x\r\n" + KIND + b"\x89\x01\r\n--x--\r\nend")
    assert written == (
        HEAD + b"Content-Type: image/png\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: base64\r\n\r\niQA=\r\n\r\n--x\r\n"
        + KIND + b"\x89\x01\r\n--x--\r\nend"
    )


def test_what_has_no_nul_or_says_that_it_is_encoded_stays() -> None:
    for content in (HEAD + KIND + b"a\r\n--x--", b"Content-Transfer-Encoding: base64\r\n\r\nAA\x00==", b"A: \x00b\r\n\r\nc"):
        assert encode_binary(content) == content


@given(st.binary())
def test_the_octets_of_the_part_are_the_same(body: bytes) -> None:
    content = b"A: b\r\n\r\n" + body + b"\0"
    written = encode_binary(content)
    part = find_part(scan(written), (1,))
    assert part is not None
    assert decode_body(written, part) == body + b"\0"
    assert b"\0" not in written
