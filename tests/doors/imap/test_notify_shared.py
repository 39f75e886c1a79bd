"""NOTIFY and the mail of positions: who has it hears of it, until they have it no more (RFC 5465 §5.9)."""

from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import find_mailbox
from corneille.people.add_position import give, take
from corneille.people.position_right import PositionRight, Term
from tests.doors.imap.conversation import Client, message
from tests.doors.imap.shared import INBOX, SENT
from tests.positions import BEGAN, SECRETARY, Positions, deliver_to
from tests.transport.school import NOW

FLAGS = b"(MessageNew MessageExpunge FlagChange)"


def test_mail_of_a_position_is_heard_of_by_name(secretary: Client, school: Positions) -> None:
    told = secretary.ok(b"NOTIFY SET STATUS (SUBTREE Partag&AOk- " + FLAGS + b") (PERSONAL NONE)").untagged
    assert any(each.startswith(b"* STATUS " + INBOX + b" (MESSAGES 1 UIDNEXT 2 ") for each in told)
    assert not any(each.startswith(b"* STATUS INBOX") for each in told)
    deliver_to(school.open(school.head, school.direction), "Encore")
    assert secretary.read() == b"* STATUS " + INBOX + b" (MESSAGES 2 UIDNEXT 3 UNSEEN 2)"


def test_nobody_hears_of_what_a_colleague_read(secretary: Client, school: Positions) -> None:
    secretary.ok(b"NOTIFY SET (MAILBOXES " + INBOX + b" " + FLAGS + b")")
    opened = school.open(school.head, school.direction)
    inbox = find_mailbox(opened.mail, "INBOX")
    assert inbox is not None
    flag(opened.mail, inbox.id, [inbox.uid_next - 1], FlagChange.ADD, frozenset({"\\Seen"})).result(10)  # type: ignore[list-item]
    assert secretary.ok(b"NOOP").untagged == []
    mine = school.open(school.secretary, school.direction)
    flag(mine.mail, inbox.id, [inbox.uid_next - 1], FlagChange.ADD, frozenset({"\\Seen"})).result(10)  # type: ignore[list-item]
    assert secretary.read() == b"* STATUS " + INBOX + b" (UNSEEN 0)"


def test_personal_is_not_the_mail_of_positions_and_a_stranger_learns_nothing(
    secretary: Client, client: Client, school: Positions
) -> None:
    assert secretary.ok(b"NOTIFY SET STATUS (PERSONAL " + FLAGS + b")").find(b"Partag") == []
    assert client.ok(b"NOTIFY SET STATUS (MAILBOXES " + INBOX + b" " + FLAGS + b")").untagged == []
    deliver_to(school.open(school.head, school.direction), "Encore")
    assert client.ok(b"NOOP").untagged == []
    assert secretary.ok(b"NOOP").untagged == []


def test_a_subscription_reaches_the_mail_of_a_position(secretary: Client, school: Positions) -> None:
    secretary.ok(b"SUBSCRIBE " + INBOX)
    secretary.ok(b"NOTIFY SET (SUBSCRIBED " + FLAGS + b")")
    deliver_to(school.open(school.head, school.direction), "Encore")
    assert secretary.read() == b"* STATUS " + INBOX + b" (MESSAGES 2 UIDNEXT 3 UNSEEN 2)"


def test_a_lost_position_is_told_and_watched_no_more_and_again_when_it_is_given(
    secretary: Client, school: Positions
) -> None:
    secretary.ok(b"SELECT " + INBOX)
    secretary.ok(b"NOTIFY SET (SELECTED " + FLAGS + b") (MAILBOXES " + SENT + b" " + FLAGS + b")")
    take(school.direction, SECRETARY, None, NOW)
    told = secretary.ok(b"NOOP")
    assert told.one(b"CLOSED")
    assert told.one(b"LIST") == b'* LIST (\\NonExistent \\HasNoChildren \\NoAccess) "/" ' + SENT
    deliver_to(school.open(school.head, school.direction), "Encore", mailbox="Sent")
    assert secretary.ok(b"NOOP").untagged == []
    give(school.direction, SECRETARY, [PositionRight.READ], Term(BEGAN), NOW)
    again = secretary.ok(b"NOOP").untagged
    assert again[0] == b'* LIST (\\HasNoChildren) "/" ' + SENT
    assert again[1].startswith(b"* STATUS " + SENT + b" (MESSAGES 1 UIDNEXT 2")
    deliver_to(school.open(school.head, school.direction), "Et encore", mailbox="Sent")
    assert secretary.read().startswith(b"* STATUS " + SENT + b" (MESSAGES 2 UIDNEXT 3")


def test_names_and_notes_of_a_position_are_told_and_private_ones_to_their_reader(
    head: Client, secretary: Client
) -> None:
    secretary.ok(b"NOTIFY SET (SUBTREE Partag&AOk- (MailboxName MailboxMetadataChange))")
    head.ok(b"CREATE " + INBOX[:-1] + b'/Mairie"')
    assert secretary.read() == b'* LIST (\\HasNoChildren) "/" ' + INBOX[:-1] + b'/Mairie"'
    assert secretary.read() == b'* LIST (\\HasChildren) "/" ' + INBOX
    head.ok(b"SETMETADATA " + SENT + b' (/private/comment "mien" /shared/comment "nous")')
    assert secretary.read() == b"* METADATA " + SENT + b" /shared/comment"


def test_notes_of_a_position_are_shared_by_who_may_write_and_private_to_each(head: Client, secretary: Client) -> None:
    head.ok(b"SETMETADATA " + SENT + b' (/private/comment "mien" /shared/comment "nous")')
    both = b" (/private/comment /shared/comment)"
    assert secretary.ok(b"GETMETADATA " + SENT + both).untagged == [b"* METADATA " + SENT + b' (/shared/comment "nous")']
    assert secretary.command(b"SETMETADATA " + SENT + b' (/shared/comment "x")').text.startswith("[NOPERM]")
    secretary.ok(b"SETMETADATA " + SENT + b' (/private/comment "sien")')
    assert secretary.ok(b"GETMETADATA " + SENT + b" /private/comment").one(b'"sien"')
    assert head.ok(b"GETMETADATA " + SENT + b" /private/comment").one(b'"mien"')


def test_a_letter_appended_by_oneself_is_not_told(head: Client) -> None:
    head.ok(b"NOTIFY SET (SUBTREE Partag&AOk- " + FLAGS + b")")
    assert head.ok(b"APPEND " + SENT + b" {}", message("x")).untagged == []
    assert head.ok(b"NOOP").untagged == []
