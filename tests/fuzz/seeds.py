"""What mutation begins with, by grammar: ordinary inputs, as programs send them. The corpus has the messages."""

import json
from datetime import UTC, datetime

from corneille.mail.store.record import Kind, Note, NotedPlace, format_dropped, format_header, format_note
from corneille.wire.ical.write import Written, drop_instance, write_event
from tests.wire.imap.test_parse import READ, WRONG

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)

IMAP = [b"a1 " + raw + b"\r\n" for raw, _ in READ] + [b"a1 " + raw + b"\r\n" for raw in WRONG] + [
    b"a UID FETCH 1:*,3 (UID FLAGS BODY.PEEK[HEADER.FIELDS (To)] PREVIEW (LAZY)) (CHANGEDSINCE 9)\r\n",
    b"a SORT (REVERSE DATE) UTF-8 ALL\r\nb THREAD REFERENCES UTF-8 ALL\r\n",
    b'a GETMETADATA (MAXSIZE 9 DEPTH infinity) "" (/private/comment /shared/x)\r\n',
    b'a SETMETADATA INBOX (/private/comment "x" /private/y NIL)\r\n',
    b"a REPLACE 4 Drafts (\\Draft) {3+}\r\nabc\r\n",
    b"a NOTIFY SET STATUS (SELECTED-DELAYED (MessageNew (UID BODY.PEEK[HEADER.FIELDS (To)]) MessageExpunge FlagChange))"
    b" (SUBTREE (INBOX {1+}\r\na) (MailboxName)) (PERSONAL NONE)\r\n",
    b'a SETQUOTA "" (STORAGE 512)\r\na GETQUOTAROOT INBOX\r\na COMPRESS DEFLATE\r\n',
]  # fmt: skip
QUERIES = [
    b"OR (SUBJECT a NOT FROM \"b c\") (SINCE 1-Feb-2026 LARGER 10)", b"RETURN (MIN MAX COUNT) UID 1:9,12:*",
    b"CHARSET UTF-8 TEXT a", b'MODSEQ "/flags/\\\\draft" all 62', b"HEADER X-A \"\" KEYWORD $MDNSent YOUNGER 9",
    b"RETURN (UPDATE (UID BODY.PEEK[HEADER.FIELDS (To)]) CONTEXT) NOT 2:4",
    b"RETURN (SAVE PARTIAL 1:5) UNSEEN EMAILID M1 SAVEDBEFORE 1-Feb-2026", b"NOT NOT ((ALL))",
]  # fmt: skip
NAMES = [
    b'"" "*"', b'(SUBSCRIBED RECURSIVEMATCH) "" ("a*" %/b) RETURN (CHILDREN STATUS (MESSAGES UNSEEN))', b"INBOX/&AMk-l",
    b"&ZeVnLIqe-/&-", b'"Projets/2026"', b"&2D3cEA-", b"\xc3\x89t\xc3\xa9",
]  # fmt: skip
NOTIFY = [
    b"NONE", b"SET (SELECTED (MessageNew (UID BODY.PEEK[HEADER.FIELDS (To)]) MessageExpunge FlagChange)) (INBOXES NONE)",
    b"SET STATUS (SUBTREE (INBOX a/b) (MailboxName SubscriptionChange x-y)) (MAILBOXES \"c d\" (MessageNew MessageExpunge))",
]  # fmt: skip
SMTP = [
    b"EHLO a.example\r\nMAIL FROM:<a@b.example> SIZE=12 BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<\"a b\"@c.example>\r\nDATA\r\n",
    b"AUTH PLAIN AGEAYg==\r\n", b"RCPT TO:<@x.example,@y.e:a@b.example>\r\n", b"MAIL FROM:<> AUTH=<>\r\n",
    b"EHLO [IPv6:2001:db8::1]\r\nRSET\r\nVRFY a\r\nNOOP\r\nHELP\r\nQUIT\r\n", b"MAIL FROM:<a@[192.0.2.1]>\nRCPT TO:<x>\r\n",
]  # fmt: skip
SASL = [b"AGEAYg==", b"\0jeanne\0secret", b"a\0jeanne\0secret", b"=", b"dXNlcg==" + b" " * 64 + b"pass"]
ADDRESSES = [
    b'"Petit, Jeanne" <jeanne.petit@ac.example>, profs: a@b.example, c@d.example;, (seul) e@f.example (Proviseur)',
    b'=?utf-8?q?=C3=89lodie?= <"deux mots"@[192.0.2.1]>', b"<@relais.example:a@b.example>", b"a@b@c; d (e (f) g)",
    b"<<a@b>>",
]  # fmt: skip
DATES = [
    b"Tue, 17 Nov 2026 08:15:00 +0100", b"17 Nov 26 08:15 (le matin) EST", b"Mon, 31 Feb 2026 25:61:61 +9999",
    b" 7-Feb-2026 21:52:25 +0100", b"31 Dec 9999 23:59:60 -1200", b"1 Jan 0001 00:00:00 +1400",
]  # fmt: skip
HTML = [
    b"<html><body><p>Bonjour <b>17 h</b><blockquote type=cite>> a<blockquote>b</blockquote></blockquote></body></html>",
    b"<style>@import 'x'; p{color:red;background:url(http://a/b)}</style><p style='color:rgb(1,2,3)'>a<img src=cid:x>",
    b"<table><tr><td><table><tr><td>a</table></table><a href='java&#x73;cript:x'>b</a><script>c</script><svg><a>",
    b"<div id=divRplyFwdMsg>From: a</div><!-- [if mso]> x <![endif]--><form action=/x><input></form><base href=//e>",
    b'<math><mtext><option><FAKEFAKE><option></option><mglyph><svg><mtext><style><a title="</style><img src onerror=x>">',
]  # fmt: skip
STYLES = [
    b"color: red; background: url(javascript:x); width: expression(1)",
    b"@media screen{p{a:b}} @import url(x); @font-face{}",
    b"p /* } */ { font-family: 'a\\22 b'; }",
]  # fmt: skip
_WEEKLY = write_event(
    "u@ac.example",
    Written("Conseil", datetime(2026, 11, 3, 17, tzinfo=UTC), datetime(2026, 11, 3, 18, tzinfo=UTC), rule="FREQ=WEEKLY"),
    NOW,
)
ICAL = [
    _WEEKLY,
    drop_instance(_WEEKLY, datetime(2026, 11, 10, 17, tzinfo=UTC), NOW),
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:t\r\nDUE;VALUE=DATE:20261103\r\nDURATION:P1D\r\n"
    b"RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231;BYSETPOS=1\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:e\r\nDTSTART;TZID=America/New_York:20261103T170000\r\nRDATE:20261204T170000Z\r\n"
    b"EXRULE:FREQ=DAILY\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
]
_NS = b'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
DAV = [
    b"<d:propfind " + _NS + b"><d:prop><d:getetag/><c:calendar-data/></d:prop></d:propfind>",
    b"<d:propertyupdate " + _NS + b"><d:set><d:prop><d:displayname>a</d:displayname></d:prop></d:set></d:propertyupdate>",
    b"<c:calendar-query " + _NS + b'><c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">'
    b'<c:time-range start="20261001T000000Z" end="20261101T000000Z"/><c:prop-filter name="SUMMARY"><c:text-match>a'
    b"</c:text-match></c:prop-filter></c:comp-filter></c:comp-filter></c:filter></c:calendar-query>",
    b"<c:calendar-multiget " + _NS + b"><d:prop><d:getetag/></d:prop><d:href>/dav/a.ics</d:href></c:calendar-multiget>",
    b"<d:sync-collection " + _NS + b"><d:sync-token>u:1</d:sync-token><d:sync-level>1</d:sync-level></d:sync-collection>",
    b"<c:free-busy-query " + _NS + b'><c:time-range start="20261001T000000Z"/></c:free-busy-query>',
    b'"a", W/"b"', b"infinity", b"Basic YTpi", b"<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x><x/>",
]  # fmt: skip
_POST = {
    "key": "k/1", "person": "zlefevre", "title": {"fr": "Bonjour", "en": "Hello"}, "text": {"fr": "a", "en": "b"},
    "url": "https://mina.example/x", "severity": "action", "valid_until": "2027-01-31T18:00:00+01:00",
}  # fmt: skip
POSTS = [
    json.dumps(_POST).encode(),
    json.dumps({**_POST, "population": {"types": ["enseignant"], "establishments": ["0760095R"]}}).encode(),
]
_NOTE = format_note(Note((NotedPlace(7, "INBOX", "\\Seen", 5),), 123, "ab"))
RECORDS = [format_header(Kind.MESSAGE, _NOTE, 9, 5, bytes(32)), _NOTE, format_dropped([(1, 64), (2, 80)])]
TYPED = ["de:claire objet:\"conseil\" -spam après:2026-11".encode(), "pj:oui « a b » http://x".encode(), b"n1.2.3"]
