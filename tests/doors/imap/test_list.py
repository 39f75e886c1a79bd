"""LIST, LSUB, STATUS, NAMESPACE, CREATE, DELETE, RENAME, SUBSCRIBE."""

import pytest

from tests.doors.imap.conversation import Client, message


def names(client: Client, command: bytes) -> list[bytes]:
    return [response.split(b'"/" ')[1] for response in client.ok(command).find(b'"/" ')]


def test_a_new_account_has_its_special_mailboxes(client: Client) -> None:
    reply = client.ok(b'LIST "" *')
    for use in (b"\\Archive", b"\\Drafts", b"\\Junk", b"\\Sent", b"\\Trash"):
        assert reply.one(use)
    assert b"\\HasNoChildren" in reply.one(b'"/" INBOX')
    assert len(names(client, b'LIST (SPECIAL-USE) "" *')) == 5


def test_the_separator_is_told(client: Client) -> None:
    assert client.ok(b'LIST "" ""').untagged == [b'* LIST (\\Noselect) "/" ""']
    assert client.ok(b"NAMESPACE").untagged == [b'* NAMESPACE (("" "/")) NIL NIL']


def test_patterns(client: Client) -> None:
    client.ok(b"CREATE Projets/2026/EPS/")
    assert names(client, b'LIST "" Projets/%') == [b"Projets/2026"]
    assert names(client, b'LIST "" Projets*') == [b"Projets", b"Projets/2026", b"Projets/2026/EPS"]
    assert names(client, b'LIST "Projets/" %/E*') == [b"Projets/2026/EPS"]
    assert names(client, b'LIST "" (inbox Projets)') == [b"INBOX", b"Projets"]
    assert names(client, b'LIST "" ' + b"%*" * 500 + b"x") == []
    assert b"\\HasChildren" in client.ok(b'LIST "" Projets').one(b"LIST")


def test_names_with_accents_travel_in_utf7_and_after_enable_in_utf8(client: Client) -> None:
    client.ok(b'CREATE "&AMk-l&AOg-ves"')
    assert b"&AMk-l&AOg-ves" in names(client, b'LIST "" *')
    client.ok(b"ENABLE UTF8=ACCEPT")
    assert '"Élèves"'.encode() in names(client, b'LIST "" *')
    client.ok('SELECT "Élèves"'.encode())


@pytest.mark.parametrize("name", [
    b"x\r\n* BYE injected", b"x\0y", b"\r\n", b"a\x7f", b"../../etc", b"", b"/", b"a//b", b"x" * 3000, b"\xff\xfe",
])
def test_a_strange_name_is_refused_or_kept_and_never_breaks_a_line(client: Client, name: bytes) -> None:
    assert client.command(b"CREATE {}", name).status in {"OK", "NO", "BAD"}
    listed = client.ok(b'LIST "" *')
    assert all(response.startswith(b"* LIST (") for response in listed.untagged)
    assert not listed.find(b"BYE")


def test_a_name_that_is_no_utf7_is_refused(client: Client) -> None:
    assert client.command(b"CREATE a&b").text.startswith("[CANNOT]")


def test_a_mailbox_is_made_once(client: Client) -> None:
    assert client.ok(b"CREATE a").text.startswith("[MAILBOXID (F")
    assert client.command(b"CREATE a").text.startswith("[ALREADYEXISTS]")
    assert client.command(b"CREATE INBOX").text.startswith("[ALREADYEXISTS]")
    assert client.command(b"CREATE b (USE (\\Sent))").text.startswith("[USEATTR]")
    assert client.command(b"CREATE b (USE (\\All))").text.startswith("[USEATTR]")


def test_delete_and_rename(client: Client) -> None:
    client.ok(b"CREATE a/b")
    client.append(message(), b"a/b")
    client.ok(b"RENAME a c")
    assert b"MESSAGES 1" in client.ok(b"STATUS c/b (MESSAGES)").one(b"STATUS")
    client.ok(b"DELETE c")
    assert b"\\NonExistent" in client.ok(b'LIST "" c').one(b"LIST")
    client.ok(b"DELETE c/b")
    assert names(client, b'LIST "" c*') == []
    assert client.command(b"DELETE c").text.startswith("[NONEXISTENT]")
    assert client.command(b"DELETE INBOX").text.startswith("[CANNOT]")


def test_subscriptions(client: Client) -> None:
    client.ok(b"CREATE s/t")
    client.ok(b"UNSUBSCRIBE s")
    client.ok(b"SUBSCRIBE s/t")
    assert b"s/t" in names(client, b'LSUB "" *')
    assert client.ok(b'LSUB "" %').one(b'"/" s') == b'* LSUB (\\Noselect) "/" s'
    assert b"\\Subscribed" in client.ok(b'LIST (SUBSCRIBED) "" s/t').one(b"LIST")
    assert client.ok(b'LIST (SUBSCRIBED RECURSIVEMATCH) "" s').one(b"LIST").endswith(b'"/" s ("CHILDINFO" ("SUBSCRIBED"))')
    client.ok(b"UNSUBSCRIBE s/t")
    assert b"s/t" not in names(client, b'LSUB "" *')


def test_list_returns_status(client: Client) -> None:
    client.append(message())
    reply = client.ok(b'LIST "" INBOX RETURN (STATUS (MESSAGES UNSEEN))')
    assert reply.untagged[1] == b"* STATUS INBOX (MESSAGES 1 UNSEEN 1)"


def test_status_tells_everything(client: Client) -> None:
    content = message()
    client.append(content, flags=b"(\\Deleted)")
    told = client.ok(
        b"STATUS INBOX (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE HIGHESTMODSEQ APPENDLIMIT DELETED-STORAGE)"
    ).one(b"STATUS")
    assert b"MESSAGES 1 RECENT 1 UIDNEXT 2 UIDVALIDITY " in told
    assert b"UNSEEN 1 DELETED 1 SIZE %d HIGHESTMODSEQ " % len(content) in told
    assert told.endswith(b"APPENDLIMIT 52428800 DELETED-STORAGE 1)")
    assert client.command(b"STATUS nowhere (MESSAGES)").text.startswith("[NONEXISTENT]")


def test_quota(client: Client) -> None:
    reply = client.ok(b"GETQUOTAROOT INBOX")
    assert reply.untagged[0] == b"* QUOTAROOT INBOX mail"
    assert reply.untagged[1] == b"* QUOTA mail (STORAGE 0 1048576)"
    assert client.ok(b"GETQUOTAROOT not/yet").untagged[0] == b"* QUOTAROOT not/yet mail", "RFC 9208: it need not be there"
    assert client.command(b"SETQUOTA mail (STORAGE 5)").text.startswith("[NOPERM]")
    assert client.command(b"GETQUOTA other").text.startswith("[NONEXISTENT]")


def test_a_level_is_passed_over_when_all_that_is_subscribed_below_it_is_listed(client: Client) -> None:
    client.ok(b"CREATE n/a")
    client.ok(b"CREATE n/b")
    client.ok(b"UNSUBSCRIBE n")
    client.ok(b"SUBSCRIBE n/a")
    client.ok(b"SUBSCRIBE n/b")
    assert names(client, b'LIST (SUBSCRIBED RECURSIVEMATCH) "" (n n/a)') == [b'n ("CHILDINFO" ("SUBSCRIBED"))', b"n/a"]
    assert names(client, b'LIST (SUBSCRIBED RECURSIVEMATCH) "" n*') == [b"n/a", b"n/b"]


def test_a_subscription_whose_mailbox_has_gone_says_so_once(client: Client) -> None:
    client.ok(b"CREATE gone")
    client.ok(b"SUBSCRIBE gone")
    client.ok(b"DELETE gone")
    told = client.ok(b'LIST (SUBSCRIBED) "" gone').untagged
    assert told == [b'* LIST (\\NonExistent \\HasNoChildren \\Subscribed) "/" gone']
