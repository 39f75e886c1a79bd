"""One doubtful corner of each of many extensions, as its RFC has it."""

import pytest

from tests.doors.imap.conversation import Client, message
from tests.doors.imap.test_several_sessions import read_code


@pytest.fixture
def mailbox(client: Client) -> Client:
    for subject in "abc":
        client.append(message(subject))
    client.ok(b"SELECT INBOX")
    return client


def ask(client: Client, command: bytes) -> bytes:
    """The only untagged response."""
    client.send(b"e " + command + b"\r\n")
    reply = client.read_end(b"e")
    assert reply.status == "OK", reply
    (told,) = reply.untagged
    return told


@pytest.mark.parametrize(("keys", "told"), [
    (b"RETURN (MIN MAX) UID 9", b'* ESEARCH (TAG "e")'), (b"RETURN (COUNT) UID 9", b'* ESEARCH (TAG "e") COUNT 0'),
    (b"RETURN (ALL) UID 9", b'* ESEARCH (TAG "e")'),
    (b"RETURN (PARTIAL 1:5) UID 9", b'* ESEARCH (TAG "e") PARTIAL (1:5 NIL)'),
])
def test_esearch_that_finds_nothing_tells_numbers_of_none(mailbox: Client, keys: bytes, told: bytes) -> None:
    """RFC 4731 §3.1: MIN, MAX and ALL are left out, COUNT is not; RFC 9394 §3.1: an empty page is NIL."""
    assert ask(mailbox, b"SEARCH " + keys) == told


def test_esearch_tells_the_modseq_of_what_it_tells(mailbox: Client) -> None:
    """RFC 4731 §3.2: with MIN alone that of this message."""
    mailbox.ok(b"STORE 3 +FLAGS (\\Seen)")
    first, last = (mailbox.ok(b"FETCH %d MODSEQ" % n).one(b"MODSEQ (").split(b"(")[-1].rstrip(b")") for n in (1, 3))
    assert ask(mailbox, b"SEARCH RETURN (MIN) MODSEQ 1") == b'* ESEARCH (TAG "e") MIN 1 MODSEQ ' + first
    assert ask(mailbox, b"SEARCH RETURN (COUNT) MODSEQ 1") == b'* ESEARCH (TAG "e") COUNT 3 MODSEQ ' + last


@pytest.mark.parametrize(("returns", "saved"), [
    (b"SAVE", b"1:3"), (b"SAVE MIN", b"1"), (b"SAVE MAX", b"3"), (b"SAVE MIN MAX", b"1,3"), (b"SAVE MIN COUNT", b"1:3"),
    (b"SAVE ALL MIN", b"1:3"), (b"SAVE PARTIAL 2:2 MAX", b"2:3"),
])
def test_searchres_saves_what_rfc_5182_says(mailbox: Client, returns: bytes, saved: bytes) -> None:
    """§2.4."""
    mailbox.ok(b"SEARCH RETURN (" + returns + b") ALL")
    assert ask(mailbox, b"SEARCH RETURN (ALL) $") == b'* ESEARCH (TAG "e") ALL ' + saved


def test_searchres_forgets_with_the_mailbox(mailbox: Client) -> None:
    mailbox.ok(b"SEARCH RETURN (SAVE) 2")
    mailbox.ok(b"SELECT INBOX")
    assert mailbox.ok(b"SEARCH $").untagged == [b"* SEARCH"]


def test_object_ids_are_searched_for_and_what_is_none_is_nobodys(mailbox: Client) -> None:
    told = mailbox.ok(b"FETCH 2 (EMAILID THREADID)").one(b"EMAILID")
    email, thread = (told.split(word + b" (")[1].split(b")")[0] for word in (b"EMAILID", b"THREADID"))
    mailbox.ok(b"COPY 2 INBOX")
    assert mailbox.ok(b"SEARCH EMAILID " + email).untagged == [b"* SEARCH 2 4"]
    assert mailbox.ok(b"SEARCH THREADID " + thread).one(b"* SEARCH").startswith(b"* SEARCH 2")
    assert mailbox.ok(b"SEARCH NOT EMAILID " + email).untagged == [b"* SEARCH 1 3"]
    for nobodys in (thread, b"M0" + email[1:], b"M", b"x", b"M" + b"9" * 30):
        assert mailbox.ok(b"SEARCH EMAILID " + nobodys).untagged == [b"* SEARCH"]
    assert mailbox.ok(b"SEARCH NOT THREADID " + email).untagged == [b"* SEARCH 1 2 3 4"]


def test_a_mailbox_keeps_its_object_id_under_another_name(client: Client) -> None:
    made = client.ok(b"CREATE Classe").text.split("(")[1].split(")")[0].encode()
    client.ok(b"RENAME Classe Groupe")
    assert client.ok(b"STATUS Groupe (MAILBOXID)").one(b"STATUS").endswith(b"(MAILBOXID (" + made + b"))")
    client.ok(b"DELETE Groupe")
    assert client.ok(b"CREATE Groupe").text.split("(")[1].split(")")[0].encode() != made


@pytest.mark.parametrize(("keys", "found"), [
    (b"YOUNGER 60", b" 1 2 3"), (b"OLDER 60", b""), (b"OR OLDER 60 UID 2", b" 2"), (b"NOT YOUNGER 4294967295", b""),
])
def test_ages_are_counted_from_now(mailbox: Client, keys: bytes, found: bytes) -> None:
    assert mailbox.ok(b"SEARCH " + keys).untagged == [b"* SEARCH" + found]


def test_an_old_message_is_older(client: Client) -> None:
    client.ok(b'APPEND INBOX "01-Jan-2020 00:00:00 +0000" {}', message())
    client.ok(b"SELECT INBOX")
    assert client.ok(b"SEARCH OLDER 86400").untagged == [b"* SEARCH 1"]
    assert client.ok(b"SEARCH YOUNGER 86400").untagged == [b"* SEARCH"]


def test_what_vanished_is_told_of_the_uids_asked_for_alone(mailbox: Client) -> None:
    """RFC 7162 §3.2.6."""
    mailbox.ok(b"ENABLE QRESYNC")
    since = read_code(mailbox.ok(b"SELECT INBOX"), b"HIGHESTMODSEQ")
    mailbox.ok(b"STORE 1:2 +FLAGS.SILENT (\\Deleted)")
    mailbox.ok(b"EXPUNGE")
    told = mailbox.ok(b"UID FETCH 2:9,1000:* (FLAGS) (CHANGEDSINCE %d VANISHED)" % since)
    assert told.untagged == [b"* VANISHED (EARLIER) 2"]
    assert mailbox.command(b"FETCH 1 (FLAGS) (CHANGEDSINCE 1 VANISHED)").status == "BAD"


def test_an_unconditional_store_of_what_was_changed_is_refused_by_zero(mailbox: Client) -> None:
    """RFC 7162 §3.1.3: no message has a modification sequence as low."""
    reply = mailbox.ok(b"STORE 1:2 (UNCHANGEDSINCE 0) +FLAGS.SILENT (\\Seen)")
    assert reply.text.startswith("[MODIFIED 1:2]")
    assert mailbox.ok(b"SEARCH SEEN").untagged == [b"* SEARCH"]


def test_recursion_asks_for_another_option_and_remote_is_none(client: Client) -> None:
    """RFC 5258 §3.1."""
    assert client.command(b'LIST (RECURSIVEMATCH) "" *').status == "BAD"
    assert client.command(b'LIST (RECURSIVEMATCH REMOTE) "" *').status == "BAD"
    assert len(client.ok(b'LIST (REMOTE) "" (INBOX Sent INBO*)').untagged) == 2


def test_a_name_without_mailbox_has_no_status(client: Client) -> None:
    """RFC 5819 §2."""
    client.ok(b"CREATE A/B")
    client.ok(b"DELETE A")
    assert len(client.ok(b'LIST "" A RETURN (STATUS (MESSAGES))').untagged) == 1


def test_unselect_expunges_nothing(mailbox: Client) -> None:
    mailbox.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    mailbox.ok(b"UNSELECT")
    assert mailbox.command(b"UNSELECT").status == "BAD"
    assert mailbox.ok(b"STATUS INBOX (MESSAGES DELETED DELETED-STORAGE)").one(b"(MESSAGES 3 DELETED 1 DELETED-STORAGE 1)")


def test_uid_expunge_of_nothing_there_is_no_error(mailbox: Client) -> None:
    """RFC 9051 §6.4.9: a UID that is not there is passed over, whatever the command."""
    for command in (b"EXPUNGE 99", b"MOVE 99 Sent", b"COPY 99 Sent", b"STORE 99 FLAGS ()", b"FETCH 99 UID"):
        assert mailbox.ok(b"UID " + command).untagged == []


def test_enable_tells_what_it_enabled_and_no_more(client: Client) -> None:
    """RFC 5161 §3.2: what is not known is passed over."""
    assert client.ok(b"ENABLE X-NOTHING CONDSTORE").untagged == [b"* ENABLED CONDSTORE"]
    assert client.ok(b"ENABLE IMAP4rev1").untagged == [b"* ENABLED"]


def test_id_takes_nil_and_many_fields(client: Client) -> None:
    assert client.ok(b"ID NIL").untagged == [b'* ID ("name" "Corneille")']
    assert client.ok(b'ID ("name" NIL "version" "1")').untagged == [b'* ID ("name" "Corneille")']


def test_a_message_in_utf8_is_appended_as_such(client: Client) -> None:
    """RFC 6855 §4."""
    client.ok(b"ENABLE UTF8=ACCEPT")
    content = "Subject: été\r\n\r\nà\r\n".encode()
    client.send(b"u APPEND INBOX UTF8 (~{%d+}\r\n%b)\r\n" % (len(content), content))
    assert client.read_end(b"u").status == "OK"
    client.ok(b"SELECT INBOX")
    assert client.ok(b"FETCH 1 BODY.PEEK[]").one(content)


def test_a_thread_is_found_by_its_id_in_each_mailbox(client: Client) -> None:
    """RFC 8474 §5.2: answers share it with what they answer."""
    first = message("Sortie")
    answer = first.replace(b"Message-ID: <", b"Message-ID: <answer@test>\r\nReferences: <")
    for content, mailbox in ((first, b"INBOX"), (message("Autre"), b"INBOX"), (answer, b"INBOX"), (answer, b"Sent")):
        client.append(content, mailbox)
    client.ok(b"SELECT INBOX")
    thread = client.ok(b"FETCH 3 (THREADID)").one(b"THREADID").split(b"THREADID (")[1].split(b")")[0]
    assert client.ok(b"SEARCH THREADID " + thread).untagged == [b"* SEARCH 1 3"]
    assert client.ok(b"SEARCH OR THREADID " + thread + b" SUBJECT autre").untagged == [b"* SEARCH 1 2 3"]
    client.ok(b"SELECT Sent")
    assert client.ok(b"SEARCH THREADID " + thread).untagged == [b"* SEARCH 1"]


def test_an_encoding_that_is_nobodys_is_named_as_such(client: Client) -> None:
    """RFC 3516 §4.3: BINARY of it is NO [UNKNOWN-CTE]; the octets are had all the same, and so are other parts."""
    client.append(
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: x-rot13"
        b"\r\n\r\nobawbhe\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\nYsOg\r\n--x--\r\n"
    )
    client.ok(b"SELECT INBOX")
    for asked in (b"BINARY[1]", b"BINARY.SIZE[1]", b"BINARY.PEEK[2] BINARY.PEEK[1]"):
        reply = client.command(b"FETCH 1 (" + asked + b")")
        assert (reply.status, reply.text.partition("]")[0]) == ("NO", "[UNKNOWN-CTE")
    assert client.ok(b"FETCH 1 (BINARY.PEEK[2])").one(b"FETCH").endswith(b"BINARY[2] {3}\r\nb\xc3\xa0)")
    assert client.ok(b"FETCH 1 (BODY.PEEK[1])").one(b"FETCH").endswith(b"BODY[1] {7}\r\nobawbhe)")


def test_a_page_of_what_changed(mailbox: Client) -> None:
    """RFC 9394 §3.2 with RFC 7162."""
    since = read_code(mailbox.ok(b"SELECT INBOX (CONDSTORE)"), b"HIGHESTMODSEQ")
    mailbox.ok(b"STORE 1,3 +FLAGS.SILENT (\\Seen)")
    told = mailbox.ok(b"UID FETCH 1:* (FLAGS) (PARTIAL -1:-1 CHANGEDSINCE %d)" % since)
    assert [each.split(b" MODSEQ")[0] for each in told.untagged] == [b"* 3 FETCH (UID 3 FLAGS (\\Seen)"]
    assert mailbox.command(b"FETCH 1:* (FLAGS) (PARTIAL 1:1)").status == "BAD"


def test_a_refused_special_use_makes_nothing(client: Client) -> None:
    """RFC 6154 §3."""
    assert client.command(b"CREATE X (USE (\\Sent))").text.startswith("[USEATTR]")
    assert client.command(b"SELECT X").text.startswith("[NONEXISTENT]")
    assert len(client.ok(b'LIST (SPECIAL-USE) "" * RETURN (SPECIAL-USE)').find(b"\\Sent")) == 1


def test_a_use_is_given_up_and_taken(client: Client, other: Client) -> None:
    """RFC 6154 §3: CREATE-SPECIAL-USE. INBOX, Drafts, Sent, Junk and Trash are what delivery and pages rely on."""
    assert client.command(b"CREATE Cours (USE (\\Archive))").text.startswith("[USEATTR]")
    client.ok(b"DELETE Archive")
    assert client.ok(b'LIST (SPECIAL-USE) "" *').find(b"\\Archive") == []
    made = client.ok(b"CREATE Cours (USE (\\Archive))")
    assert made.text.startswith("[MAILBOXID (")
    (shown,) = other.ok(b'LIST (SPECIAL-USE) "" *').find(b"\\Archive")
    assert shown.endswith(b'"/" Cours')
    assert client.command(b"DELETE Trash").text.startswith("[CANNOT]")


def test_metadata_names_are_the_same_in_any_case(client: Client) -> None:
    """RFC 5464 §3.2."""
    client.ok(b'SETMETADATA INBOX (/PRIVATE/Comment "x")')
    assert client.ok(b"GETMETADATA INBOX /private/COMMENT").untagged == [b'* METADATA INBOX (/private/comment "x")']
