import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.smtp.command import (
    Auth,
    Command,
    Greeting,
    Mail,
    Malformed,
    Plain,
    Rcpt,
    Unknown,
    parse_command,
)
from corneille.wire.smtp.parameter import MailParameters
from corneille.wire.smtp.path import Mailbox, parse_mailbox, parse_path

NONE = MailParameters()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("EHLO mail.example.net", Greeting("EHLO", "mail.example.net")),
        ("ehlo [192.0.2.1]", Greeting("EHLO", "[192.0.2.1]")),
        ("LHLO [IPv6:2001:db8::1]", Greeting("LHLO", "[IPv6:2001:db8::1]")),
        ("HELO copieur_salle-12", Greeting("HELO", "copieur_salle-12")),
        ("MAIL FROM:<>", Mail(None, NONE)),
        ("mail from:<a@b.test>", Mail(Mailbox("a", "b.test"), NONE)),
        (
            "MAIL FROM: <a@b.test> SIZE=12 BODY=8bitmime",
            Mail(Mailbox("a", "b.test"), MailParameters(12, True)),
        ),
        ("MAIL FROM:<é@b.test> SMTPUTF8", Mail(Mailbox("é", "b.test"), MailParameters(is_utf8=True))),
        ("MAIL FROM:<a@b.test> AUTH=<>", Mail(Mailbox("a", "b.test"), MailParameters(authenticated="<>"))),
        ('MAIL FROM:<"a> b"@b.test> SIZE=1', Mail(Mailbox("a> b", "b.test"), MailParameters(1))),
        ("RCPT TO:<@x.test,@y.test:a@b.test>", Rcpt(Mailbox("a", "b.test"))),
        ('RCPT TO:<"a\\"b"@b.test>', Rcpt(Mailbox('a"b', "b.test"))),
        ("RCPT TO:<Postmaster>", Rcpt(Mailbox("Postmaster", ""))),
        ("RCPT TO:<a@[192.0.2.1]>", Rcpt(Mailbox("a", "[192.0.2.1]"))),
        ("AUTH PLAIN", Auth("PLAIN", None)),
        ("auth plain =", Auth("PLAIN", "=")),
        ("DATA", Plain("DATA")),
        ("rset  ", Plain("RSET")),
        ("NOOP anything", Plain("NOOP")),
        ("VRFY someone", Plain("VRFY")),
        ("GET / HTTP/1.1", Unknown("GET")),
        ("", Unknown("")),
    ],
)
def test_a_command_is_read(line: str, expected: Command) -> None:
    assert parse_command(line.encode()) == expected


@pytest.mark.parametrize(
    ("line", "code", "enhanced"),
    [
        (b"EHLO", 501, "5.5.4"),
        (b"EHLO a b", 501, "5.5.4"),
        (b"EHLO <script>", 501, "5.5.4"),
        (b"HELO " + b"a" * 300, 501, "5.5.4"),
        (b"MAIL", 501, "5.5.4"),
        (b"MAIL FROM:a@b.test", 501, "5.5.4"),
        (b"MAIL FROM:<a@b.test", 501, "5.5.4"),
        (b"MAIL FROM:<a@b.test>SIZE=1", 501, "5.5.4"),
        (b"MAIL FROM:<a@b.test> SIZE=x", 501, "5.5.4"),
        (b"MAIL FROM:<a@b.test> SIZE=1 SIZE=2", 501, "5.5.4"),
        (b"MAIL FROM:<a@b.test> BODY=BINARYMIME", 501, "5.5.4"),
        (b"MAIL FROM:<a@b.test> RET=FULL", 555, "5.5.4"),
        (b"MAIL FROM:<nobody>", 553, "5.1.7"),
        (b"MAIL FROM:<a@b..test>", 553, "5.1.7"),
        (b"MAIL FROM:<" + b"a" * 65 + b"@b.test>", 553, "5.1.7"),
        ("MAIL FROM:<é@b.test>".encode(), 553, "5.6.7"),
        (b"MAIL FROM:<postmaster>", 553, "5.1.7"),
        (b"RCPT TO:<>", 553, "5.1.3"),
        (b"RCPT TO:<a>", 553, "5.1.3"),
        (b"RCPT TO:<a@b.test> NOTIFY=NEVER", 555, "5.5.4"),
        (b"RCPT TO:<a b@c.test>", 553, "5.1.3"),
        (b"RCPT TO:<a\x01@b.test>", 501, "5.5.2"),
        (b"AUTH", 501, "5.5.4"),
        (b"AUTH PLAIN a b", 501, "5.5.4"),
        (b"DATA now", 501, "5.5.4"),
        (b"NOOP \xff", 500, "5.5.2"),
    ],
)
def test_a_badly_written_command_is_answered_with_what_would_be_right(
    line: bytes, code: int, enhanced: str
) -> None:
    found = parse_command(line)
    assert isinstance(found, Malformed)
    assert (found.code, found.enhanced) == (code, enhanced)
    assert found.why


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_no_bytes_raise(line: bytes) -> None:
    parse_command(line)
    for word in (b"MAIL FROM:<", b"RCPT TO:<", b"AUTH ", b"EHLO "):
        parse_command(word + line)
        parse_command(word + line + b">")


@given(st.text(min_size=1, max_size=20), st.from_regex(r"[a-z]{1,8}\.test", fullmatch=True))
def test_an_address_that_is_read_is_written_so_that_it_reads_the_same(local: str, domain: str) -> None:
    written = Mailbox(local, domain).address
    found = parse_mailbox(written)
    if found is not None:
        assert found == Mailbox(local, domain)
        assert parse_path(written) == found


def test_a_long_line_of_openings_costs_linear_time() -> None:
    for line in (b"MAIL FROM:<" + b'"\\' * 1000, b"RCPT TO:<" + b"a." * 1000, b"RCPT TO:<@" + b"a,@" * 600):
        assert isinstance(parse_command(line), Malformed)
