"""The messages that both servers are given: our corpus, some made from a seed, and a public corpus where there is one."""

import base64
import random
import re
from collections.abc import Mapping
from pathlib import Path

from tests.corpus.malformed import MALFORMED
from tests.corpus.wellformed import WELLFORMED

SEED = 9051
MADE_COUNT = 80
PUBLIC = Path(__file__).resolve().parents[4] / "shared/corpora/messages"

# Some 12,000 parts: they cost a minute, and show nothing that five hundred do not.
TOO_LONG = {"twelve-thousand-parts", "thousands-of-boundaries-without-content"}

_ADDRESSES = (
    "claire@ac-exemple.example",
    "Claire Lefebvre <claire@ac-exemple.example>", '"Lefebvre, Claire" <c.l@ac-exemple.example>',
    "=?utf-8?q?=C3=89lodie?= Petit <elodie@ac-exemple.example>", "(absente) paul@ac-exemple.example (Paul)",
    "Profs: a@b.example, Bob <b@b.example>;", "vide:;", "a@b.example, c@d.example", "<@relais.example:x@y.example>",
    '"deux mots"@b.example', "x@[192.0.2.1]", "Jean-Paul O'Neil <jp@b.example>", "root", "A. B. Martin <abm@b.example>",
    "MAJUSCULE@B.EXAMPLE", "plié\r\n <plie@b.example>",
)  # fmt: skip
_SUBJECTS = (
    "Conseil", "Re: Conseil", "RE: Fwd: Conseil", "[profs] Conseil", "Conseil (fwd)", "=?utf-8?q?R=C3=A9union?=",
    "=?utf-8?b?UsOpdW5pb24=?= =?utf-8?q?_de_rentr=C3=A9e?=", "un deux\r\n trois", 'a "b" \\c', "", "Fwd: [fwd: Conseil]",
    "Re[2]: Conseil", "=?iso-8859-1?q?=E9t=E9?=", "abc\r\n =?utf-8?q?d?=",
)  # fmt: skip
_DATES = (
    "Mon, 2 Feb 2026 08:00:00 +0100", "2 Feb 2026 07:00 GMT", "Tue, 3 Feb 2026 23:59:59 -0500 (EST)",
    "3 Feb 26 10:00:00 EST",
    "Wed, 04 Feb 2026 00:30:00 +0200", "  Thu,  5  Feb 2026  09:00:00  +0000",
)  # fmt: skip
_TYPES = (
    "text/plain", "text/plain; charset=utf-8", "TEXT/HTML; Charset=\"UTF-8\"", "application/pdf; name=\"a b.pdf\"",
    "image/png;\r\n name=x.png", "text/plain; charset=us-ascii; format=flowed; delsp=yes", "application/octet-stream",
    "text/calendar; method=REQUEST (oui)", "audio/x-truc; a=1; b=\"2;3\"; c*=utf-8''%C3%A9",
)  # fmt: skip
_DISPOSITIONS = (
    "attachment; filename=\"notes.txt\"", "inline", "attachment; filename*0=long; filename*1=.txt",
    "inline; filename=\"a\\\"b.txt\"; size=12",
)  # fmt: skip
_EXTRA = (
    "Content-ID: <un@x.example>",
    "Content-Description: Plan de l'école", "Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==", "Content-Language: fr, en",
    "Content-Location: http://a.example/x", "X-Autre: oui",
)  # fmt: skip
_BODIES = (
    b"Bonjour.\r\n",
    b"",
    b"\r\n",
    b"sans fin",
    "Réunion à 14 h\r\n".encode(),
    b"une\r\n\r\ndeux\r\n\r\n",
    b".\r\n..\r\n",
)


def make_messages() -> Mapping[str, bytes]:
    """Messages drawn from a fixed seed: ordinary fields and structures in combinations that nobody thought of."""
    chance = random.Random(SEED)
    return {f"made-{number}": _make_message(chance, number) for number in range(MADE_COUNT)}


def _make_message(chance: random.Random, number: int) -> bytes:
    fields = [f"Message-ID: <{number}@made.example>", f"Date: {chance.choice(_DATES)}"]
    fields += [
        f"{name}: {chance.choice(_ADDRESSES)}"
        for name in ("From", "To", "Cc", "Sender", "Reply-To")
        if chance.random() < 0.7
    ]
    fields.append(f"Subject: {chance.choice(_SUBJECTS)}")
    if number and chance.random() < 0.5:
        parent = chance.randrange(number)
        fields.append(f"In-Reply-To: <{parent}@made.example>")
        if chance.random() < 0.7:
            fields.append(f"References: <{chance.randrange(number)}@made.example>\r\n <{parent}@made.example>")
    chance.shuffle(fields)
    head, body = _make_part(chance, depth=0, path=f"b{number}")
    return "".join(f"{line}\r\n" for line in ["MIME-Version: 1.0", *fields, *head]).encode() + b"\r\n" + body


def _make_part(chance: random.Random, depth: int, path: str) -> tuple[list[str], bytes]:
    kind = chance.random()
    if depth < 4 and kind < 0.45:
        parts = [_make_part(chance, depth + 1, f"{path}.{place}") for place in range(chance.randint(1, 3))]
        subtype = chance.choice(("mixed", "alternative", "related", "Digest"))
        inner = b"".join(
            b"--%b\r\n%b\r\n%b\r\n" % (path.encode(), "".join(f"{line}\r\n" for line in head).encode(), body)
            for head, body in parts
        )
        before, after = chance.choice((b"", b"avant\r\n")), chance.choice((b"", b"apr\xc3\xa8s\r\n", b"\r\n"))
        return [f'Content-Type: multipart/{subtype}; boundary="{path}"'], before + inner + f"--{path}--\r\n".encode() + after
    if depth < 4 and kind < 0.55:
        head, body = _make_part(chance, depth + 1, f"{path}m")
        inside = ["MIME-Version: 1.0", f"Subject: {chance.choice(_SUBJECTS)}", f"From: {chance.choice(_ADDRESSES)}",
        *head]
        return ["Content-Type: message/rfc822"], "".join(f"{line}\r\n" for line in inside).encode() + b"\r\n" + body
    head = [f"Content-Type: {chance.choice(_TYPES)}"] if chance.random() < 0.8 else []
    if chance.random() < 0.3:
        head.append(f"Content-Disposition: {chance.choice(_DISPOSITIONS)}")
    head += [line for line in _EXTRA if chance.random() < 0.15]
    body = chance.choice(_BODIES)
    match chance.choice(("", "", "base64", "quoted-printable", "8bit", "BINARY")):
        case "base64":
            return [*head, "Content-Transfer-Encoding: base64"], base64.encodebytes(body).replace(b"\n", b"\r\n")
        case "quoted-printable":
            return [*head, "Content-Transfer-Encoding: Quoted-Printable"], body.replace(b"\xc3\xa9", b"=C3=A9")
        case "":
            return head, body
        case other:
            return [*head, f"Content-Transfer-Encoding: {other}"], body


def own_messages() -> Mapping[str, bytes]:
    """Our corpus and what the seed makes."""
    corpus = {**WELLFORMED, **MALFORMED, **make_messages()}
    return {name: with_line_ends(content) for name, content in corpus.items() if content and name not in TOO_LONG}


def public_messages() -> Mapping[str, bytes]:
    """The corpus beside the repository; empty where there is none."""
    return {path.name: with_line_ends(path.read_bytes()) for path in sorted(PUBLIC.rglob("*.eml"))}


def with_line_ends(content: bytes) -> bytes:
    """CR LF where a bare LF stood and no NUL: what Dovecot makes of any message when it files it (RFC 9051 §4.3)."""
    return re.sub(rb"\r?\n", b"\r\n", content).replace(b"\0", b"?")
