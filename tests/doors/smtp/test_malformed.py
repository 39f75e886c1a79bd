"""Malformed messages of every kind come in by SMTP and come out byte for byte, or are refused with a
reason."""

from corneille.kernel import settings
from corneille.run.ground import Ground
from corneille.wire.smtp.data import format_data
from tests.corpus.malformed import MALFORMED
from tests.doors.smtp.conftest import Call
from tests.transport.school import School


def has_bare_line_end(content: bytes) -> bool:
    pairs = content.count(b"\r\n")
    return pairs != content.count(b"\r") or pairs != content.count(b"\n")


async def test_every_malformed_message_is_kept_as_it_is_or_refused_for_its_line_ends(
    call: Call, school: School, ground: Ground
) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, smtp={"messages_per_connection": 10_000})
    talk = await call()
    kept: list[bytes] = []
    for name, content in MALFORMED.items():
        bare = has_bare_line_end(content)
        whole = content if content.endswith(b"\r\n") or not content else content + b"\r\n"
        await talk.open_message("", school.paul.address)
        await talk.send(whole.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n" if bare else stuff(whole))
        said = await talk.hear()
        if said.code == 554 and said.enhanced == "5.4.6":
            continue  # it has gone round in a loop
        assert said.code == (554 if bare else 250), (name, said)
        if not bare:
            kept.append(whole)
    assert (await talk.say("NOOP")).code == 250
    received = school.paul.inbox()
    assert len(received) == len(kept) > 50
    for stored, content in zip(received, kept, strict=True):
        assert stored.endswith(content)


def stuff(content: bytes) -> bytes:
    """An empty content has no line of its own: "." alone ends it."""
    return format_data(content) if content else b".\r\n"
