"""SASL, the server's side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.sasl.base64 import NotBase64, decode_base64, encode_base64
from corneille.wire.sasl.credentials import Credentials, SaslRefused
from corneille.wire.sasl.exchange import Exchange
from corneille.wire.sasl.plain import parse_plain


@given(st.binary(max_size=200))
def test_base64_comes_back_as_it_went(raw: bytes) -> None:
    assert decode_base64(encode_base64(raw)) == raw


@pytest.mark.parametrize(
    "wrong", [b"A", b"AAA", b"AA=A", b"AAAA=", b"A AA", b"====", b"AAAA\n", b"\xc3\xa9==", b"A" * 12292]
)
def test_what_is_not_base64_is_refused(wrong: bytes) -> None:
    with pytest.raises(NotBase64):
        decode_base64(wrong)


def test_an_equal_sign_alone_is_the_empty_response() -> None:
    assert decode_base64(b"=") == b""


def test_plain_gives_identifier_and_secret() -> None:
    assert parse_plain(b"\0mmartin2\0mot de passe \xc3\xa9") == Credentials("mmartin2", "mot de passe é")


def test_acting_as_oneself_is_acting_as_nobody_else() -> None:
    assert parse_plain(b"mmartin\0mmartin\0x").authorization == ""
    assert parse_plain(b"chef\0mmartin\0x").authorization == "chef"


@pytest.mark.parametrize("wrong", [b"", b"a\0b", b"a\0b\0c\0d", b"\0\0x", b"\0a\0", b"\0\xff\0x"])
def test_plain_that_makes_no_sense_is_refused(wrong: bytes) -> None:
    with pytest.raises(SaslRefused):
        parse_plain(wrong)


def test_login_asks_for_the_identifier_then_for_the_password() -> None:
    exchange = Exchange("login")
    assert exchange.challenge == b"Username:"
    assert exchange.answer(b"mmartin") is None
    assert exchange.challenge == b"Password:"
    assert exchange.answer(b"secret") == Credentials("mmartin", "secret")


def test_another_mechanism_is_refused() -> None:
    with pytest.raises(SaslRefused):
        Exchange("CRAM-MD5")


def test_no_repr_shows_a_secret() -> None:
    exchange = Exchange("LOGIN")
    exchange.answer(b"mmartin")
    assert "s3cret" not in repr(Credentials("a", "s3cret"))
    assert "mmartin" not in repr(exchange)
