"""NOTIFY (RFC 5465): names, and mailboxes that are not selected."""

import pytest

from tests.doors.imap.conversation import Client, message

MESSAGES = b"(MessageNew MessageExpunge)"
FLAGS = b"(MessageNew MessageExpunge FlagChange)"


@pytest.fixture
def listening(client: Client) -> Client:
    """Somebody who hears of all messages but those of the selected mailbox, INBOX."""
    client.ok(b"SELECT INBOX")
    client.ok(b"NOTIFY SET (SELECTED " + FLAGS + b") (PERSONAL " + FLAGS + b")")
    return client


def hear(client: Client, count: int = 1) -> list[bytes]:
    return [client.read() for _ in range(count)]


def test_status_comes_first_where_it_is_asked_for(client: Client) -> None:
    client.append(message("a"), b"Sent")
    client.ok(b"SELECT INBOX")
    told = client.ok(b"NOTIFY SET STATUS (MAILBOXES (INBOX Sent nowhere) " + FLAGS + b")").untagged
    assert len(told) == 1
    validity = client.ok(b"STATUS Sent (UIDVALIDITY)").one(b"STATUS").split()[-1].rstrip(b")")
    assert told[0].startswith(b"* STATUS Sent (MESSAGES 1 UIDNEXT 2 UIDVALIDITY " + validity + b" UNSEEN 1 HIGHESTMODSEQ ")
    assert client.ok(b"NOTIFY SET (MAILBOXES Sent " + FLAGS + b")").untagged == []
    told = client.ok(b"NOTIFY SET STATUS (MAILBOXES Sent " + MESSAGES + b") (SUBTREE INBOX (MailboxName))").untagged
    assert told == [b"* STATUS Sent (MESSAGES 1 UIDNEXT 2 UIDVALIDITY " + validity + b" UNSEEN 1)"]


def test_messages_that_come_and_go_elsewhere_change_the_status(listening: Client, other: Client) -> None:
    other.append(message("a"), b"Sent")
    assert hear(listening) == [b"* STATUS Sent (MESSAGES 1 UIDNEXT 2 UNSEEN 1)"]
    other.ok(b"SELECT Sent")
    other.ok(b"STORE 1 +FLAGS (\\Seen)")
    assert hear(listening) == [b"* STATUS Sent (UNSEEN 0)"]
    other.ok(b"STORE 1 +FLAGS (\\Deleted)")  # without CONDSTORE nothing says so (§5.1)
    other.ok(b"EXPUNGE")
    assert hear(listening) == [b"* STATUS Sent (MESSAGES 0 UIDNEXT 2)"]
    other.append(message("b"), b"Sent", flags=b"(\\Seen)")
    assert hear(listening) == [b"* STATUS Sent (MESSAGES 1 UIDNEXT 3)"]


def test_with_condstore_the_highest_modseq_is_told(listening: Client, other: Client) -> None:
    listening.ok(b"ENABLE CONDSTORE")
    other.append(message("a"), b"Sent")
    assert hear(listening)[0].startswith(b"* STATUS Sent (MESSAGES 1 UIDNEXT 2 UNSEEN 1 UIDVALIDITY ")
    other.ok(b"SELECT Sent")
    other.ok(b"STORE 1 +FLAGS (\\Flagged)")
    told = hear(listening)[0]
    status = listening.ok(b"STATUS Sent (UIDVALIDITY HIGHESTMODSEQ)").one(b"STATUS")
    assert told == status


def test_another_mailbox_of_the_same_name_has_another_uidvalidity(client: Client, other: Client) -> None:
    client.ok(b"CREATE a")
    client.ok(b"NOTIFY SET (MAILBOXES a " + FLAGS + b")")
    client.send(b"i IDLE\r\n")
    client.read()
    other.ok(b"RENAME a b")
    other.ok(b"CREATE a")
    told = hear(client)[0]
    validity = other.ok(b"STATUS a (UIDVALIDITY)").one(b"STATUS").split()[-1]
    assert told == b"* STATUS a (MESSAGES 0 UIDNEXT 1 UIDVALIDITY " + validity[:-1] + b" UNSEEN 0)"
    client.send(b"DONE\r\n")
    assert client.read_end(b"i").untagged == []


def test_the_selected_mailbox_is_told_as_such_and_elsewhere_once_it_is_left(listening: Client, other: Client) -> None:
    other.append(message("a"))
    assert hear(listening) == [b"* 1 EXISTS"]
    assert listening.ok(b"UNSELECT").untagged == []
    other.append(message("b"))
    assert hear(listening) == [b"* STATUS INBOX (MESSAGES 2 UIDNEXT 3 UNSEEN 2)"]


def test_names_are_told_when_they_come_change_and_go(client: Client, other: Client) -> None:
    client.ok(b"NOTIFY SET (PERSONAL (MailboxName))")
    other.ok(b"CREATE Projets/EPS")
    assert sorted(hear(client, 2)) == [
        b'* LIST (\\HasChildren) "/" Projets', b'* LIST (\\HasNoChildren) "/" Projets/EPS',
    ]  # fmt: skip
    other.ok(b"RENAME Projets Classes")  # what stands below is not told (§5.4)
    assert hear(client) == [b'* LIST (\\HasChildren) "/" Classes ("OLDNAME" (Projets))']
    other.ok(b"DELETE Classes")
    assert hear(client) == [b'* LIST (\\NonExistent \\HasChildren) "/" Classes']
    other.ok(b"DELETE Classes/EPS")
    assert hear(client, 2) == [
        b'* LIST (\\NonExistent \\HasNoChildren) "/" Classes/EPS', b'* LIST (\\NonExistent \\HasNoChildren) "/" Classes',
    ]  # fmt: skip


def test_the_level_above_is_told_of_a_child_that_comes_or_goes(client: Client, other: Client) -> None:
    other.ok(b"CREATE a/b")
    client.ok(b"NOTIFY SET (MAILBOXES a (MailboxName))")
    for command in (b"CREATE a/c", b"DELETE a/b"):
        other.ok(command)
        assert hear(client) == [b'* LIST (\\HasChildren) "/" a']
    other.ok(b"DELETE a/c")
    assert hear(client) == [b'* LIST (\\HasNoChildren) "/" a']


def test_a_child_whose_parent_is_not_listened_for_is_told_of_its_new_name(client: Client, other: Client) -> None:
    other.ok(b"CREATE a/b/c")
    client.ok(b"NOTIFY SET (SUBTREE a/b (MailboxName))")
    other.ok(b"RENAME a z")
    assert hear(client) == [b'* LIST (\\HasChildren) "/" z/b ("OLDNAME" (a/b))']


def test_the_messages_of_inbox_move_to_a_mailbox_that_came(client: Client, other: Client) -> None:
    """No MailboxName event is sent for INBOX (§5.4)."""
    other.append(message("a"))
    client.ok(b"NOTIFY SET (PERSONAL (MailboxName))")
    other.ok(b"RENAME INBOX Archives")
    assert hear(client) == [b'* LIST (\\HasNoChildren) "/" Archives']
    assert client.ok(b"NOOP").untagged == []


def test_a_name_is_written_as_the_client_reads_it(client: Client, other: Client) -> None:
    client.ok(b"NOTIFY SET (PERSONAL (MailboxName))")
    other.ok(b"CREATE &AMk-l&AOg-ves")
    assert hear(client) == [b'* LIST (\\HasNoChildren) "/" &AMk-l&AOg-ves']
    client.ok(b"ENABLE UTF8=ACCEPT")
    other.ok(b"RENAME &AMk-l&AOg-ves &AMk-t&AOk-")
    assert hear(client) == ['* LIST (\\HasNoChildren) "/" "Été" ("OLDNAME" ("Élèves"))'.encode()]


def test_subscriptions_are_told(client: Client, other: Client) -> None:
    other.ok(b"CREATE a")
    client.ok(b"NOTIFY SET (SUBTREE a (SubscriptionChange))")
    other.ok(b"SUBSCRIBE a")
    assert hear(client) == [b'* LIST (\\HasNoChildren \\Subscribed) "/" a']
    other.ok(b"DELETE a")  # the subscription stays (RFC 9051 §6.3.9.4)
    other.ok(b"UNSUBSCRIBE a")
    assert hear(client) == [b'* LIST (\\NonExistent \\HasNoChildren) "/" a']


def test_notes_are_told_without_their_values(client: Client, other: Client) -> None:
    client.ok(b'SETMETADATA INBOX (/private/a "1" /private/b "1")')
    client.ok(b"NOTIFY SET (MAILBOXES INBOX (MailboxMetadataChange ServerMetadataChange))")
    other.ok(b'SETMETADATA INBOX (/private/a "2" /private/b NIL /shared/c "3")')
    assert hear(client) == [b"* METADATA INBOX /private/a /private/b /shared/c"]
    other.ok(b'SETMETADATA Sent (/private/a "2")')
    other.ok(b'SETMETADATA "" (/private/vendor/x "2")')
    assert hear(client) == [b'* METADATA "" /private/vendor/x']


def test_a_client_is_not_told_of_what_it_did_itself(client: Client, other: Client) -> None:
    client.append(message("a"))
    client.ok(b"SELECT INBOX")
    every = FLAGS[:-1] + b" MailboxName SubscriptionChange MailboxMetadataChange ServerMetadataChange)"
    client.ok(b"NOTIFY SET (SELECTED " + FLAGS + b") (PERSONAL " + every + b") (SUBSCRIBED " + every + b")")
    for command in (
        b"CREATE a/b", b"RENAME a c", b"SUBSCRIBE c", b"UNSUBSCRIBE c", b'SETMETADATA c (/private/x "1")',
        b'SETMETADATA "" (/private/x "1")', b"DELETE c/b", b"COPY 1 c", b"NOOP",
    ):  # fmt: skip
        assert client.ok(command).untagged == [], command
    assert client.ok(b"APPEND c {}", message("b")).untagged == []
    assert client.ok(b"MOVE 1 c").find(b"STATUS") == []
    assert client.ok(b"NOOP").untagged == []
    other.append(message("c"), b"c")
    assert hear(client) == [b"* STATUS c (MESSAGES 4 UIDNEXT 5 UNSEEN 4)"]


@pytest.mark.parametrize(("scope", "heard"), [
    (b"INBOXES", {b"INBOX", b"Junk"}),
    (b"PERSONAL", {b"INBOX", b"Junk", b"Sent", b"a", b"a/b"}),
    (b"SUBSCRIBED", {b"a/b"}),
    (b"SUBTREE a", {b"a", b"a/b"}),
    (b"SUBTREE (inbox a/b)", {b"INBOX", b"a/b"}),
    (b"MAILBOXES (Inbox a)", {b"INBOX", b"a"}),
    (b'MAILBOXES ("*" "a%" {1+}\r\na)', {b"a"}),
])  # fmt: skip
def test_mailboxes_are_named_in_several_ways(client: Client, scope: bytes, heard: set[bytes]) -> None:
    client.ok(b"CREATE a/b")
    for name in (b"INBOX", b"Drafts", b"Sent", b"Junk", b"Trash", b"Archive"):
        client.ok(b"UNSUBSCRIBE " + name)
    client.ok(b"SUBSCRIBE a/b")
    told = client.ok(b"NOTIFY SET STATUS (" + scope + b" " + MESSAGES + b")").find(b"STATUS")
    names = {each.split()[2] for each in told}
    assert names & {b"INBOX", b"Junk", b"Sent", b"a", b"a/b"} == heard


def test_the_list_of_subscriptions_is_read_again(client: Client, other: Client) -> None:
    client.ok(b"CREATE a")
    client.ok(b"NOTIFY SET (SUBSCRIBED " + MESSAGES + b")")
    other.append(message("a"), b"a")
    other.ok(b"SUBSCRIBE a")
    other.append(message("b"), b"a")
    assert hear(client) == [b"* STATUS a (MESSAGES 2 UIDNEXT 3 UNSEEN 2)"]


def test_several_groups_may_be_about_one_mailbox(client: Client, other: Client) -> None:
    client.ok(b"NOTIFY SET (SUBTREE a (MailboxName)) (MAILBOXES a (SubscriptionChange)) (PERSONAL NONE)")
    other.ok(b"CREATE a")
    assert hear(client) == [b'* LIST (\\HasNoChildren) "/" a']
    other.ok(b"SUBSCRIBE a")
    assert hear(client) == [b'* LIST (\\HasNoChildren \\Subscribed) "/" a']


def test_what_was_listened_for_is_told_before_it_is_replaced(client: Client, other: Client) -> None:
    client.ok(b"NOTIFY SET (MAILBOXES Sent " + MESSAGES + b")")
    client.send(b"a UID SEARCH ALL\r\n")
    client.read_end(b"a")
    other.append(message("a"), b"Sent")
    told = client.ok(b"NOTIFY SET (MAILBOXES Drafts " + MESSAGES + b")").untagged
    assert told == [b"* STATUS Sent (MESSAGES 1 UIDNEXT 2 UNSEEN 1)"]
    other.append(message("b"), b"Sent")
    assert client.ok(b"NOOP").untagged == []
