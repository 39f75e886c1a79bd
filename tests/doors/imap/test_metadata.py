"""METADATA (RFC 5464)."""

import pytest

from tests.doors.imap.conversation import Client


def test_a_value_is_kept_and_taken_away(client: Client) -> None:
    client.ok(b'SETMETADATA INBOX (/private/comment {} /SHARED/Vendor/x "a \\"b\\"")', "été".encode())
    assert client.ok(b"GETMETADATA INBOX /private/comment").untagged == [
        b"* METADATA INBOX (/private/comment {5}\r\n" + "été)".encode()
    ]
    assert client.ok(b"GETMETADATA INBOX (/shared/vendor/x /private/other)").untagged == [
        b'* METADATA INBOX (/shared/vendor/x "a \\"b\\"")'
    ]
    client.ok(b"SETMETADATA INBOX (/private/comment NIL)")
    assert client.ok(b"GETMETADATA INBOX /private/comment").untagged == []


def test_depth_and_size(client: Client) -> None:
    client.ok(b'SETMETADATA INBOX (/private/a "1" /private/a/b "22" /private/a/b/c "333" /private/ab "4")')
    told = client.ok(b"GETMETADATA (DEPTH 1) INBOX /private/a")
    assert told.untagged == [b'* METADATA INBOX (/private/a "1" /private/a/b "22")']
    told = client.ok(b"GETMETADATA INBOX (DEPTH infinity MAXSIZE 2) (/private/a)")
    assert told.untagged == [b'* METADATA INBOX (/private/a "1" /private/a/b "22")']
    assert told.text.startswith("[METADATA LONGENTRIES 3]")


def test_any_octets_are_a_value(client: Client) -> None:
    client.send(b"a SETMETADATA INBOX (/private/a ~{3+}\r\n\x00\r\n)\r\n")
    assert client.read_end(b"a").status == "OK"
    assert client.ok(b"GETMETADATA INBOX /private/a").untagged == [b"* METADATA INBOX (/private/a ~{3}\r\n\x00\r\n)"]


def test_the_account_has_its_own_and_the_server_is_not_for_clients(client: Client) -> None:
    client.ok(b'SETMETADATA "" (/private/a "1")')
    assert client.ok(b'GETMETADATA "" /private/a').untagged == [b'* METADATA "" (/private/a "1")']
    assert client.ok(b"GETMETADATA INBOX /private/a").untagged == []
    assert client.command(b'SETMETADATA "" (/shared/comment "1")').text.startswith("[NOPERM]")


def test_it_follows_a_mailbox_to_its_new_name_and_to_its_end(client: Client) -> None:
    client.ok(b"CREATE a")
    client.ok(b'SETMETADATA a (/private/x "1")')
    client.ok(b"RENAME a b")
    assert client.ok(b"GETMETADATA b /private/x").untagged == [b'* METADATA b (/private/x "1")']
    client.ok(b"DELETE b")
    client.ok(b"CREATE b")
    assert client.ok(b"GETMETADATA b /private/x").untagged == []
    assert client.command(b"GETMETADATA nowhere /private/x").text.startswith("[NONEXISTENT]")


def test_there_are_limits(client: Client) -> None:
    assert client.command(b"SETMETADATA INBOX (/private/a {})", b"x" * 16385).text.startswith("[METADATA MAXSIZE 16384]")
    for start in range(0, 1000, 200):
        entries = b" ".join(b'/private/%d ""' % number for number in range(start, start + 200))
        client.ok(b"SETMETADATA INBOX (" + entries + b")")
    assert client.command(b'SETMETADATA Sent (/private/a "")').text.startswith("[METADATA TOOMANY]")
    client.ok(b'SETMETADATA INBOX (/private/1 NIL /private/a "")')


@pytest.mark.parametrize("entry", [
    b"private/a", b"/privates", b"/private/", b"/private//a", b"/private/a/", b'"/private/a*"', b'"/shared/%"', b"/other/a",
])
def test_what_is_no_entry_is_refused(client: Client, entry: bytes) -> None:
    assert client.command(b"GETMETADATA INBOX " + entry).status == "BAD"
    assert client.command(b"SETMETADATA INBOX (" + entry + b' "a")').status == "BAD"


def test_all_that_is_ones_own_or_everybodys_may_be_asked_for(client: Client) -> None:
    client.ok(b'SETMETADATA INBOX (/private/a "1" /private/b/c "2")')
    assert client.ok(b"GETMETADATA (DEPTH infinity) INBOX /private").untagged == [
        b'* METADATA INBOX (/private/a "1" /private/b/c "2")'
    ]
    assert client.ok(b"GETMETADATA (DEPTH 1) INBOX (/private /shared)").untagged == [b'* METADATA INBOX (/private/a "1")']
    assert client.command(b'SETMETADATA INBOX (/private "a")').status == "BAD"
