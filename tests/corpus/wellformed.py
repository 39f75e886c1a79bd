"""Ordinary messages, made by code: one of each kind that a school receives.

`WELLFORMED` maps a kind's name to the message's octets, CRLF throughout.
"""

import base64
from email.charset import BASE64, QP, Charset
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import SMTP

_PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
_TEXT = "Bonjour,\r\n\r\nle conseil de classe de la 4e B aura lieu à 17 h, salle 12.\r\n\r\nClaire Lefèvre\r\n"
_HTML = "<html><body><p>Bonjour,</p><p>le conseil de classe aura lieu à <b>17 h</b>.</p></body></html>\r\n"


def _part(kind: str, content: str | bytes, charset: str = "", encoding: str = "quoted-printable", **fields: str) -> Message:
    main, _, sub = kind.partition("/")
    part = MIMENonMultipart(main, sub)
    if isinstance(content, str):
        named = Charset(charset or "utf-8")
        named.body_encoding = BASE64 if encoding == "base64" else QP
        part.set_payload(content.replace("\r\n", "\n"), named)
    else:
        part.set_payload(base64.encodebytes(content).decode())
        part["Content-Transfer-Encoding"] = "base64"
    for name, value in fields.items():
        part[name.replace("_", "-")] = value
    return part


def _multi(subtype: str, *parts: Message, **parameters: str) -> Message:
    whole: Message = MIMEMultipart(subtype, boundary=f"=_{subtype}_{len(parts)}")
    for name, value in parameters.items():
        whole.set_param(name.replace("_", "-"), value)
    for part in parts:
        del part["MIME-Version"]
        whole.attach(part)
    return whole


def _mail(body: Message, subject: str, **fields: str) -> bytes:
    head = {
        "From": "=?utf-8?q?Claire_Lef=C3=A8vre?= <claire.lefevre@ac-exemple.example>",
        "To": "Bruno Morel <bruno.morel@ac-exemple.example>",
        "Subject": subject,
        "Date": "Tue, 17 Nov 2026 08:15:00 +0100",
        "Message-ID": "<20261117.1@ac-exemple.example>",
    }
    for name, value in (head | {name.replace("_", "-"): value for name, value in fields.items()}).items():
        body[name] = value
    return body.as_bytes(policy=SMTP.clone(max_line_length=None))


def _calendar() -> str:
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT", "UID:1@ac-exemple.example",
             "DTSTART:20261123T160000Z", "SUMMARY:Conseil de classe", "END:VEVENT", "END:VCALENDAR", "")  # fmt: skip
    return "\r\n".join(lines)


def _make() -> dict[str, bytes]:
    plain = _mail(_part("text/plain", _TEXT), "Conseil de classe")
    inside = MIMENonMultipart("message", "rfc822")
    inside.set_payload([_multi_alternative()])
    forwarded = plain.replace(b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\nX-Inside: oui\r\n", 1)
    return {
        "plain-us-ascii": b"From: anne.petit@ac-exemple.example\r\nTo: bruno.morel@ac-exemple.example\r\n"
        b"Subject: Sortie\r\nDate: Mon, 16 Nov 2026 10:00:00 +0100\r\n"
        b"Message-ID: <1@ac-exemple.example>\r\n\r\nA demain.\r\n",
        "plain-utf8": plain,
        "plain-latin1": _mail(_part("text/plain", _TEXT, "iso-8859-1"), "=?iso-8859-1?q?R=E9union?="),
        "plain-windows-1252": _mail(_part("text/plain", "5 €, « oui »\r\n", "windows-1252", "base64"), "Tarif"),
        "plain-8bit": b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: 8bit\r\nSubject: Huit\r\n\r\n" + _TEXT.encode(),
        "plain-flowed": _mail(
            _part("text/plain", "Une ligne \r\nqui coule.\r\n"), "Flux", Reply_To="groupe@ac-exemple.example"
        ),
        "japanese": _mail(
            _part("text/plain", "こんにちは\r\n", "shift_jis", "base64"), "=?iso-2022-jp?b?GyRCJDMkcyRLJEEkTxsoQg==?="
        ),
        "russian": _mail(_part("text/plain", "Привет\r\n", "koi8-r", "base64"), "=?koi8-r?b?8NLJ18XU?="),
        "html-only": _mail(_part("text/html", _HTML), "Lettre"),
        "alternative": _mail(_multi_alternative(), "Deux formes"),
        "related-images": _mail(
            _multi(
                "related",
                _part("text/html", '<p>Notre logo : <img src="cid:logo@x"></p>\r\n'),
                _part("image/png", _PNG, Content_ID="<logo@x>", Content_Disposition='inline; filename="logo.png"'),
                type="text/html",
            ),
            "Logo",
        ),
        "mixed-attachments": _mail(
            _multi(
                "mixed",
                _multi_alternative(),
                _part("application/pdf", b"%PDF-1.4 notes", Content_Disposition="attachment; filename=notes.pdf"),
                _part("image/png", _PNG, Content_Disposition='attachment; filename="plan.png"', Content_Description="Plan"),
            ),
            "=?utf-8?b?UGnDqGNlcyBqb2ludGVz?=",
        ),
        "filename-rfc2231": _mail(
            _multi(
                "mixed",
                _part("text/plain", _TEXT),
                _part(
                    "application/pdf",
                    b"%PDF",
                    Content_Disposition="attachment; filename*0*=utf-8''relev%C3%A9%20de%20; "
                    "filename*1=notes; filename*2*=%20%C3%A9t%C3%A9.pdf",
                ),
            ),
            "Releves",
        ),
        "filename-rfc2047": _mail(
            _multi(
                "mixed",
                _part("text/plain", _TEXT),
                _part(
                    "application/pdf", b"%PDF", Content_Disposition='attachment; filename="=?utf-8?q?=C3=A9t=C3=A9.pdf?="'
                ),
            ),
            "Releves",
        ),
        "message-inside": _mail(
            _multi("mixed", _part("text/plain", "Pour information.\r\n"), inside), "Tr: Conseil de classe"
        ),
        "digest-of-a-list": _mail(_multi("digest", inside, inside), "Recueil", List_Id="<profs.ac-exemple.example>"),
        "signed-smime": _mail(
            _multi(
                "signed",
                _part("text/plain", _TEXT),
                _part("application/pkcs7-signature", b"\x30\x80", Content_Disposition="attachment; filename=smime.p7s"),
                protocol="application/pkcs7-signature",
                micalg="sha-256",
            ),
            "Arrete signe",
        ),
        "invitation": _mail(
            _multi(
                "alternative", _part("text/plain", _TEXT), _part("text/html", _HTML), _part("text/calendar", _calendar())
            ),
            "Invitation",
        ),
        "delivery-report": b"From: MAILER-DAEMON@ac-exemple.example\r\nTo: bruno.morel@ac-exemple.example\r\n"
        b"Subject: Undelivered\r\nMIME-Version: 1.0\r\nReturn-Path: <>\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
        b"--r\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nNon remis.\r\n"
        b"--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.ac-exemple.example\r\n\r\n"
        b"Final-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"\r\n--r\r\nContent-Type: message/rfc822\r\n\r\n" + forwarded + b"\r\n--r--\r\n",
        "list-mail": _mail(
            _part("text/plain", _TEXT),
            "[profs] Re: Conseil",
            List_Id="Professeurs <profs.ac-exemple.example>",
            List_Unsubscribe="<mailto:profs-leave@ac-exemple.example>",
            In_Reply_To="<20261116.9@ac-exemple.example>",
            References="<20261115.1@ac-exemple.example> <20261116.9@ac-exemple.example>",
            Cc="Profs de 4e B: Anne <anne@ac-exemple.example>, luc@ac-exemple.example;",
            Sender="profs-bounces@ac-exemple.example",
        ),
        "international": "From: Élodie <élodie@académie.example>\r\nTo: 山田 <やまだ@例え.example>\r\nSubject: été\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nBonjour à tous\r\n".encode(),
    }


def _multi_alternative() -> Message:
    return _multi("alternative", _part("text/plain", _TEXT), _part("text/html", _HTML))


WELLFORMED: dict[str, bytes] = _make()
"""name → message"""
