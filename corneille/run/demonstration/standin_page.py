"""The pages of a stand-in service: sign in, see what it was told, post a notice to oneself, sign out. No script."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from html import escape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl

from authlib.common.errors import AuthlibBaseError
from requests import RequestException

from corneille.run.asgi import Receive, Scope, Send
from corneille.run.demonstration.standin import ServiceFault, StandIn, Visit

STYLE = (Path(__file__).parent / "catcher.css").read_bytes()
FORM_BYTES = 8 * 1024
TEXT_LENGTH = 500
SEE_OTHER = 303
HEADERS = (
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
Header = tuple[bytes, bytes]
Answered = tuple[int, list[Header], bytes]


def make_app(service: StandIn) -> Callable[[Scope, Receive, Send], Awaitable[None]]:
    """The ASGI application of one service."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        form = await _read_form(receive) if scope["method"] == "POST" else {}
        try:
            status, headers, body = await asyncio.to_thread(_answer, service, scope, form)
        except (ServiceFault, AuthlibBaseError, RequestException) as fault:
            status, headers, body = _page(service, _tell_fault(fault), 502)
        told = [*HEADERS, *headers, (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": told})
        await send({"type": "http.response.body", "body": body})

    return app


async def _read_form(receive: Receive) -> dict[str, str]:
    body, more = b"", True
    while more and len(body) <= FORM_BYTES:
        message = await receive()
        body, more = body + message.get("body", b""), bool(message.get("more_body"))
    return dict(parse_qsl(body[:FORM_BYTES].decode(errors="replace")))


def _answer(service: StandIn, scope: Scope, form: dict[str, str]) -> Answered:
    method, path = str(scope["method"]), str(scope["path"])
    cookie = _read_cookie(service, scope)
    visit = service.find_visit(cookie)
    match method, path:
        case "GET", "/style.css":
            return 200, [(b"content-type", b"text/css; charset=utf-8")], STYLE
        case "GET", "/entrer":
            made, url = service.begin()
            return _redirect(url, _name_cookie(service) + f"={made}; Path=/; Secure; HttpOnly; SameSite=Lax")
        case "GET", "/retour" if visit is not None:
            service.finish(visit, dict(parse_qsl(scope["query_string"].decode())))
            return _redirect("/")
        case "GET", "/sortir":
            return _redirect(service.leave(cookie))
        case "GET", "/parti":
            told = "<p role=status>Vous êtes sorti. <span lang=en>You have signed out.</span></p>"
            return _page(service, told + _enter())
        case "POST", "/fin":
            return _end(service, form.get("logout_token", ""))
        case "POST", "/avis" if visit is not None and visit.claims:
            outcome = service.post(str(visit.claims["preferred_username"]), form.get("texte", "")[:TEXT_LENGTH] or "…")
            return _redirect(f"/?avis={outcome}")
        case "GET", "/":
            if visit is None or not visit.claims:
                return _page(service, _enter())
            return _page(service, _show(service, visit, is_posted=b"avis=" in scope["query_string"]))
        case _:
            return _page(service, "<p>Introuvable. <span lang=en>Not found.</span></p>", 404)


def _end(service: StandIn, logout_token: str) -> Answered:
    """What the portal posts itself: no page, 200 or 400 (Back-Channel Logout 1.0 §2.8)."""
    try:
        service.end(logout_token)
    except ServiceFault:
        return 400, [], b""
    return 200, [], b""


def _show(service: StandIn, visit: Visit, *, is_posted: bool) -> str:
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(json.dumps(value, ensure_ascii=False))}</dd>"
        for name, value in visit.claims.items()
    )
    posted = "<p role=status>Avis déposé : voyez l’accueil. <span lang=en>Notice posted: see the home page.</span></p>"
    return (
        f"{posted if is_posted else ''}<p>Bonjour {escape(str(visit.claims.get('name', '')))}. "
        f"<span lang=en>Hello {escape(str(visit.claims.get('given_name', '')))}.</span></p>"
        '<form method=post action="/avis"><label for=texte>Un avis pour moi · <span lang=en>A notice for me</span></label>'
        '<input id=texte name=texte maxlength=500 value="Votre dossier est prêt."><p><button>Déposer · '
        "<span lang=en>Post</span></button></p></form>"
        '<section><h2>Ce que l’académie a dit · <span lang=en>What the académie has told</span></h2>'
        f"<dl>{rows}</dl></section>"
        f'<p><a href="{escape(service.known.issuer)}/">Portail · <span lang=en>Portal</span></a> — '
        '<a href="/sortir">Se déconnecter · <span lang=en>Sign out</span></a></p>'
    )


def _enter() -> str:
    return (
        "<p>Service factice de la démonstration. <span lang=en>A stand-in of the demonstration.</span></p>"
        '<p><a href="/entrer">Entrer avec mon compte académique · '
        "<span lang=en>Sign in with my académie account</span></a></p>"
    )


def _tell_fault(fault: Exception) -> str:
    return (
        f"<p role=alert>L’académie a répondu : <code>{escape(str(fault))}</code>. "
        f"<span lang=en>This is what the académie answered.</span></p>{_enter()}"
    )


def _page(service: StandIn, body: str, status: int = 200) -> Answered:
    name = escape(service.known.name)
    text = (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{name}</title><link rel="stylesheet" href="/style.css"></head>'
        f"<body><main><h1>{name}</h1>{body}</main></body></html>\n"
    )
    return status, [(b"content-type", b"text/html; charset=utf-8")], text.encode("utf-8", "replace")


def _redirect(url: str, cookie: str = "") -> Answered:
    return SEE_OTHER, [(b"location", url.encode()), *([(b"set-cookie", cookie.encode())] if cookie else [])], b""


def _name_cookie(service: StandIn) -> str:
    return f"visite-{service.known.slug}"  # browsers share cookies between the ports of one host


def _read_cookie(service: StandIn, scope: Scope) -> str:
    jar: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            jar.load(value.decode("latin-1"))
    found = jar.get(_name_cookie(service))
    return found.value if found is not None else ""
