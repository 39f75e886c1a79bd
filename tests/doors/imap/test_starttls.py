"""STARTTLS: what came in clear is forgotten."""

from tests.doors.imap.conversation import Client, Door


def test_starttls_opens_the_way_to_sign_in(door: Door) -> None:
    client = Client(door, tls=False)
    client.ok(b"STARTTLS")
    client.start_tls()
    assert b"AUTH=PLAIN" in client.ok(b"CAPABILITY").one(b"* CAPABILITY")
    client.log_in()
    client.ok(b"SELECT INBOX")
    assert client.command(b"STARTTLS").status == "BAD"
    client.close()


def test_commands_slipped_in_before_tls_are_not_obeyed(door: Door) -> None:
    client = Client(door, tls=False)
    client.send(b"a STARTTLS\r\nb ID NIL\r\nc LOGOUT\r\n")
    assert client.read_end(b"a").status == "OK"
    client.start_tls()
    reply = client.ok(b"NOOP")
    assert reply.untagged == []
    client.close()


def test_commands_sent_right_behind_the_handshake_are_obeyed(door: Door) -> None:
    for _ in range(20):
        client = Client(door, tls=False)
        client.ok(b"STARTTLS")
        client.start_tls()
        client.send(b"a NOOP\r\nb CAPABILITY\r\n")
        assert client.read_end(b"a").status == "OK"
        assert client.read_end(b"b").status == "OK"
        client.close()


def test_a_client_that_speaks_no_tls_after_all_is_closed(door: Door) -> None:
    client = Client(door, tls=False)
    client.ok(b"STARTTLS")
    client.send(b"b NOOP\r\n" * 10)
    assert client.is_closed()
    client.close()
