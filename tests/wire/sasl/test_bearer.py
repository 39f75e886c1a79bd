"""OAUTHBEARER and XOAUTH2: what programs send, and what a refused one is told."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.sasl.bearer import format_failure, parse_oauthbearer, parse_xoauth2
from corneille.wire.sasl.credentials import Bearer, Credentials, SaslRefused
from corneille.wire.sasl.exchange import Exchange

TOKEN = "vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg=="
AUTH = b"auth=Bearer " + TOKEN.encode() + b"\x01\x01"


@pytest.mark.parametrize(
    ("message", "identifier"),
    [
        (b"n,a=user@example.com,\x01host=server.example.com\x01port=143\x01" + AUTH, "user@example.com"),  # RFC 7628 §4.1
        (b"n,,\x01" + AUTH, ""),
        (b"n,a=a=2Cb=3Dc,\x01" + AUTH, "a,b=c"),
        (b"y,a=\xc3\xa9lodie,\x01" + AUTH.replace(b"Bearer", b"bearer"), "élodie"),
    ],
)
def test_oauthbearer_gives_the_token_and_whose_it_is(message: bytes, identifier: str) -> None:
    assert parse_oauthbearer(message) == Bearer(identifier, TOKEN)


def test_xoauth2_gives_the_token_and_whose_it_is() -> None:
    assert parse_xoauth2(b"user=someuser@example.com\x01" + AUTH) == Bearer("someuser@example.com", TOKEN)


@pytest.mark.parametrize(
    "wrong",
    [
        b"", b"\x01", b"n,a=x,", b"n,a=x,\x01\x01", b"p=tls-unique,,\x01" + AUTH, b"n,a=x\x01" + AUTH,
        b"n,a=a=b,\x01" + AUTH, b"n,,\x01auth=Basic eA==\x01\x01", b"n,,\x01auth=Bearer \x01\x01", b"n,,\x01" + AUTH[:-1],
        b"n,,\x01auth=Bearer a\x01" + AUTH, b"n,a=\xff,\x01" + AUTH, b"n,a=a\0b,\x01" + AUTH,
        b"n,,\x01auth=Bearer " + b"x" * 5000 + b"\x01\x01",
    ],
)  # fmt: skip
def test_an_oauthbearer_message_that_makes_no_sense_is_refused(wrong: bytes) -> None:
    with pytest.raises(SaslRefused):
        parse_oauthbearer(wrong)


@pytest.mark.parametrize("wrong", [b"", b"user=\x01" + AUTH, b"a=x\x01" + AUTH, b"user=x\x01\x01", b"user=x" + AUTH])
def test_an_xoauth2_message_that_makes_no_sense_is_refused(wrong: bytes) -> None:
    with pytest.raises(SaslRefused):
        parse_xoauth2(wrong)


@given(st.binary(max_size=80))
def test_whatever_comes_is_a_token_or_a_refusal(raw: bytes) -> None:
    for mechanism in ("OAUTHBEARER", "XOAUTH2"):
        try:
            given = Exchange(mechanism).answer(raw)
        except SaslRefused:
            continue
        assert isinstance(given, Bearer)


def test_the_program_is_told_how_to_get_another_token() -> None:
    told = json.loads(format_failure("OAUTHBEARER", "invalid_token", "mail", "https://x.example/.well-known/openid-configuration"))
    assert told == {
        "status": "invalid_token", "scope": "mail",
        "openid-configuration": "https://x.example/.well-known/openid-configuration",
    }  # fmt: skip
    assert json.loads(format_failure("XOAUTH2", "invalid_token", "mail", "x"))["status"] == "401"


def test_no_repr_shows_a_token() -> None:
    assert TOKEN not in repr(Bearer("a", TOKEN))
    assert Credentials("a", "b") == Exchange("PLAIN").answer(b"\0a\0b")
