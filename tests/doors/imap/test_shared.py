"""« Partagé/ »: the mail of positions, for who has them, with what they give and no more; \\Seen is each reader's own."""

from corneille.access.register import list_register
from corneille.mail.changes import get_quota
from corneille.mail.set_quota import set_quota
from corneille.people.add_position import take
from tests.doors.imap.conversation import Client, message
from tests.doors.imap.shared import INBOX, OFFICE, ROOT, SENT
from tests.positions import SECRETARY, Positions, deliver_to
from tests.transport.school import NOW


def test_they_are_listed_for_who_has_them_and_for_nobody_else(head: Client, client: Client) -> None:
    assert head.ok(b"NAMESPACE").untagged == [b'* NAMESPACE (("" "/")) NIL (("Partag&AOk-/" "/"))']
    listed = head.ok(b'LIST "" *').untagged
    assert b'* LIST (\\HasNoChildren) "/" ' + INBOX in listed
    assert b'* LIST (\\HasNoChildren) "/" "' + OFFICE + b'/INBOX"' in listed
    assert b'* LIST (\\NonExistent \\Noselect \\HasChildren) "/" "' + ROOT + b'"' in listed
    # What one sends is not filed there by a program that looks for a special use.
    assert [each for each in listed if b"Partag" in each and b"\\Sent" in each] == []
    assert head.ok(b'LIST "" %').find(b"Partag&AOk-") == [
        b'* LIST (\\NonExistent \\Noselect \\HasChildren) "/" Partag&AOk-'
    ]
    assert client.ok(b"NAMESPACE").untagged == [b'* NAMESPACE (("" "/")) NIL NIL']
    assert client.ok(b'LIST "" *').find(b"Partag") == []
    assert client.command(b"SELECT " + INBOX).text.startswith("[NONEXISTENT]")


def test_one_reads_and_the_other_has_it_unread(head: Client, secretary: Client) -> None:
    head.ok(b"SELECT " + INBOX)
    assert b"Carte scolaire" in head.ok(b"FETCH 1 (BODY[HEADER.FIELDS (Subject)])").one(b"FETCH")
    assert head.ok(b"FETCH 1 FLAGS").untagged == [b"* 1 FETCH (FLAGS (\\Seen))"]
    status = secretary.ok(b"STATUS " + INBOX + b" (MESSAGES UNSEEN)").one(b"STATUS")
    assert status.endswith(b"(MESSAGES 1 UNSEEN 1)")
    assert head.ok(b"STATUS " + INBOX + b" (UNSEEN)").one(b"STATUS").endswith(b"(UNSEEN 0)")
    secretary.ok(b"SELECT " + INBOX)
    assert secretary.ok(b"SEARCH UNSEEN").untagged == [b"* SEARCH 1"]


def test_idle_tells_of_others_flags_and_not_of_their_reading(
    head: Client, secretary: Client, school: Positions
) -> None:
    secretary.ok(b"SELECT " + INBOX)
    secretary.send(b"i IDLE\r\n")
    assert secretary.read().startswith(b"+")
    head.ok(b"SELECT " + INBOX)
    head.ok(b"STORE 1 +FLAGS (\\Seen)")
    head.ok(b"STORE 1 +FLAGS (\\Flagged)")
    assert secretary.read() == b"* 1 FETCH (UID 1 FLAGS (\\Flagged))"
    deliver_to(school.open(school.head, school.direction), "Encore")
    assert secretary.read() == b"* 2 EXISTS"
    secretary.send(b"DONE\r\n")
    assert secretary.read_end(b"i").status == "OK"


def test_a_reader_changes_what_is_theirs_and_nothing_else(secretary: Client) -> None:
    told = secretary.ok(b"SELECT " + INBOX)
    assert told.one(b"PERMANENTFLAGS") == b"* OK [PERMANENTFLAGS (\\Seen)] Flags that stay"
    assert told.text.startswith("[READ-WRITE]")
    assert secretary.ok(b"STORE 1 +FLAGS (\\Seen \\Flagged)").untagged == [b"* 1 FETCH (FLAGS (\\Seen))"]
    for refused in (
        b"STORE 1 +FLAGS (\\Deleted)", b"EXPUNGE", b"MOVE 1 INBOX", b"CREATE " + SENT[:-1] + b'/x"', b"DELETE " + SENT,
        b"RENAME " + SENT + b' "x"', b"COPY 1 " + SENT,
    ):  # fmt: skip
        assert secretary.command(refused).text.startswith("[NOPERM]"), refused
    assert secretary.command(b"APPEND " + INBOX + b" {}", message("x")).text.startswith("[NOPERM]")
    assert secretary.ok(b"MYRIGHTS " + INBOX).untagged == [b"* MYRIGHTS " + INBOX + b" lrs"]
    secretary.ok(b"CLOSE")


def test_messages_are_carried_between_ones_own_mail_and_the_positions(head: Client, school: Positions) -> None:
    head.append(message("a moi"), flags=b"(\\Seen \\Flagged)")
    head.ok(b"SELECT INBOX")
    copied = head.ok(b"COPY 1 " + SENT)
    assert copied.text.startswith("[COPYUID ")
    assert head.ok(b"MOVE 1 " + SENT).find(b"EXPUNGE") == [b"* 1 EXPUNGE"]
    head.ok(b"SELECT " + SENT)
    assert head.ok(b"FETCH 1:* FLAGS").untagged == [
        b"* 1 FETCH (FLAGS (\\Flagged \\Seen))", b"* 2 FETCH (FLAGS (\\Flagged \\Seen))",
    ]  # fmt: skip
    assert [content.count(b"a moi") for content in school.head.inbox()] == []
    head.ok(b"COPY 1 INBOX")
    assert len(school.head.inbox()) == 1
    head.ok(b"STORE 1 +FLAGS (\\Deleted)")
    head.ok(b"EXPUNGE")
    assert head.ok(b"STATUS " + SENT + b" (MESSAGES)").one(b"STATUS").endswith(b"(MESSAGES 1)")


def test_the_mail_of_a_position_has_a_quota_of_its_own(head: Client, client: Client, school: Positions) -> None:
    set_quota(school.direction, 20 * 1024, NOW, actor="test")
    root, quota = head.ok(b"GETQUOTAROOT " + INBOX).untagged
    name = root.removeprefix(b"* QUOTAROOT " + INBOX + b" ")
    assert quota == b"* QUOTA " + name + b" (STORAGE 1 20)"
    assert head.ok(b"GETQUOTA " + name).untagged == [quota]
    assert head.ok(b"GETQUOTAROOT INBOX").untagged[0] == b"* QUOTAROOT INBOX mail"
    assert client.command(b"GETQUOTA " + name).text.startswith("[NONEXISTENT]")
    assert head.command(b"SETQUOTA " + name + b" (STORAGE 5)").text.startswith("[NOPERM]")
    head.ok(b"SELECT " + INBOX)
    assert head.command(b"APPEND " + INBOX + b" {}", message("x", "x" * 20_400)).text.startswith("[OVERQUOTA]")
    for target in (INBOX, SENT):  # before one octet of it is sent
        head.send(b"b APPEND " + target + b" {20400}\r\nn NOOP\r\n")
        assert head.read().startswith(b"b NO [OVERQUOTA]")
        assert head.read_end(b"n").status == "OK"
    head.append(message("y", "y" * 20_400))


def test_what_is_filed_there_counts_there_and_not_against_a_full_mail_account(head: Client, school: Positions) -> None:
    head.append(message("a moi", "x" * 3000))
    set_quota(school.head.account, 4096, NOW, actor="test")
    assert head.command(b"APPEND INBOX {}", message("b", "x" * 3000)).text.startswith("[OVERQUOTA]")
    used = get_quota(school.open(school.head, school.direction).mail).used_bytes
    head.append(message("b", "x" * 3000), SENT)
    head.append(message("c", "x" * 3000), b"{%d+}\r\n%b" % (len(SENT) - 2, SENT[1:-1]))
    head.ok(b"SELECT INBOX")
    head.ok(b"COPY 1 " + SENT)
    head.ok(b"MOVE 1 " + SENT)
    assert get_quota(school.open(school.head, school.direction).mail).used_bytes > used + 12_000
    head.ok(b"SELECT " + SENT)
    replaced = head.command(b"REPLACE 1 " + SENT + b" {}", message("d", "x" * 3000))
    assert replaced.status == "OK"


def test_a_lost_position_closes_what_is_selected(secretary: Client, school: Positions) -> None:
    secretary.ok(b"SELECT " + INBOX)
    take(school.direction, SECRETARY, None, NOW)
    lost = secretary.command(b"FETCH 1 BODY[]")
    assert (lost.status, lost.text.startswith("[NOPERM]")) == ("NO", True)
    assert lost.one(b"CLOSED")
    assert secretary.command(b"FETCH 1 FLAGS").status == "BAD"
    assert secretary.command(b"SELECT " + INBOX).text.startswith("[NONEXISTENT]")
    secretary.ok(b"SELECT INBOX")


def test_rights_are_read_and_not_changed(head: Client, secretary: Client, school: Positions) -> None:
    assert head.ok(b"MYRIGHTS " + INBOX).untagged == [b"* MYRIGHTS " + INBOX + b" lrswitekx"]
    assert head.ok(b"MYRIGHTS INBOX").untagged == [b"* MYRIGHTS INBOX lrswitekx"]
    told = head.ok(b"GETACL " + INBOX).one(b"* ACL ")
    for member, rights in ((school.head, b"lrswitekx"), (school.secretary, b"lrs"), (school.other_secretary, b"lrs")):
        assert b" %b %b" % (member.person.identifier.encode(), rights) in told
    assert head.ok(b"GETACL INBOX").one(b"* ACL ") == b"* ACL INBOX %b lrswitekx" % school.head.person.identifier.encode()
    for command in (b"SETACL " + INBOX + b" iallard lrs", b"DELETEACL INBOX iallard", b"LISTRIGHTS INBOX iallard"):
        assert head.command(command).text.startswith("[NOPERM]")
    assert secretary.command(b'GETACL "Partag&AOk-/x/INBOX"').text.startswith("[NONEXISTENT]")
    listed = head.ok(b'LIST "" ("INBOX" ' + INBOX + b") RETURN (MYRIGHTS)")
    assert listed.find(b"MYRIGHTS") == [b"* MYRIGHTS INBOX lrswitekx", b"* MYRIGHTS " + INBOX + b" lrswitekx"]


def test_subscriptions_are_each_readers_own(head: Client, secretary: Client) -> None:
    head.ok(b"SUBSCRIBE " + INBOX)
    assert head.ok(b'LSUB "" "Partag&AOk-/*"').untagged == [b'* LSUB () "/" ' + INBOX]
    assert secretary.ok(b'LSUB "" "Partag&AOk-/*"').untagged == []
    head.ok(b"UNSUBSCRIBE " + INBOX)
    assert head.ok(b'LSUB "" "Partag&AOk-/*"').untagged == []


def test_nothing_of_ones_own_is_made_among_the_shared_names(head: Client, client: Client) -> None:
    for who in (head, client):
        assert who.command(b'CREATE "Partag&AOk-/x"').text.startswith("[CANNOT]")
        who.ok(b"CREATE y")
        assert who.command(b'RENAME y "Partag&AOk-"').text.startswith("[CANNOT]")
    head.ok(b"CREATE " + INBOX[:-1] + b'/Mairie"')
    head.ok(b"RENAME " + INBOX[:-1] + b'/Mairie" "' + ROOT + b'/Commune"')
    assert head.ok(b'LIST "" "' + ROOT + b'/%"').find(b"Commune")
    assert head.command(b'RENAME "' + ROOT + b'/Commune" z').text.startswith("[CANNOT]")
    head.ok(b'DELETE "' + ROOT + b'/Commune"')


def test_each_selection_leaves_its_line_in_the_register(head: Client, school: Positions) -> None:
    head.ok(b"SELECT " + INBOX)
    head.ok(b"EXAMINE " + INBOX)
    told = [(each.name, each.data) for each in list_register(school.direction) if each.action == "position-opened"]
    assert told == [("François Muller", {"door": "imap"})]
