"""The catcher's pages: what has left, one message, and a form that makes one arrive. No script, no cookie, no account."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from corneille.kernel import clock
from corneille.kernel.settings import Ground, of
from corneille.run.asgi import Receive, Scope, Send
from corneille.run.listen import Listen
from corneille.transport.smtp_client import Outgoing, SessionFault, Target
from corneille.transport.smtp_client import send as send_message
from corneille.wire.mime.attachments import choose_bodies, list_attachments
from corneille.wire.mime.header import decode_header, parse_headers
from corneille.wire.mime.scan import scan
from corneille.wire.mime.text import decode_text, strip_html
from corneille.wire.smtp.path import parse_mailbox

if TYPE_CHECKING:
    from corneille.run.demonstration.catcher import Catcher, Caught

STYLE = (Path(__file__).parent / "catcher.css").read_bytes()
FORM_BYTES = 64 * 1024
TEXT_LENGTH = 200_000
OUTSIDE = "camille.rivage@exterieur.example"
HEADERS = (
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
     b"frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    body: bytes
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    location: str = ""


async def answer(catcher: "Catcher", scope: Scope, receive: Receive, send: Send) -> None:
    """Answers one request under the catcher's path."""
    found = await _choose(catcher, scope, receive)
    headers = [*HEADERS, (b"content-type", found.kind.encode()), (b"content-length", b"%d" % len(found.body))]
    if found.location:
        headers.append((b"location", found.location.encode()))
    await send({"type": "http.response.start", "status": found.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else found.body})


async def _choose(catcher: "Catcher", scope: Scope, receive: Receive) -> Answer:
    root, path, method = str(scope["root_path"]), str(scope["path"]), str(scope["method"])
    if method == "POST" and path == "/arrive":
        return await _arrive(scope, receive, root)
    if method not in {"GET", "HEAD"}:
        return _page(
            "Non permis · Not allowed", "<p>Méthode non permise. <span lang=en>Method not allowed.</span></p>", root, 405
        )
    if path == "/":
        return await asyncio.to_thread(_list_page, catcher, root, scope["query_string"])
    if path == "/style.css":
        return Answer(STYLE, kind="text/css; charset=utf-8")
    if path == "/messages.json":
        return await asyncio.to_thread(_as_json, catcher)
    name, _, kind = path.strip("/").partition(".")
    if name.isascii() and name.isdigit() and len(name) < 10 and kind in {"", "eml"}:
        caught = await asyncio.to_thread(catcher.find_caught, int(name))
        if caught is not None:
            if kind:
                return Answer(caught.content, kind="text/plain; charset=utf-8")
            return await asyncio.to_thread(_message_page, caught, root)
    return _page(
        "Introuvable · Not found",
        "<p>Ce message n’est pas (ou plus) ici. <span lang=en>This message is not here (any more).</span></p>"
        f'<p><a href="{root}/">Courrier sortant · <span lang=en>Outgoing mail</span></a></p>',
        root,
        404,
    )


def _page(title: str, body: str, root: str, status: int = 200) -> Answer:
    text = (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} — Corneille</title><link rel="stylesheet" href="{root}/style.css"></head>'
        f'<body><header><p><a href="/">{escape(of(Ground).academie)}</a></p></header>'
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>\n"
    )
    return Answer(text.encode("utf-8", "replace"), status)


def _list_page(catcher: "Catcher", root: str, query: bytes) -> Answer:
    rows = "".join(_row(each, root) for each in catcher.list_caught())
    if rows:
        table = (
            "<table><caption>Du plus récent au plus ancien · <span lang=en>Newest first</span></caption><thead><tr>"
            "<th scope=col>Quand · <span lang=en>When</span></th><th scope=col>De · <span lang=en>From</span></th>"
            "<th scope=col>À · <span lang=en>To</span></th><th scope=col>Objet · <span lang=en>Subject</span></th>"
            f"</tr></thead><tbody>{rows}</tbody></table>"
        )
    else:
        table = "<p>Rien n’est encore parti. <span lang=en>Nothing has left yet.</span></p>"
    notice = ""
    if query == b"arrived=1":
        notice = "<p role=status>Le message est arrivé. <span lang=en>The message has arrived.</span></p>"
    body = (
        f"{notice}<p>Dans cette démonstration, rien ne quitte la machine : ce qui devait partir au-dehors est gardé ici. "
        "<span lang=en>In this demonstration nothing leaves the machine: what was to go outside is kept here.</span></p>"
        f"{table}{_form(root)}"
    )
    return _page("Courrier sortant · Outgoing mail", body, root)


def _row(caught: "Caught", root: str) -> str:
    subject = _headers_of(caught.content).get("subject", "")
    return (
        f"<tr><td>{_moment(caught)}</td><td>{escape(caught.reverse_path) or '&lt;&gt;'}</td>"
        f"<td>{escape(', '.join(caught.recipients[:5]))}</td>"
        f'<td><a href="{root}/{caught.number}">{escape(subject) or "(sans objet · no subject)"}</a></td></tr>'
    )


def _message_page(caught: "Caught", root: str) -> Answer:
    headers = _headers_of(caught.content)
    part = scan(caught.content)
    bodies = choose_bodies(caught.content, part)
    text = ""
    if bodies.plain is not None:
        text = decode_text(caught.content, bodies.plain)
    elif bodies.html is not None:
        text = strip_html(decode_text(caught.content, bodies.html))
    facts = [
        ("Reçu", "Caught", _moment(caught)),
        ("Enveloppe, de", "Envelope from", escape(caught.reverse_path) or "&lt;&gt;"),
        ("Enveloppe, à", "Envelope to", escape(", ".join(caught.recipients))),
        *[
            (french, name.title(), escape(headers[name]))
            for french, name in (("De", "from"), ("À", "to"), ("Copie", "cc"), ("Date", "date"))
            if name in headers
        ],
    ]
    attached = "".join(
        f"<li>{escape(each.filename)} ({each.size_bytes} o)</li>" for each in list_attachments(caught.content, part)
    )
    body = (
        "<dl>" + "".join(f"<dt>{fr} · <span lang=en>{en}</span></dt><dd>{value}</dd>" for fr, en, value in facts) + "</dl>"
        f"<h2>Texte · <span lang=en>Text</span></h2><pre tabindex=0>{escape(text[:TEXT_LENGTH])}</pre>"
        + (f"<h2>Pièces jointes · <span lang=en>Attachments</span></h2><ul>{attached}</ul>" if attached else "")
        + f'<p><a href="{root}/{caught.number}.eml">Source · <span lang=en>Source</span></a></p>'
        f'<p><a href="{root}/">Courrier sortant · <span lang=en>Outgoing mail</span></a></p>'
    )
    return _page(headers.get("subject") or "(sans objet · no subject)", body, root)


def _form(root: str) -> str:
    domain = escape(of(Ground).domain)
    return (
        "<section><h2>Faire arriver un message du dehors · <span lang=en>Make a message arrive from outside</span></h2>"
        f'<form method="post" action="{root}/arrive">'
        f"<p>De · <span lang=en>From</span> : {OUTSIDE}</p>"
        '<p><label for="to">À · <span lang=en>To</span></label>'
        f'<input id="to" name="to" type="email" required maxlength="254" placeholder="prenom.nom@{domain}"></p>'
        '<p><label for="subject">Objet · <span lang=en>Subject</span></label>'
        '<input id="subject" name="subject" maxlength="200" value="Une question du dehors"></p>'
        '<p><label for="text">Texte · <span lang=en>Text</span></label>'
        '<textarea id="text" name="text" rows="5" maxlength="10000">Bonjour, voici un message du dehors.</textarea></p>'
        "<p><button>Faire arriver · <span lang=en>Make it arrive</span></button></p></form></section>"
    )


async def _arrive(scope: Scope, receive: Receive, root: str) -> Answer:
    """Sends the form's message through our own port 25, as any server outside would."""
    if not _is_own_form(scope):
        return _page(
            "Refusé · Refused",
            "<p>Ce formulaire vient d’ailleurs. <span lang=en>This form comes from elsewhere.</span></p>",
            root,
            403,
        )
    fields = await _read_form(receive)
    to = parse_mailbox(fields.get("to", "").strip())
    if to is None:
        return _page(
            "Adresse incorrecte · Wrong address",
            "<p>Écrivez une adresse : prenom.nom@domaine. <span lang=en>Write an address: name@domain.</span></p>",
            root,
            400,
        )
    said = await _deliver(to.address, fields.get("subject", ""), fields.get("text", ""))
    if said:
        return _page(
            "Non remis · Not delivered",
            f"<p>Réponse du serveur · <span lang=en>the server said</span> : {escape(said)}</p>",
            root,
            400,
        )
    return Answer(b"", 303, location=f"{root}/?arrived=1")


async def _deliver(to: str, subject: str, text: str) -> str:
    """What the server said when it refused; empty when the message was filed."""
    clean = " ".join("".join(each if each.isprintable() else " " for each in subject).split())
    body = "\r\n".join(text.splitlines())
    content = (
        f"From: Camille Rivage <{OUTSIDE}>\r\nTo: {to}\r\nSubject: {clean}\r\nDate: {format_datetime(clock.now())}\r\n"
        f"Message-ID: <{clock.now().timestamp()}@exterieur.example>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n"
    ).encode("utf-8", "replace")
    listen = of(Listen)
    host = "127.0.0.1" if listen.host in {"0.0.0.0", "::", ""} else listen.host  # noqa: S104  # compared, not bound
    outgoing = Outgoing("exterieur.example", OUTSIDE, (to,), content, True, 5.0, 30.0, 60.0)
    try:
        answers = await send_message(Target(host, listen.smtp_port, host, "none"), outgoing)
    except SessionFault as fault:
        return str(fault)
    return "" if answers[to].is_positive else f"{answers[to].code} {answers[to].text}"


def _is_own_form(scope: Scope) -> bool:
    """No page elsewhere may post here: browsers say where a form comes from."""
    headers = dict(scope["headers"])
    origin, host = headers.get(b"origin"), headers.get(b"host", b"")
    return origin is None or origin == b"https://" + host


async def _read_form(receive: Receive) -> Mapping[str, str]:
    body = b""
    while len(body) <= FORM_BYTES:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    try:
        parsed = parse_qs(body[:FORM_BYTES].decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in parsed.items()}


def _as_json(catcher: "Catcher") -> Answer:
    listed = [
        {
            "number": each.number,
            "reverse_path": each.reverse_path,
            "recipients": each.recipients,
            "caught_at": each.caught_at.isoformat(),
            "subject": _headers_of(each.content).get("subject", ""),
            "size_bytes": len(each.content),
        }
        for each in catcher.list_caught()
    ]
    return Answer(json.dumps(listed, ensure_ascii=False).encode("utf-8", "replace"), kind="application/json")


def _headers_of(content: bytes) -> dict[str, str]:
    headers = parse_headers(content, scan(content))
    found = {}
    for name in ("subject", "from", "to", "cc", "date"):
        raw = headers.get(name)
        if raw is not None:
            found[name] = decode_header(raw)
    return found


def _moment(caught: "Caught") -> str:
    at = caught.caught_at.astimezone(ZoneInfo(of(Ground).time_zone))
    return f'<time datetime="{at.isoformat()}">{at:%d/%m/%Y %H:%M:%S}</time>'
