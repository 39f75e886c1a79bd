"""Several programs at one mailbox: what one does there, and to the mailbox itself, the other hears of and survives."""

import pytest

from tests.doors.imap.conversation import Client, Reply, message


@pytest.fixture
def both(client: Client, other: Client) -> tuple[Client, Client]:
    """Two programs of one person, at an INBOX of three messages."""
    for subject in "abc":
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    other.ok(b"SELECT INBOX")
    return client, other


def read_code(reply: Reply, code: bytes) -> int:
    """The number of a response code."""
    return int(reply.one(b"[" + code + b" ").split(b"[" + code + b" ")[1].split(b"]")[0])


# Flags


def test_flags_that_somebody_else_set_just_before_a_silent_store_are_told(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.ok(b"STORE 1:2 +FLAGS (\\Answered)")
    told = mine.ok(b"STORE 1,3 +FLAGS.SILENT (\\Flagged)").untagged
    assert told == [b"* 1 FETCH (UID 1 FLAGS (\\Answered \\Flagged))", b"* 2 FETCH (UID 2 FLAGS (\\Answered))"]
    assert mine.ok(b"NOOP").untagged == []


def test_a_program_that_keeps_modseqs_misses_no_flag_by_its_own_silent_store(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"ENABLE CONDSTORE")
    theirs.ok(b"STORE 1 +FLAGS (\\Answered)")
    told = mine.ok(b"STORE 1 +FLAGS.SILENT (\\Flagged)").untagged
    assert [each.split(b" MODSEQ")[0] for each in told[1:]] == [b"* 1 FETCH (UID 1 FLAGS (\\Answered \\Flagged)"]
    assert told[0].startswith(b"* 1 FETCH (MODSEQ (")


def test_a_new_keyword_is_told_though_it_was_set_in_silence(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    assert mine.ok(b"STORE 1 +FLAGS.SILENT (devoir)").one(b"* FLAGS (").endswith(b" devoir)")
    assert theirs.ok(b"NOOP").one(b"* FLAGS (").endswith(b" devoir)")
    assert mine.ok(b"STORE 2 +FLAGS.SILENT (Devoir)").untagged == []
    assert mine.ok(b"FETCH 2 FLAGS").untagged == [b"* 2 FETCH (FLAGS (devoir))"]


def test_reading_elsewhere_is_told_and_ones_own_once(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.ok(b"FETCH 2 BODY[]")
    assert mine.ok(b"NOOP").untagged == [b"* 2 FETCH (UID 2 FLAGS (\\Seen))"]
    assert mine.ok(b"FETCH 2 BODY[TEXT]<0.3>").untagged == [b"* 2 FETCH (BODY[TEXT]<0> {3}\r\nBon)"]
    assert mine.ok(b"FETCH 3 BODY[TEXT]<0.3>").untagged == [b"* 3 FETCH (FLAGS (\\Seen) BODY[TEXT]<0> {3}\r\nBon)"]


def test_flags_of_a_message_that_was_not_told_of_yet_come_after_it(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.append(message("d"))
    theirs.ok(b"STORE 4 +FLAGS (\\Flagged)")
    assert mine.ok(b"NOOP").untagged == [b"* 4 EXISTS"]
    assert mine.ok(b"FETCH 4 FLAGS").untagged == [b"* 4 FETCH (FLAGS (\\Flagged))"]


def test_status_asks_for_modseqs_from_then_on(both: tuple[Client, Client]) -> None:
    """RFC 7162 §3.1: STATUS (HIGHESTMODSEQ) is one of the commands that turn CONDSTORE on."""
    mine, theirs = both
    mine.ok(b"STATUS Sent (HIGHESTMODSEQ)")
    theirs.ok(b"STORE 1 +FLAGS (\\Seen)")
    assert mine.ok(b"NOOP").one(b"* 1 FETCH").startswith(b"* 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (")


# Messages that go


def test_a_message_that_went_elsewhere_keeps_its_number_until_it_may_be_told(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    theirs.ok(b"EXPUNGE")
    assert mine.ok(b"FETCH 2:3 UID").untagged == [b"* 2 FETCH (UID 2)", b"* 3 FETCH (UID 3)"]
    assert mine.ok(b"STORE 1:2 +FLAGS (\\Seen)").untagged == [b"* 2 FETCH (FLAGS (\\Seen))"]
    assert mine.ok(b"SORT (REVERSE ARRIVAL SUBJECT) UTF-8 ALL").untagged == [b"* SORT 2 3"]
    copied = mine.ok(b"COPY 1:2 Sent")
    assert (copied.text.split("]")[0].split()[2:], copied.untagged) == (["2", "1"], [b"* 1 EXPUNGE"])
    assert mine.ok(b"FETCH 1 UID").untagged == [b"* 1 FETCH (UID 2)"]


def test_two_that_expunge_the_same_hear_of_it_once_each(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    mine.ok(b"STORE 1:2 +FLAGS.SILENT (\\Deleted)")
    assert theirs.ok(b"EXPUNGE").find(b"EXPUNGE") == [b"* 2 EXPUNGE", b"* 1 EXPUNGE"]
    assert mine.ok(b"EXPUNGE").untagged == [b"* 2 EXPUNGE", b"* 1 EXPUNGE"]
    assert mine.ok(b"NOOP").untagged == theirs.ok(b"NOOP").untagged == []


def test_what_is_moved_out_by_two_goes_once(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.ok(b"MOVE 2 Archive")
    moved = mine.ok(b"MOVE 1:3 Archive").untagged
    assert moved[0].split(b"]")[0].split()[-2:] == [b"1,3", b"2:3"]
    assert moved[1:] == [b"* 3 EXPUNGE", b"* 2 EXPUNGE", b"* 1 EXPUNGE"]
    assert b"(MESSAGES 3)" in mine.ok(b"STATUS Archive (MESSAGES)").one(b"STATUS")


def test_close_is_silent_to_who_closes_alone(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    theirs.ok(b"STORE 2 +FLAGS.SILENT (\\Deleted)")
    assert theirs.ok(b"CLOSE").untagged == []
    assert mine.ok(b"NOOP").untagged == [b"* 2 EXPUNGE"]


def test_a_move_or_copy_into_the_same_mailbox(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    moved = mine.ok(b"MOVE 1 INBOX")
    assert moved.untagged[0].split(b"]")[0].endswith(b" 1 4")
    assert moved.untagged[1:] == [b"* 1 EXPUNGE", b"* 3 EXISTS"]
    assert mine.ok(b"COPY 3 INBOX").untagged == [b"* 4 EXISTS"]
    assert mine.ok(b"FETCH 1:* UID").untagged == [b"* %d FETCH (UID %d)" % (uid - 1, uid) for uid in (2, 3, 4, 5)]
    assert theirs.ok(b"NOOP").untagged == [b"* 1 EXPUNGE", b"* 4 EXISTS"]


# The mailbox itself


def test_a_mailbox_renamed_elsewhere_stays_selected(client: Client, other: Client) -> None:
    client.ok(b"CREATE Classe")
    client.append(message("a"), b"Classe")
    validity = read_code(client.ok(b"SELECT Classe"), b"UIDVALIDITY")
    other.ok(b"RENAME Classe Archive/Classe")
    assert client.ok(b"FETCH 1 (UID FLAGS)").untagged == [b"* 1 FETCH (UID 1 FLAGS ())"]
    other.append(message("b"), b"Archive/Classe")
    assert client.ok(b"NOOP").untagged == [b"* 2 EXISTS"]
    assert client.command(b"STATUS Classe (MESSAGES)").text.startswith("[NONEXISTENT]")
    assert client.ok(b"STATUS Archive/Classe (UIDVALIDITY)").one(b"STATUS").endswith(b"(UIDVALIDITY %d)" % validity)


def test_a_mailbox_renamed_elsewhere_is_emptied_and_left_by_its_new_name(client: Client, other: Client) -> None:
    client.ok(b"CREATE Classe/3A")
    client.append(message("a"), b"Classe/3A")
    client.ok(b"SELECT Classe/3A")
    other.ok(b"RENAME Classe Groupe")
    client.ok(b"STORE 1 +FLAGS (\\Deleted)")
    assert other.ok(b"STATUS Groupe/3A (MESSAGES DELETED)").one(b"STATUS").endswith(b"(MESSAGES 1 DELETED 1)")
    client.ok(b"CLOSE")
    assert other.ok(b"STATUS Groupe/3A (MESSAGES)").one(b"STATUS").endswith(b"(MESSAGES 0)")
    other.ok(b"CREATE Classe/3A")
    assert client.ok(b"STATUS Classe/3A (MESSAGES)").one(b"STATUS").endswith(b"(MESSAGES 0)")


@pytest.mark.parametrize("known", [b"", b" 1", b" 1 (1 1)"])
def test_a_mailbox_made_anew_says_nothing_about_what_was_known_of_the_old_one(
    client: Client, other: Client, known: bytes
) -> None:
    """RFC 7162 §3.2.5.1: with another UIDVALIDITY the parameters mean nothing, and the client begins anew."""
    other.ok(b"CREATE Classe")
    for subject in "abc":
        other.append(message(subject), b"Classe")
    client.ok(b"ENABLE QRESYNC")
    told = client.ok(b"SELECT Classe")
    validity, modseq = read_code(told, b"UIDVALIDITY"), read_code(told, b"HIGHESTMODSEQ")
    client.ok(b"UNSELECT")
    other.ok(b"SELECT Classe")
    other.ok(b"STORE 2 +FLAGS.SILENT (\\Deleted)")
    other.ok(b"EXPUNGE")
    same = client.ok(b"SELECT Classe (QRESYNC (%d %d%b))" % (validity, modseq, known))
    assert same.find(b"VANISHED") or known
    client.ok(b"UNSELECT")
    other.ok(b"UNSELECT")
    other.ok(b"DELETE Classe")
    other.ok(b"CREATE Classe")
    other.append(message("d"), b"Classe")
    fresh = client.ok(b"SELECT Classe (QRESYNC (%d %d%b))" % (validity, modseq, known))
    assert read_code(fresh, b"UIDVALIDITY") > validity
    assert read_code(fresh, b"UIDNEXT") == 2
    assert fresh.find(b"VANISHED") == fresh.find(b"FETCH (") == []
    assert client.ok(b"FETCH 1 UID").untagged == [b"* 1 FETCH (UID 1)"]


def test_a_new_mailbox_of_an_old_name_has_another_uidvalidity(client: Client, other: Client) -> None:
    client.ok(b"CREATE Classe")
    client.append(message("a"), b"Classe")
    client.ok(b"ENABLE QRESYNC")
    validity = read_code(client.ok(b"SELECT Classe"), b"UIDVALIDITY")
    client.ok(b"UNSELECT")
    other.ok(b"DELETE Classe")
    other.ok(b"CREATE Classe")
    other.append(message("b"), b"Classe")
    told = client.ok(b"SELECT Classe (QRESYNC (%d 1 1:5))" % validity)
    assert read_code(told, b"UIDVALIDITY") > validity
    assert told.find(b"VANISHED") == told.find(b"FETCH (") == []


def test_renaming_inbox_takes_its_messages_away_and_keeps_it(both: tuple[Client, Client]) -> None:
    mine, theirs = both
    validity = read_code(mine.ok(b"SELECT INBOX"), b"UIDVALIDITY")
    theirs.ok(b"RENAME INBOX Anciens")
    assert mine.ok(b"NOOP").untagged == [b"* 3 EXPUNGE", b"* 2 EXPUNGE", b"* 1 EXPUNGE"]
    theirs.append(message("d"))
    assert mine.ok(b"NOOP").untagged == [b"* 1 EXISTS"]
    assert mine.ok(b"FETCH 1 UID").untagged == [b"* 1 FETCH (UID 4)"]
    told = mine.ok(b"SELECT INBOX")
    assert (read_code(told, b"UIDVALIDITY"), read_code(told, b"UIDNEXT")) == (validity, 5)
    assert read_code(mine.ok(b"SELECT Anciens"), b"UIDVALIDITY") != validity


def test_a_level_that_was_deleted_still_leads_to_what_is_below(client: Client) -> None:
    client.ok(b"CREATE Classe/A")
    client.ok(b"DELETE Classe")
    assert client.command(b"SELECT Classe").text.startswith("[NONEXISTENT]")
    assert client.ok(b'LIST "" Classe').one(b"LIST") == b'* LIST (\\NonExistent \\Noselect \\HasChildren) "/" Classe'
    client.ok(b"RENAME Classe Groupe")
    assert client.ok(b'LIST "" Groupe/%').one(b"LIST").endswith(b' "/" Groupe/A')
    assert client.command(b"DELETE Classe").text.startswith("[NONEXISTENT]")


def test_a_mailbox_is_not_renamed_onto_another_or_into_itself(client: Client) -> None:
    client.ok(b"CREATE A/B")
    assert client.command(b"RENAME A Sent").text.startswith("[ALREADYEXISTS]")
    assert client.command(b"RENAME A A/B/C").text.startswith("[CANNOT]")
    assert client.command(b"RENAME Nowhere C").text.startswith("[NONEXISTENT]")
    assert len(client.ok(b'LIST "" A*').find(b'"/" A')) == 3


def test_a_selection_that_fails_leaves_none(both: tuple[Client, Client]) -> None:
    mine, _ = both
    assert mine.command(b"SELECT Nowhere").text.startswith("[NONEXISTENT]")
    assert mine.command(b"FETCH 1 UID").status == "BAD"
