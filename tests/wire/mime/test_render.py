"""ENVELOPE, BODY and BODYSTRUCTURE: what an IMAP client reads. Expected texts are what Dovecot 2.3.19 answers, where it
is not said otherwise."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.mime.envelope import format_addresses, format_envelope
from corneille.wire.mime.imap_text import format_string
from corneille.wire.mime.scan import scan
from corneille.wire.mime.structure import format_body, format_bodystructure
from tests.corpus.malformed import MALFORMED
from tests.corpus.wellformed import WELLFORMED

_LITERAL = re.compile(rb"\{(\d+)\}\r\n")
_QUOTED = re.compile(rb'"(?:[^"\\\r\n\0\x80-\xff]|\\["\\])*"')
_ATOM = re.compile(rb"NIL|\d+")


def read(text: bytes) -> object:
    """The nested lists of one IMAP value; fails on anything that the grammar of RFC 9051 §9 does not allow."""
    stack: list[list[object]] = [[]]
    place = 0
    while place < len(text):
        octet = text[place : place + 1]
        if octet == b"(":
            stack.append([])
            place += 1
        elif octet == b")":
            inner = stack.pop()
            stack[-1].append(inner)
            place += 1
        elif octet == b" ":
            place += 1
        elif found := _LITERAL.match(text, place):
            place = found.end() + int(found[1])
            value = text[found.end() : place]
            assert len(value) == int(found[1])
            assert b"\0" not in value
            stack[-1].append(value)
        elif found := _QUOTED.match(text, place):
            stack[-1].append(re.sub(rb"\\(.)", rb"\1", found[0][1:-1]))
            place = found.end()
        else:
            found = _ATOM.match(text, place)
            assert found is not None, text[place : place + 40]
            stack[-1].append(None if found[0] == b"NIL" else int(found[0]))
            place = found.end()
    assert len(stack) == 1
    assert len(stack[0]) == 1
    return stack[0][0]


def check_rendering(content: bytes) -> None:
    part = scan(content)
    envelope = read(format_envelope(content, part))
    assert isinstance(envelope, list)
    assert len(envelope) == 10
    assert isinstance(read(format_body(content, part)), list)
    assert isinstance(read(format_bodystructure(content, part)), list)


@pytest.mark.parametrize("name", [*MALFORMED, *WELLFORMED])
def test_every_message_of_the_corpora_renders_as_good_imap(name: str) -> None:
    check_rendering((MALFORMED | WELLFORMED)[name])


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_any_header_renders_as_good_imap(address: bytes, kind: bytes) -> None:
    check_rendering(b"From: " + address + b"\r\nContent-Type: " + kind + b"\r\nContent-Disposition: " + kind + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"", b"NIL"),
        (b"a@b.example", b'((NIL NIL "a" "b.example"))'),
        (b"Anne Petit <anne@b.example>", b'(("Anne Petit" NIL "anne" "b.example"))'),
        (b'"Petit, Anne" <anne@b.example>', b'(("Petit, Anne" NIL "anne" "b.example"))'),
        (b"anne@b.example (Anne)", b'(("Anne" NIL "anne" "b.example"))'),
        (b'"Anne \\"Nana\\" P." <a@b.example>', b'(("Anne \\"Nana\\" P." NIL "a" "b.example"))'),
        (b"Profs: a@b.example, Bob <c@d.example>;, e@f.example",
         b'((NIL NIL "Profs" NIL)(NIL NIL "a" "b.example")("Bob" NIL "c" "d.example")(NIL NIL NIL NIL)'
         b'(NIL NIL "e" "f.example"))'),
        (b"undisclosed-recipients:;", b'((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL))'),
        (b"<@r.example,@s.example:a@b.example>", b'((NIL "@r.example,@s.example" "a" "b.example"))'),
        (b'"deux mots"@b.example', b'((NIL NIL "deux mots" "b.example"))'),
        (b"root@[127.0.0.1]", b'((NIL NIL "root" "[127.0.0.1]"))'),
        (b"john . doe @ b . example", b'((NIL NIL "john.doe" "b.example"))'),
        (b"seul", b'((NIL NIL "seul" "MISSING_DOMAIN"))'),
        (b"le secretariat", b'(("le secretariat" NIL "MISSING_MAILBOX" "MISSING_DOMAIN"))'),
        # RFC 5322 §4.4: empty members of a list are passed over (Dovecot shows them as missing)
        (b"a@b.example, , c@d.example", b'((NIL NIL "a" "b.example")(NIL NIL "c" "d.example"))'),
        # Forgotten commas and brackets: everybody is shown (Dovecot stops)
        (b"Anne <a@b.example> Bob <c@d.example>", b'(("Anne" NIL "a" "b.example")("Bob" NIL "c" "d.example"))'),
        (b"a@b.example; c@d.example", b'((NIL NIL "a" "b.example")(NIL NIL "c" "d.example"))'),
        (b"Anne Petit a@b.example", b'(("Anne Petit" NIL "a" "b.example"))'),
        (b"Anne <a@b.example", b'(("Anne" NIL "a" "b.example"))'),
    ],
)  # fmt: skip
def test_addresses(raw: bytes, shown: bytes) -> None:
    assert format_addresses(raw) == shown


def test_sender_and_reply_to_fall_back_to_from() -> None:
    content = b"From: a@b.example\r\nSender: \r\nSubject: x\r\n\r\n"
    assert format_envelope(content, scan(content)) == (
        b'(NIL "x" ((NIL NIL "a" "b.example")) ((NIL NIL "a" "b.example")) ((NIL NIL "a" "b.example")) NIL NIL NIL NIL NIL)'
    )


def test_an_empty_field_is_an_empty_string_and_a_missing_one_is_nil() -> None:
    content = b"Subject:\r\n\r\n"
    assert format_envelope(content, scan(content)).startswith(b'(NIL "" NIL')


def test_folded_fields_are_unfolded_and_octets_above_127_travel_in_literals() -> None:
    content = "Subject: été\r\n à l'école\r\n\r\n".encode()
    value = "été à l'école".encode()
    assert b"{%d}\r\n%s" % (len(value), value) in format_envelope(content, scan(content))


def test_the_last_of_repeated_subjects_counts_and_repeated_recipients_add_up() -> None:
    content = b"To: a@b.example\r\nSubject: un\r\nTo: c@d.example\r\nSubject: deux\r\n\r\n"
    assert format_envelope(content, scan(content)) == (
        b'(NIL "deux" NIL NIL NIL ((NIL NIL "a" "b.example")(NIL NIL "c" "d.example")) NIL NIL NIL NIL)'
    )


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (b"", b'("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 4 1 NIL NIL NIL NIL)'),
        (b"Content-Type: TEXT/Html; Charset=UTF-8\r\n",
         b'("TEXT" "Html" ("Charset" "UTF-8") NIL NIL "7bit" 4 1 NIL NIL NIL NIL)'),
        (b"Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <x@y>\r\n"
         b"Content-Description: Un plan\r\nContent-MD5: abc=\r\nContent-Disposition: inline; filename=b.png\r\n"
         b"Content-Language: fr, en\r\nContent-Location: http://x.example/\r\n",
         b'("image" "png" ("name" "a.png") "<x@y>" "Un plan" "base64" 4 "abc=" ("inline" ("filename" "b.png")) ("fr" "en")'
         b' "http://x.example/")'),
        (b"Content-Type: application/pdf; name*1*=%20de; name*0*=utf-8''relev%C3%A9; name*2=s; x=y\r\n",
         b'("application" "pdf" ("x" "y" "name*" "utf-8\'\'relev%C3%A9%20des") NIL NIL "7bit" 4 NIL NIL NIL NIL)'),
        (b"Content-Type: application/pdf; name*0=rele; name*1=ve.pdf\r\n",
         b'("application" "pdf" ("name" "releve.pdf") NIL NIL "7bit" 4 NIL NIL NIL NIL)'),
        # Said otherwise by Dovecot, which gives empty words: RFC 2045 §5.2 says text/plain
        (b"Content-Type: text\r\n", b'("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 4 1 NIL NIL NIL NIL)'),
    ],
)  # fmt: skip
def test_single_parts(fields: bytes, shown: bytes) -> None:
    content = fields + b"\r\nxx\r\n"
    assert format_bodystructure(content, scan(content)) == shown


def test_a_multipart_shows_its_parts_and_parameters() -> None:
    content = (
        b"Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        b"--b\r\n\r\nun\r\n--b\r\nContent-Type: text/html\r\n\r\nd\r\n--b--\r\n"
    )
    part = scan(content)
    assert format_body(content, part) == (
        b'(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 2 0)'
        b'("text" "html" ("charset" "us-ascii") NIL NIL "7bit" 1 0) "alternative")'
    )
    assert format_bodystructure(content, part).endswith(b'0 NIL NIL NIL NIL) "alternative" ("boundary" "b") NIL NIL NIL)')


def test_a_multipart_without_parts_shows_one_empty_text() -> None:
    content = MALFORMED["boundary-never-there"]
    assert format_body(content, scan(content)) == b'(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0) "mixed")'


def test_a_message_inside_shows_its_envelope_structure_and_lines() -> None:
    content = b"Content-Type: message/rfc822\r\n\r\nSubject: dedans\r\n\r\nun\r\ndeux\r\n"
    assert format_body(content, scan(content)) == (
        b'("message" "rfc822" NIL NIL NIL "7bit" 29 (NIL "dedans" NIL NIL NIL NIL NIL NIL NIL NIL)'
        b' ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 10 2) 4)'
    )


@given(st.binary(max_size=2000))
def test_any_string_is_read_back_as_it_was_but_for_nul(raw: bytes) -> None:
    assert read(format_string(raw)) == raw.replace(b"\0", b"\xef\xbf\xbd")
