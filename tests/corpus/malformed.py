"""Strange and broken messages, made by code: what the field sends, what an enemy would send.

`MALFORMED` maps a name that says what is wrong to the message's octets. Everything that takes messages in (import,
APPEND, SMTP, the web page) must give each back byte for byte and show it without an error.
"""

import base64
from collections.abc import Callable

_MAKERS: dict[str, Callable[[], bytes]] = {}

_HEAD = (
    b"From: Claire Lefebvre <claire.lefebvre@ac-exemple.example>\r\n"
    b"To: Bruno Morel <bruno.morel@ac-exemple.example>\r\n"
    b"Date: Tue, 17 Nov 2026 08:15:00 +0100\r\n"
    b"Message-ID: <conseil-de-classe@ac-exemple.example>\r\n"
)
_MIXED = _HEAD + b'Subject: Conseil de classe\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="limite"\r\n'
_TEXT = b"Le conseil de classe de la 4e B aura lieu lundi.\r\n"


def _named(maker: Callable[[], bytes]) -> Callable[[], bytes]:
    _MAKERS[maker.__name__.replace("_", "-").strip("-")] = maker
    return maker


def _plain(fields: bytes, body: bytes = _TEXT) -> bytes:
    return _HEAD + fields + b"\r\n" + body


def _mime(fields: bytes, body: bytes = _TEXT) -> bytes:
    return _plain(b"MIME-Version: 1.0\r\n" + fields, body)


def _fixed() -> dict[str, bytes]:
    """The messages that need no code of their own."""
    cut = base64.b64encode("Réunion de rentrée".encode())
    return {
        # Hardly anything there
        "empty": b"",
        "only-an-empty-line": b"\r\n",
        "only-two-empty-lines": b"\r\n\r\n",
        "only-a-bare-newline": b"\n",
        "only-a-bare-return": b"\r",
        "only-nul": b"\0",
        "only-a-space": b" ",
        "header-only": _HEAD + b"Subject: Sans corps\r\n",
        "header-only-without-line-end": _HEAD + b"Subject: Sans fin de ligne",
        "header-and-empty-line-only": _HEAD + b"Subject: Corps vide\r\n\r\n",
        "body-only": b"\r\n" + _TEXT,
        "text-without-any-header": b"Bonjour,\r\n\r\nceci n'a jamais eu d'en-t\xc3\xaate.\r\n",
        "body-without-last-line-end": _plain(b"Subject: Fin coup\xc3\xa9e\r\n", b"Le bus de 16 h 30 est"),
        "no-sender-no-date-no-subject": b"X-Mailer: ancien\r\n\r\n" + _TEXT,
        "empty-fields": b"From:\r\nTo:\r\nSubject:\r\nDate:\r\nMessage-ID:\r\nContent-Type:\r\n\r\n" + _TEXT,
        # Lines and octets
        "bare-newlines": _plain(b"Subject: Unix\r\n").replace(b"\r\n", b"\n"),
        "bare-returns": _plain(b"Subject: Mac\r\n").replace(b"\r\n", b"\r"),
        "mixed-line-ends": _HEAD.replace(b"\r\n", b"\n", 2) + b"Subject: Mixte\r\n\nun\r\ndeux\ntrois\rquatre\n\r\n",
        "doubled-returns": _plain(b"Subject: Double\r\n").replace(b"\r\n", b"\r\r\n"),
        "lone-return-in-subject": _plain(b"Subject: Un\rDeux\r\n"),
        "dots-and-smuggling": _plain(b"Subject: Points\r\n", b".\r\n..\r\n.\n.\r\nMAIL FROM:<x@y>\r\n\n.\n"),
        "nul-in-header-and-body": _plain(
            b"Subject: Z\0ro\r\nContent-Type: text/plain; charset=utf-8\r\n", b"un\0deux\0\r\n"
        ),
        "controls-in-subject": _plain(b"Subject: a\x01b\x07c\x1b[31mrouge\x7f\r\n"),
        "escape-sequences-in-name": b'From: "\x1b]0;titre\x07" <a@b.example>\r\n\r\n' + _TEXT,
        "raw-latin1-header": _plain("Subject: Réunion à 14 h — élèves\r\n".encode("cp1252")),
        "raw-utf8-header": _plain("Subject: Réunion à 14 h — élèves 🎒\r\n".encode()),
        "raw-mixed-charsets-in-one-header": _plain(b"Subject: \xe9l\xc3\xa8ve =?utf-8?q?=C3=A9t=C3=A9?= \xff\r\n"),
        "raw-utf8-address": "From: Élodie <élodie@académie.example>\r\n\r\n".encode() + _TEXT,
        "eight-bit-without-mime": _plain(b"Subject: Huit bits\r\n", "L'été à l'école\r\n".encode("latin-1")),
        "utf8-bom-first": b"\xef\xbb\xbf" + _plain(b"Subject: BOM\r\n"),
        "utf16-whole": _plain(b"Subject: UTF-16\r\n").decode().encode("utf-16"),
        "binary-rubbish": bytes(range(256)) * 8,
        "all-high-octets": bytes(range(128, 256)) + b"\r\n\r\n" + bytes(range(128, 256)),
        # Header syntax
        "mbox-from-line-first": b"From claire@ac-exemple.example Tue Nov 17 08:15:00 2026\r\n"
        + _plain(b"Subject: mbox\r\n"),
        "quoted-mbox-from-line-first": b">From claire@ac-exemple.example Tue Nov 17\r\n" + _plain(b"Subject: mbox\r\n"),
        "http-answer-first": b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n" + _TEXT,
        "first-line-folded": b" suite sans d\xc3\xa9but\r\n" + _plain(b"Subject: Pli\r\n"),
        "line-without-colon": _HEAD + b"Ceci n'est pas un champ\r\nSubject: Apr\xc3\xa8s\r\n\r\n" + _TEXT,
        "colon-first": _HEAD + b": sans nom\r\nSubject: Apr\xc3\xa8s\r\n\r\n" + _TEXT,
        "space-before-colon": b"From : a@b.example\r\nSubject\t: Espace\r\nContent-Type : text/html\r\n\r\n<p>Oui</p>\r\n",
        "folded-to-death": _plain(b"Subject:\r\n \r\n \r\n\t\r\n enfin\r\n \r\n"),
        "folded-with-blank-line-of-spaces": _plain(b"Subject: a\r\n   \r\n b\r\n"),
        "everything-twice": (_HEAD + b"Subject: Un\r\n") * 2 + b"Subject: Deux\r\n\r\n" + _TEXT,
        "two-content-types": _plain(
            b"Subject: Deux types\r\nContent-Type: text/html\r\nContent-Type: text/plain\r\n", b"<b>?</b>"
        ),
        "header-injection-in-name": b'From: "x\r\nBcc: tous@ac-exemple.example" <a@b.example>\r\nSubject: Injection\r\n\r\n'
        + _TEXT,
        "crlf-in-encoded-word": _plain(b"Subject: =?utf-8?q?Bonjour=0D=0ABcc:_tous=40ac-exemple.example?=\r\n"),
        "markup-in-every-field": b'From: "<script>alert(1)</script>" <a@b.example>\r\n'
        b"Subject: <img src=x onerror=alert(1)>\r\n"
        b'Content-Type: text/html; name="<svg onload=alert(1)>"\r\n\r\n<script>alert(1)</script><b onclick=x>gras</b>\r\n',
        # Encoded words
        "encoded-word-unknown-charset": _plain(b"Subject: =?x-klingon?q?nuqneH=E9?= et =?utf8mb4?q?caf=C3=A9?=\r\n"),
        "encoded-word-bad-base64": _plain(b"Subject: =?utf-8?b?UsOpdW5pb24?= =?utf-8?b?!!!?= =?utf-8?b?YQ=?=\r\n"),
        "encoded-word-with-spaces": _plain(b"Subject: =?utf-8?q?R=C3=A9union de rentr=C3=A9e?=\r\n"),
        "encoded-word-cut-inside-a-character": _plain(
            b"Subject: =?utf-8?b?" + cut[:2] + b"?=\r\n =?utf-8?q?=C3?=\r\n =?utf-8?q?=A9?= =?utf-8?b?" + cut[4:] + b"?=\r\n"
        ),
        "encoded-word-never-closed": _plain(b"Subject: =?utf-8?q?R=C3=A9union\r\n"),
        "encoded-word-inside-quotes": b'From: "=?utf-8?q?=C3=89lodie_Petit?=" <elodie.petit@ac-exemple.example>\r\n\r\n'
        + _TEXT,
        "encoded-word-glued-to-text": _plain(b"Subject: avant=?utf-8?q?=C3=A9?=apr\xc3\xa8s=?utf-8?q?=C3=A8?=\r\n"),
        "encoded-word-as-address": b"From: =?utf-8?q?=C3=89lodie_=3Celodie=40ac-exemple=2Eexample=3E?=\r\n\r\n" + _TEXT,
        "encoded-word-utf7": _plain(b"Subject: =?utf-7?q?+ADw-script+AD4-alert(1)+ADw-/script+AD4-?=\r\n"),
        "encoded-word-with-language": _plain(b"Subject: =?iso-8859-1*fr?q?=E9t=E9?=\r\n"),
        "thousands-of-encoded-words": _plain(b"Subject:" + b" =?utf-8?q?=C3=A9?=\r\n" * 5000),
        "thousands-of-encoded-word-starts": _plain(b"Subject: " + b"=?utf-8?q?" * 5000 + b"\r\n"),
        # Addresses
        "no-address-at-all": b"From: le secr\xc3\xa9tariat\r\nTo: \r\nCc: ,,,;\r\n\r\n" + _TEXT,
        "undisclosed-recipients": _HEAD.replace(b"Bruno Morel <bruno.morel@ac-exemple.example>", b"undisclosed-recipients:;")
        + b"\r\n"
        + _TEXT,
        "groups-and-comments": b"From: (commentaire (dans un autre)) a@b.example (Proviseur)\r\n"
        b"To: Profs de 4e B: Anne <a@b.example>, c@d.example;, seul@e.example\r\n\r\n" + _TEXT,
        "group-never-closed": b"To: Profs: a@b.example, c@d.example\r\n\r\n" + _TEXT,
        "angle-never-closed": b"From: Anne <anne@b.example\r\nTo: <<double@b.example>>\r\n\r\n" + _TEXT,
        "quote-never-closed": b'From: "Anne <anne@b.example>\r\nSubject: Guillemet\r\n\r\n' + _TEXT,
        "comment-never-closed": b"From: Anne (prof <anne@b.example>\r\nSubject: Parenth\xc3\xa8se\r\n\r\n" + _TEXT,
        "source-route-and-quoted-local": b'To: <@relais.example,@autre.example:"deux mots"@b.example>, '
        b'"a\\"b"@c.example\r\n\r\n'
        + _TEXT,
        "address-literal": b"From: root@[127.0.0.1]\r\nTo: x@[IPv6:::1]\r\n\r\n" + _TEXT,
        "two-at-signs": b"From: a@b@c.example\r\nTo: Anne a@b.example, Bob\r\n\r\n" + _TEXT,
        "semicolons-between-addresses": b"To: a@b.example; c@d.example;\r\nCc: Anne <a@b.example> Bob <c@d.example>\r\n\r\n"
        + _TEXT,
        "comments-nested-10000-deep": b"From: " + b"(" * 10_000 + b"a@b.example\r\n\r\n" + _TEXT,
        "ten-thousand-recipients": b"To: "
        + b",\r\n ".join(b"eleve%d@ac-exemple.example" % n for n in range(10_000))
        + b"\r\n\r\n"
        + _TEXT,
        # Dates and identifiers
        "date-in-words": b"Date: hier vers midi\r\n\r\n" + _TEXT,
        "date-impossible": b"Date: Mon, 31 Feb 2026 25:61:61 +9999\r\n\r\n" + _TEXT,
        "date-of-the-year-zero": b"Date: 1 Jan 0000 00:00:00 +0000\r\n\r\n" + _TEXT,
        "date-at-the-end-of-time": b"Date: 31 Dec 9999 23:59:60 -1200\r\n\r\n" + _TEXT,
        "date-with-long-digits": b"Date: " + b"9" * 5000 + b" Jan 2026\r\n\r\n" + _TEXT,
        "message-ids-broken": b"Message-ID: pas d'identifiant\r\nIn-Reply-To: message de Anne du 12\r\n"
        b"References: <a@b> <c@d <e@f> <> < g @ h >\r\n\r\n" + _TEXT,
        "ten-thousand-references": b"References:" + b"\r\n <x@y>" * 10_000 + b"\r\n\r\n" + _TEXT,
        # Content fields
        "content-type-rubbish": _mime(b'Subject: Type\r\nContent-Type: ;;;=/"\\\r\n'),
        "content-type-without-subtype": _mime(b"Content-Type: text\r\n"),
        "content-type-html-only": _mime(b"Content-Type: html\r\n", b"<p>oui"),
        "content-type-with-comments": _mime(b"Content-Type: text/(plain)html (oui) ; (a) charset (b) = (c) utf-8\r\n"),
        "charset-unknown": _mime(b"Content-Type: text/plain; charset=x-inconnu\r\n", b"L'\xe9t\xe9\r\n"),
        "charset-unknown-8bit": _mime(b"Content-Type: text/plain; charset=unknown-8bit\r\n", b"L'\xe9t\xe9\r\n"),
        "charset-is-a-codec-that-is-none": _mime(b"Content-Type: text/plain; charset=rot13\r\n", b"Obawbhe\r\n"),
        "charset-with-a-path": _mime(b"Content-Type: text/plain; charset=../../etc/passwd\r\n"),
        "charset-false": _mime(
            b"Content-Type: text/plain; charset=utf-8\r\n", "L'été à l'école, où ça ?\r\n".encode("cp1252")
        ),
        "charset-utf7": _mime(
            b"Content-Type: text/html; charset=utf-7\r\n", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-\r\n"
        ),
        "charset-utf16-cut": _mime(b"Content-Type: text/plain; charset=utf-16\r\n", "élève".encode("utf-16")[:-1]),
        "charset-utf8-cut": _mime(b"Content-Type: text/plain; charset=utf-8\r\n", "élèves à l'é".encode()[:-1]),
        "charset-iso2022-broken": _mime(b"Content-Type: text/plain; charset=iso-2022-jp\r\n", b"\x1b$B$+$-\x1b\xff\x1b$"),
        "charset-twice": _mime(b"Content-Type: text/plain; charset=utf-8; charset=iso-8859-1\r\n", b"\xc3\xa9\xe9\r\n"),
        "encoding-unknown": _mime(b"Content-Transfer-Encoding: x-secret\r\n"),
        "encoding-without-mime-version": _plain(b"Content-Transfer-Encoding: base64\r\n", base64.encodebytes(_TEXT)),
        "encoding-empty": _mime(b"Content-Transfer-Encoding:\r\n"),
        "encoding-twice-said": _mime(b"Content-Transfer-Encoding: base64 quoted-printable\r\n"),
        "base64-broken": _mime(
            b"Content-Transfer-Encoding: base64\r\n", b"TGUgY29u-c2Vp*bCBk\r\nZ\r\n\r\n==ZSBj\xe9bGFzc2U=\r\nZGU=\r\n"
        ),
        "base64-one-character": _mime(b"Content-Transfer-Encoding: base64\r\n", b"A"),
        "base64-that-is-none": _mime(b"Content-Transfer-Encoding: base64\r\n"),
        "quoted-printable-broken": _mime(
            b"Content-Transfer-Encoding: quoted-printable\r\n", b"L'=E9t=e9 =\r\n=ZZ = =3\r\nfin=  \r\n="
        ),
        "uuencode-broken": _mime(
            b"Content-Transfer-Encoding: x-uuencode\r\n", b"begin 644 notes.txt\r\n#0V%T\r\nZZZ\xff\r\n!trop\r\n`\r\nfin"
        ),
        "disposition-rubbish": _mime(b"Content-Disposition: ;filename\r\n"),
        "filename-with-a-path": _mime(b'Content-Disposition: attachment; filename="../../../etc/passwd"\r\n'),
        "filename-with-windows-path": _mime(b'Content-Disposition: attachment; filename="C:\\Users\\Anne\\notes.xls"\r\n'),
        "filename-with-crlf-and-nul": _mime(
            b"Content-Disposition: attachment; filename*=utf-8''a%0D%0ASet-Cookie:%20x%00.pdf\r\n"
        ),
        "filename-turned-around": _mime(b"Content-Disposition: attachment; filename*=utf-8''notes%E2%80%AEfdp.exe\r\n"),
        "filename-rfc2231-with-holes": _mime(
            b"Content-Disposition: attachment; filename*0=a; filename*2=c; filename*1*=b%; filename*x=d\r\n"
        ),
        "filename-rfc2231-unknown-charset": _mime(b"Content-Disposition: attachment; filename*=x-rien'fr'%E9t%E9.pdf\r\n"),
        "filename-endless": _mime(b"Content-Disposition: attachment; filename=" + b"a" * 20_000 + b".pdf\r\n"),
        "thousands-of-parameters": _mime(
            b"Content-Type: text/plain" + b"".join(b";\r\n p%d*%d=x" % (n % 9, n) for n in range(10_000)) + b"\r\n"
        ),
        # Boundaries
        "multipart-without-boundary": _HEAD + b"Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nun\r\n--x--\r\n",
        "multipart-with-empty-boundary": _HEAD
        + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n\r\nun\r\n----\r\n',
        "boundary-never-there": _MIXED + b"\r\n" + _TEXT,
        "boundary-never-closed": _MIXED + b"\r\n--limite\r\n\r\n" + _TEXT,
        "boundary-closed-at-once": _MIXED + b"\r\n--limite--\r\n" + _TEXT,
        "boundary-in-last-octets": _MIXED + b"\r\n--limite\r\n\r\n" + _TEXT + b"--limite",
        "boundary-with-text-after": _MIXED
        + b"\r\n--limite et plus\r\n\r\nun\r\n--limite \t\r\n\r\ndeux\r\n--limite--suite\r\n",
        "boundary-inside-header-of-part": _MIXED
        + b"\r\n--limite\r\nContent-Type: text/html\r\n--limite\r\n\r\ndeux\r\n--limite--\r\n",
        "boundary-of-1000-octets": _MIXED.replace(b"limite", b"l" * 1000) + b"\r\n--" + b"l" * 1000 + b"\r\n\r\nun\r\n",
        "boundary-of-5000-octets": _MIXED.replace(b"limite", b"l" * 5000) + b"\r\n--" + b"l" * 5000 + b"\r\n\r\nun\r\n",
        "boundary-with-control-and-quote": _MIXED.replace(b"limite", b'a\\"b\x01')
        + b'\r\n--a"b\x01\r\n\r\nun\r\n--a"b\x01--\r\n',
        "boundary-ends-with-dashes": _MIXED.replace(b"limite", b"limite--")
        + b"\r\n--limite--\r\n\r\nun\r\n--limite----\r\n",
        "part-without-header": _MIXED + b"\r\n--limite\r\n" + _TEXT + b"--limite\r\n\r\n" + _TEXT + b"--limite--\r\n",
        "part-empty": _MIXED + b"\r\n--limite\r\n--limite\r\n\r\n--limite\r\n\r\n\r\n--limite--\r\n",
        "part-ends-without-line-end": _MIXED + b"\r\n--limite\r\nContent-Type: text/plain--limite--\r\n",
        "inner-boundary-is-the-outer": _MIXED
        + b"\r\n--limite\r\nContent-Type: multipart/alternative; boundary=limite\r\n\r\n"
        b"--limite\r\n\r\nun\r\n--limite--\r\n--limite--\r\n",
        "inner-boundary-begins-with-the-outer": _MIXED
        + b"\r\n--limite\r\nContent-Type: multipart/alternative; boundary=limite2\r\n\r\n"
        b"--limite2\r\n\r\nun\r\n--limite2--\r\n--limite--\r\n",
        "outer-boundary-ends-the-inner": _MIXED
        + b"\r\n--limite\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n"
        b"--inner\r\n\r\nun\r\n--limite\r\n\r\ndeux\r\n--limite--\r\n",
        "preamble-and-epilogue": _MIXED
        + b"\r\navant\r\n--limite\r\n\r\nun\r\n--limite--\r\napr\xc3\xa8s\r\n--limite\r\n\r\nencore\r\n",
        "multipart-base64": _MIXED
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(b"--limite\r\n\r\nun\r\n--limite--\r\n"),
        "bare-newline-boundaries": (_MIXED + b"\r\n--limite\r\n\r\nun\r\n--limite--\r\n").replace(b"\r\n", b"\n"),
        "digest-without-types": _MIXED.replace(b"mixed", b"digest")
        + b"\r\n--limite\r\n\r\nSubject: Un\r\n\r\nun\r\n--limite\r\n\r\n--limite--\r\n",
        # Messages inside
        "message-inside-empty": _HEAD + b"Content-Type: message/rfc822\r\n\r\n",
        "message-inside-base64": _HEAD
        + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(_plain(b"Subject: Dedans\r\n")),
        "message-inside-partial": _HEAD + b"Content-Type: message/partial; id=x; number=1\r\n\r\n" + _TEXT,
        "message-inside-boundary-cuts-header": _MIXED
        + b"\r\n--limite\r\nContent-Type: message/rfc822\r\n\r\nSubject: Coup\r\n--limite--\r\n",
        "external-body": _plain(b'Content-Type: message/external-body; access-type=URL; URL="file:///etc/passwd"\r\n'),
        "winmail-dat": _mime(b'Content-Type: application/ms-tnef; name="winmail.dat"\r\n', b"\x78\x9f\x3e\x22\x01\x00"),
        "html-endless-tags": _mime(b"Content-Type: text/html\r\n", b"<" * 50_000 + b"<b" * 20_000 + b"<!--" * 20_000),
        "html-nested-20000-deep": _mime(b"Content-Type: text/html\r\n", b"<div>" * 20_000 + b"fond" + b"</div>" * 10),
        "html-with-nul-and-scripts": _mime(
            b"Content-Type: text/html\r\n", b"<scr\0ipt>alert(1)</scr\0ipt><a href='java\tscript:x'>x</a><p>vu</p>"
        ),
        "related-without-root": _HEAD + b'Content-Type: multipart/related; boundary=r; start="<rien>"\r\n\r\n--r\r\n'
        b"Content-Type: image/png\r\nContent-ID: <x>\r\n\r\n\x89PNG\r\n--r--\r\n",
        "alternative-without-text": _HEAD
        + b"Content-Type: multipart/alternative; boundary=r\r\n\r\n--r\r\nContent-Type: image/png\r\n\r\nx\r\n--r--\r\n",
        "signed-with-one-part": _HEAD + b"Content-Type: multipart/signed; boundary=r\r\n\r\n--r\r\n\r\nun\r\n--r--\r\n",
        "report-without-parts": _HEAD
        + b"Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n--r--\r\n",
        "calendar-broken": _plain(
            b"Content-Type: text/calendar; method=REQUEST\r\n", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:hier\r\n"
        ),
    }


@_named
def nested_250_deep() -> bytes:
    """Multiparts in one another, each with its own boundary."""
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=n%d\r\n\r\n--n%d\r\n" % (n, n) for n in range(250))
    return (
        _HEAD
        + b"Subject: Poup\xc3\xa9es\r\n"
        + opened
        + b"\r\nfond\r\n"
        + b"".join(b"--n%d--\r\n" % n for n in reversed(range(250)))
    )


@_named
def messages_nested_250_deep() -> bytes:
    return b"".join(b"Subject: Tr: %d\r\nContent-Type: message/rfc822\r\n\r\n" % n for n in range(250)) + b"\r\nfond\r\n"


@_named
def nested_250_deep_same_boundary() -> bytes:
    return _HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 250 + b"\r\nfond\r\n"


@_named
def ten_thousand_headers() -> bytes:
    return b"".join(b"X-Champ-%d: valeur\r\n" % n for n in range(10_000)) + _plain(b"Subject: Beaucoup\r\n")


@_named
def one_header_of_one_megabyte() -> bytes:
    return _plain(b"Subject: " + b"a" * 1_000_000 + b"\r\n")


@_named
def one_line_of_one_megabyte() -> bytes:
    return _plain(b"Subject: Longue\r\n", b"a" * 1_000_000)


@_named
def header_folded_100000_times() -> bytes:
    return _plain(b"Subject: a" + b"\r\n b" * 100_000 + b"\r\n")


@_named
def twelve_thousand_parts() -> bytes:
    return _MIXED + b"\r\n" + b"--limite\r\n\r\nx\r\n" * 12_000 + b"--limite--\r\n"


@_named
def thousands_of_boundaries_without_content() -> bytes:
    return _MIXED + b"\r\n" + b"--limite\r\n" * 9_000


@_named
def lines_that_are_nearly_boundaries() -> bytes:
    return _MIXED + b"\r\n--limite\r\n\r\n" + b"--limit\r\n--\r\n--l\r\n" * 20_000 + b"--limite--\r\n"


MALFORMED: dict[str, bytes] = _fixed() | {name: maker() for name, maker in _MAKERS.items()}
"""name → message; the largest is about 1 MB."""


def _has_unix_ends(content: bytes) -> bool:
    return b"\n" in content and not content.partition(b"\n")[0].endswith(b"\r")


KEPT_AS_THEY_ARE = {name: each for name, each in MALFORMED.items() if each and not _has_unix_ends(each)}
"""Those that an import keeps byte for byte: to a Unix text it gives the line ends of the wire."""
