"""The demonstration's outside: what leaves is kept and shown harmlessly; something can be made to arrive."""

import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from corneille.kernel import settings
from corneille.run.demonstration.catcher import CATCHER_PATH, KEPT_COUNT, Catcher
from corneille.run.ground import Ground
from corneille.run.listen import Listen
from corneille.transport.smtp_client import Outgoing, Target, send
from tests.doors.smtp.open_doors import open_doors
from tests.transport.school import NOW, School, letter


@dataclass(frozen=True, slots=True)
class Page:
    status: int
    headers: dict[str, str]
    text: str


async def ask(
    catcher: Catcher,
    path: str,
    *,
    method: str = "GET",
    form: dict[str, str] | None = None,
    headers: tuple[tuple[bytes, bytes], ...] = (),
    query: bytes = b"",
) -> Page:
    body = urlencode(form or {}).encode()
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def answer(message: object) -> None:
        sent.append(dict(message))  # type: ignore[call-overload]

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "root_path": CATCHER_PATH,
        "query_string": query,
        "headers": [(b"host", b"localhost:8443"), *headers],
    }
    await catcher.app(scope, receive, answer)
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}  # type: ignore[attr-defined]
    return Page(int(str(sent[0]["status"])), found, bytes(sent[1]["body"]).decode())  # type: ignore[call-overload]


@pytest_asyncio.fixture
async def catcher(tmp_path: Path) -> AsyncIterator[tuple[Catcher, int]]:
    made = Catcher(tmp_path / "caught")
    bound = socket.create_server(("127.0.0.1", 0))
    bound.setblocking(False)
    stop = await made.start(bound)
    yield made, bound.getsockname()[1]
    await stop()


async def test_what_is_sent_out_is_listed_and_shown_without_being_obeyed(
    catcher: tuple[Catcher, int], ground: Ground
) -> None:
    made, port = catcher
    content = letter("<script>alert(1)</script> à bientôt", Content_Type="text/html; charset=utf-8")
    content += b"<img src=x onerror=alert(1)>\r\n"
    outgoing = Outgoing("x.test", "a@b.test", ("<c>@d.test".replace("<c>", "c"),), content, False, 5, 5, 5)
    answers = await send(Target("127.0.0.1", port, "catcher", "opportunistic"), outgoing)
    assert answers["c@d.test"].is_positive
    (caught,) = made.list_caught()
    assert (caught.reverse_path, caught.recipients, caught.content) == ("a@b.test", ("c@d.test",), content)
    listed = await ask(made, "/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; à bientôt" in listed.text
    shown = await ask(made, f"/{caught.number}")
    for page in (listed, shown):
        assert page.status == 200
        assert "<script" not in page.text
        assert "<img" not in page.text
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert 'lang="fr"' in page.text
    source = await ask(made, f"/{caught.number}.eml")
    assert source.headers["content-type"].startswith("text/plain")
    assert json.loads((await ask(made, "/messages.json")).text)[0]["recipients"] == ["c@d.test"]


@pytest.mark.parametrize("path", ["/9", "/../keys.json", "/%2e%2e/x", "/1.caught", "/x", "/99999999999"])
async def test_other_paths_are_not_found(catcher: tuple[Catcher, int], ground: Ground, path: str) -> None:
    assert (await ask(catcher[0], path)).status == 404


async def test_only_the_last_five_hundred_are_kept(catcher: tuple[Catcher, int]) -> None:
    made, _ = catcher
    for _ in range(KEPT_COUNT + 3):
        made.keep("", ("a@b.test",), b"x\r\n", NOW)
    numbers = [each.number for each in made.list_caught()]
    assert numbers == list(range(KEPT_COUNT + 3, 3, -1))


async def test_the_form_makes_a_message_arrive_from_outside(
    catcher: tuple[Catcher, int], school: School, ground: Ground
) -> None:
    made, _ = catcher
    doors = await open_doors(ground.data)
    listen = {"smtp_port": doors.ports["reception"]}
    settings.load(None, {}, ground={"data": str(ground.data)}, listen=listen)
    assert settings.of(Listen).smtp_port == doors.ports["reception"]
    form = {"to": school.paul.address, "subject": "Été\r\nBcc: x@y.test", "text": "Bonjour\n.\nà vous"}
    try:
        done = await ask(
            made, "/arrive", method="POST", form=form, headers=((b"origin", b"https://localhost:8443"),)
        )
        assert (done.status, done.headers["location"]) == (303, "/catcher/?arrived=1")
        unknown = await ask(made, "/arrive", method="POST", form={**form, "to": "personne@ac-demo.test"})
        assert unknown.status == 400
        assert "5.1.1" in unknown.text or "does not exist" in unknown.text
        foreign = await ask(
            made, "/arrive", method="POST", form=form, headers=((b"origin", b"https://evil.test"),)
        )
        assert foreign.status == 403
    finally:
        await doors.close()
    (received,) = school.paul.inbox()
    assert b"\r\nBcc:" not in received
    assert "Bonjour\r\n.\r\nà vous\r\n".encode() in received
