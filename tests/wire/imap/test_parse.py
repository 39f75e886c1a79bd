"""Commands: what is read, what is refused."""

import contextlib
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneille.wire.imap.commands.append import Append, Appended
from corneille.wire.imap.commands.authenticate import Authenticate
from corneille.wire.imap.commands.cancel_update import CancelUpdate
from corneille.wire.imap.commands.copy import Copy
from corneille.wire.imap.commands.create import Create
from corneille.wire.imap.commands.fetch import BinaryItem, BodyItem, Fetch
from corneille.wire.imap.commands.identify import Identify
from corneille.wire.imap.commands.list import List
from corneille.wire.imap.commands.login import Login
from corneille.wire.imap.commands.notify import MESSAGE_EVENTS, Event, Group, Notify, Scope
from corneille.wire.imap.commands.rename import Rename
from corneille.wire.imap.commands.search import (
    All,
    Both,
    Changed,
    Dated,
    Either,
    Flagged,
    Header,
    Negated,
    Numbered,
    Search,
    Sized,
    Words,
)
from corneille.wire.imap.commands.select import Resync, Select
from corneille.wire.imap.commands.status import Status
from corneille.wire.imap.commands.store import Store
from corneille.wire.imap.parse import Command, find_tag, parse_command
from corneille.wire.imap.section import SectionAsked
from corneille.wire.imap.sequence_set import LAST, SAVED, SequenceSet
from corneille.wire.imap.splitter import Frame, LiteralAsked, Splitter
from corneille.wire.imap.syntax import CharsetRefused, NameRefused, SyntaxRefused


def parse(raw: bytes, *, utf8: bool = False) -> Command:
    """Splits and parses one command, without its last CRLF."""
    splitter = Splitter(65536, 65536)
    splitter.feed(raw + b"\r\n")
    while isinstance(event := splitter.next(), LiteralAsked):
        splitter.accept()
    assert isinstance(event, Frame)
    return parse_command(event, utf8=utf8)


ONE = SequenceSet(((1, 1),))
ALL = SequenceSet(((1, LAST),))

READ: list[tuple[bytes, object]] = [
    (b'LOGIN "m\\"artin" {4+}\r\nn\xc3\xa9e', Login('m"artin', "née")),
    (b"AUTHENTICATE plain", Authenticate("PLAIN")),
    (b"AUTHENTICATE PLAIN AGEAYg==", Authenticate("PLAIN", b"AGEAYg==")),
    (b"AUTHENTICATE PLAIN =", Authenticate("PLAIN", b"=")),
    (b"ID NIL", Identify(())),
    (b'ID ("Name" "mutt" "os" NIL)', Identify((("name", "mutt"), ("os", "")))),
    (b"SELECT inbox", Select("INBOX")),
    (b'EXAMINE "&AMk-l" (CONDSTORE)', Select("Él", condstore=True)),
    (b"SELECT a (QRESYNC (67890007 20050715 41,43:211))",
     Select("a", resync=Resync(67890007, 20050715, SequenceSet(((41, 41), (43, 211)))))),
    (b"SELECT a (QRESYNC (1 2 1:9 (1,2 5,9)))",
     Select("a", resync=Resync(
         1, 2, SequenceSet(((1, 9),)), (SequenceSet(((1, 1), (2, 2))), SequenceSet(((5, 5), (9, 9))))))),
    (b"CREATE Projets/2026", Create("Projets/2026")),
    (b"CREATE x (USE (\\Sent))", Create("x", ("\\Sent",))),
    (b"RENAME a {1}\r\nb", Rename("a", "b")),
    (b"NOTIFY NONE", Notify()),
    (b"NOTIFY SET (selected-delayed (messagenew (UID body.peek[]) MessageExpunge FlagChange))",
     Notify((
         Group(Scope.SELECTED_DELAYED, MESSAGE_EVENTS, items=("UID", BodyItem(SectionAsked(), b"BODY[]", is_peek=True))),
     ))),
    (b'NOTIFY SET STATUS (Subtree inbox NONE) (mailboxes ("a b" &AOk-t&AOk-) (MailboxName x-vendor))',
     Notify((Group(Scope.SUBTREE, names=frozenset({"INBOX"})),
             Group(Scope.MAILBOXES, frozenset({Event.MAILBOX_NAME}), frozenset({"a b", "été"}), asks_unknown=True)), True)),
    (b"STATUS x (MESSAGES UNSEEN messages)", Status("x", ("MESSAGES", "UNSEEN"))),
    (b'LIST "" %', List("", ("%",))),
    (b'LIST (SUBSCRIBED) "" ("a*" INBOX) RETURN (CHILDREN STATUS (MESSAGES))',
     List("", ("a*", "INBOX"), frozenset({"SUBSCRIBED"}), frozenset({"CHILDREN"}), ("MESSAGES",), is_extended=True)),
    (b'LSUB "" "*"', List("", ("*",))),
    (b"STORE 1 +FLAGS.SILENT (\\Deleted $Forwarded)", Store(ONE, "+", ("\\Deleted", "$Forwarded"), is_silent=True)),
    (b"STORE 1:* (UNCHANGEDSINCE 9) FLAGS \\Seen x", Store(ALL, "=", ("\\Seen", "x"), unchanged_since=9)),
    (b"COPY $ Trash", Copy(SAVED, "Trash")),
    (b"FETCH 1:* FAST", Fetch(ALL, ("FLAGS", "INTERNALDATE", "RFC822.SIZE"))),
    (b"FETCH 1 (UID FLAGS UID)", Fetch(ONE, ("UID", "FLAGS"))),
    (b"FETCH 1 BODY[]", Fetch(ONE, (BodyItem(SectionAsked(), b"BODY[]", is_peek=False),))),
    (b"FETCH 1 body.peek[1.2.mime]<5.10>",
     Fetch(ONE, (BodyItem(SectionAsked((1, 2), "MIME"), b"BODY[1.2.MIME]", is_peek=True, partial=(5, 10)),))),
    (b'FETCH 1 (BODY[HEADER.FIELDS (Date "X-A")] BODY)',
     Fetch(ONE, (BodyItem(SectionAsked((), "HEADER.FIELDS", ("Date", "X-A")), b"BODY[HEADER.FIELDS (Date X-A)]",
                          is_peek=False), "BODY"))),
    (b"FETCH 1 RFC822.HEADER", Fetch(ONE, (BodyItem(SectionAsked(text="HEADER"), b"RFC822.HEADER", is_peek=True),))),
    (b"FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[2.1]<0.9>)",
     Fetch(ONE, (BinaryItem((1,), is_peek=True, is_size=True), BinaryItem((2, 1), is_peek=True, partial=(0, 9))))),
    (b"FETCH 1 (FLAGS) (CHANGEDSINCE 7 VANISHED)", Fetch(ONE, ("FLAGS",), 7, vanished=True)),
    (b"SEARCH UNSEEN SINCE 1-Feb-2026", Search(Both((Negated(Flagged("\\Seen")), Dated("SINCE", date(2026, 2, 1)))))),
    (b"SEARCH CHARSET UTF-8 OR SUBJECT {3+}\r\n\xc3\xa9t NOT (2:3 LARGER 9)",
     Search(Either((
         Header("Subject", "ét"), Negated(Both((Numbered(SequenceSet(((2, 3),)), is_uid=False), Sized(9, True)))))))),
    (b"SEARCH RETURN () TEXT a", Search(Words("a", in_header=True), frozenset({"ALL"}))),
    (b"SEARCH RETURN (UPDATE (UID FLAGS) count) ALL",
     Search(All(), frozenset({"UPDATE", "COUNT"}), items=("UID", "FLAGS"))),
    (b"SEARCH RETURN (CONTEXT UPDATE(UID)) ALL", Search(All(), frozenset({"UPDATE", "CONTEXT"}), items=("UID",))),
    (b'CANCELUPDATE "a" "b\\\\"', CancelUpdate(("a", "b\\"))),
    (b"SEARCH RETURN (MIN COUNT) UID 1", Search(Numbered(ONE, is_uid=True), frozenset({"MIN", "COUNT"}))),
    (b'SEARCH MODSEQ "/flags/\\\\draft" all 620162338', Search(Changed(620162338))),
    (b'APPEND INBOX (\\Seen) " 7-Feb-2026 21:52:25 +0100" {2}\r\nhi',
     Append("INBOX", (Appended(b"hi", ("\\Seen",), datetime(2026, 2, 7, 20, 52, 25, tzinfo=UTC)),))),
    (b"APPEND x {1}\r\na () UTF8 (~{1}\r\nb)", Append("x", (Appended(b"a"), Appended(b"b", is_binary=True)))),
]


@pytest.mark.parametrize(("raw", "value"), READ, ids=lambda each: each[:40] if isinstance(each, bytes) else "")
def test_commands_are_read(raw: bytes, value: object) -> None:
    command = parse(b"a1 " + raw)
    assert (command.tag, command.value, command.is_uid) == ("a1", value, False)


def test_uid_commands_say_so() -> None:
    command = parse(b"z UID FETCH 1 FLAGS")
    assert (command.word, command.is_uid) == ("FETCH", True)


WRONG = [
    b"", b"NOOP", b"FROB", b"NOOP x", b"NOOP ", b"LOGIN a", b"LOGIN  a b", b'LOGIN "a b', b"LOGIN (a) b", b"SELECT",
    b"SELECT a (FOO)", b"SELECT a ()", b"FETCH 0 FLAGS", b"FETCH 1 ()", b"FETCH 1 FOO", b"FETCH 4294967296 FLAGS",
    b"FETCH 1 BODY[", b"FETCH 1 BODY[MIME]", b"FETCH 1 BODY[0]", b"FETCH 1 BODY[]<1.0>", b"FETCH 1 BODY[]<1>",
    b"FETCH 1 (FLAGS) (VANISHED)", b"FETCH 1, FLAGS", b"FETCH 1:2:3 FLAGS", b"STORE 1 FLAG x", b"STORE 1 FLAGS (a",
    b"SEARCH", b"SEARCH FOO", b"SEARCH ON 31-Feb-2026", b"SEARCH ON 1-Foo-2026", b"SEARCH OR ALL", b"SEARCH (ALL",
    b"SEARCH RETURN (FOO) ALL", b"SEARCH " + b"NOT " * 100 + b"ALL", b"SEARCH " + b"(" * 100, b"STATUS x ()",
    b"NOTIFY", b"NOTIFY SET", b"NOTIFY SET STATUS", b"NOTIFY NONE x", b"NOTIFY SET (PERSONAL ())",
    b"NOTIFY SET (OTHERS NONE)", b"NOTIFY SET (MAILBOXES NONE)",
    b"NOTIFY SET (SELECTED (MessageNew))", b"NOTIFY SET (PERSONAL (MessageExpunge))", b"NOTIFY SET (PERSONAL (FlagChange))",
    b"NOTIFY SET (SELECTED (MailboxName))", b"NOTIFY SET (SELECTED NONE) (SELECTED-DELAYED NONE)",
    b"NOTIFY SET (SELECTED (MessageNew (FAST) MessageExpunge))", b"NOTIFY SET (SUBTREE () NONE)",
    b"NOTIFY SET (PERSONAL (MessageNew (UID) MessageExpunge))", b"CANCELUPDATE", b"CANCELUPDATE a", b'CANCELUPDATE ""x',
    b"SEARCH RETURN (UPDATE ()) ALL", b"SEARCH RETURN (UPDATE(UID) ALL", b"SEARCH RETURN (COUNT (UID)) ALL",
    b"NOTIFY SET (SELECTED (MessageNew () MessageExpunge))", b"NOTIFY SET PERSONAL NONE",
    b"STATUS x (FOO)", b'LIST "" ()', b'LIST (RECURSIVEMATCH) "" *', b'LIST "" * RETURN FOO', b"APPEND INBOX",
    b"APPEND INBOX hello", b'APPEND INBOX "7-Feb-2026 25:00:00 +0000" {1}\r\na', b"UID NOOP", b"UID",
    b"SELECT ~{1}\r\na", b"SELECT {1}\r\n\0", b"ENABLE", b"AUTHENTICATE PLAIN a b", b"ID (a", b"COPY 1 (x)",
    b"SELECT a\rb", b'SELECT "a\rb"',
]


@pytest.mark.parametrize("raw", WRONG)
def test_what_breaks_the_grammar_is_refused_with_its_tag(raw: bytes) -> None:
    with pytest.raises(SyntaxRefused) as refused:
        parse(b"a1 " + raw if raw != b"NOOP" else b"a1  NOOP")
    assert refused.value.tag == "a1"


def test_without_a_tag_there_is_none() -> None:
    with pytest.raises(SyntaxRefused) as refused:
        parse(b"* NOOP")
    assert refused.value.tag is None


@pytest.mark.parametrize(("raw", "kind"), [
    (b"a SEARCH CHARSET KOI8-R ALL", CharsetRefused), (b"a SELECT a&b", NameRefused), (b'a CREATE "\xc3\xa9"', NameRefused),
])
def test_what_is_good_grammar_but_cannot_be_is_no(raw: bytes, kind: type[SyntaxRefused]) -> None:
    with pytest.raises(kind) as refused:
        parse(raw)
    assert not refused.value.is_bad
    assert refused.value.code


def test_names_in_utf8_are_read_once_enabled() -> None:
    assert parse('a SELECT "Élèves & amis"'.encode(), utf8=True).value == Select("Élèves & amis")


def test_no_repr_shows_a_password_or_a_message() -> None:
    for raw in (b"a LOGIN mmartin s3cret", b"a AUTHENTICATE PLAIN s3cret==", b"a APPEND INBOX {6}\r\ns3cret"):
        assert "s3cret" not in repr(parse(raw))


def test_the_tag_of_what_could_not_be_framed_is_found() -> None:
    assert find_tag(b"a1 NO\0OP") == "a1"
    assert find_tag(b"\0") is None
    assert find_tag(b"+ x") is None


GRAMMAR: list[Any] = [
    b" ", b"(", b")", b'"', b"\\", b"{1}\r\nx", b"[", b"]", b"<", b">", b"1", b"*", b":", b",", b"$", b"BODY", b"BODY.PEEK",
    b"HEADER.FIELDS", b"FLAGS", b"FETCH", b"SEARCH", b"OR", b"NOT", b"ALL", b"SELECT", b"APPEND", b"UID", b"LIST", b"\\Seen",
    b"RETURN", b"&", b"\xff", b"NIL", b"ID", b"STORE", b"1-Feb-2026", b"{99}", b"~{1}\r\n\0", b".", b"QRESYNC",
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(GRAMMAR), max_size=14), st.booleans())
def test_anything_is_a_command_or_is_refused(words: list[bytes], utf8: bool) -> None:
    splitter = Splitter(65536, 65536)
    splitter.feed(b"a " + b"".join(words) + b"\r\n")
    while (event := splitter.next()) is not None:
        if isinstance(event, LiteralAsked):
            splitter.accept()
        elif isinstance(event, Frame):
            with contextlib.suppress(SyntaxRefused):
                parse_command(event, utf8=utf8)
