"""What breaks servers: each gets a clear answer, nothing is lost, and the next command works."""

import contextlib

import pytest

from corneille.doors.frame.limits import LimitSettings
from corneille.kernel import settings
from corneille.mail import store
from corneille.mail.settings import MailSettings
from corneille.mail.store.content import Parcel, append_parcel
from corneille.mail.store.segment import SegmentWriter
from corneille.run.ground import Ground
from tests.doors.smtp.conftest import Call
from tests.doors.smtp.open_doors import Doors
from tests.transport.school import School, letter

MIB = 1024 * 1024


@pytest.mark.slow
async def test_sixty_megabytes_are_read_refused_and_the_conversation_goes_on(
    call: Call, school: School
) -> None:
    talk = await call()
    await talk.open_message("", school.paul.address)
    line = b"x" * 998 + b"\r\n"
    for _ in range(60):
        await talk.send(line * 1000)
    said = await talk.say(b".")
    assert (said.code, said.enhanced) == (552, "5.3.4")
    assert (await talk.deliver("", school.paul.address, letter())).code == 250
    assert len(school.paul.inbox()) == 1


async def test_a_size_announced_too_large_is_refused_before_it_is_sent(call: Call) -> None:
    talk = await call()
    said = await talk.say(f"MAIL FROM:<> SIZE={60 * MIB}")
    assert (said.code, said.enhanced) == (552, "5.3.4")
    assert (await talk.say(f"MAIL FROM:<> SIZE={40 * MIB}")).code == 250


async def test_the_largest_message_that_is_announced_is_taken(
    call: Call, school: School, ground: Ground
) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, mail={"message_bytes": 20_000})
    assert settings.of(MailSettings).message_bytes == 20_000
    talk = await call(greeting=None)
    said = await talk.greet()
    limit = next(int(line.split()[1]) for line in said.lines if line.startswith("SIZE"))
    content = letter() + b"x" * (limit - len(letter()) - 2) + b"\r\n"
    assert (await talk.deliver("", school.paul.address, content)).code == 250
    assert (await talk.deliver("", school.paul.address, b"x" + content)).enhanced == "5.3.4"


@pytest.mark.parametrize(
    "bad", [b"a\nb\r\n", b"a\rb\r\n", b"a\r\n.\nMAIL FROM:<>\r\n", b"a\n.\r\nMAIL FROM:<>\r\n"]
)
async def test_bare_line_ends_refuse_the_message_and_nothing_is_smuggled(
    call: Call, school: School, bad: bytes
) -> None:
    talk = await call()
    await talk.open_message("", school.paul.address)
    said = await talk.say(letter() + bad + b".")
    assert (said.code, said.enhanced) == (554, "5.6.0")
    assert (await talk.say("DATA")).code == 503, "no message is open: nothing of the content was a command"
    assert school.paul.inbox() == []


async def test_nul_and_eight_bits_in_a_content_arrive_byte_for_byte(call: Call, school: School) -> None:
    talk = await call()
    content = letter() + bytes(each for each in range(256) if each not in b"\r\n") + b"\r\n"
    assert (await talk.deliver("", school.paul.address, content)).code == 250
    assert school.paul.inbox()[0].endswith(content)


@pytest.mark.parametrize(
    "content", [b"", b"\r\n", b"no header at all\r\n", b": odd\r\n\r\n", b"\r\n.hidden\r\n"]
)
async def test_odd_contents_are_filed(call: Call, school: School, content: bytes) -> None:
    talk = await call()
    assert (await talk.open_message("", school.paul.address))[-1].code == 354
    stuffed = content.replace(b"\r\n.", b"\r\n..")
    assert (await talk.say(stuffed + b".")).code == 250
    assert school.paul.inbox()[0].endswith(content)


async def test_an_endless_line_is_refused_and_the_next_command_works(call: Call) -> None:
    talk = await call()
    for _ in range(64):
        await talk.send(b"A" * 65536)
    assert (await talk.hear()).code == 500
    await talk.send(b"\r\n")
    assert (await talk.say("NOOP")).code == 250


async def test_bare_line_feeds_between_commands_execute_nothing(call: Call, school: School) -> None:
    talk = await call()
    await talk.send(f"NOOP\nMAIL FROM:<>\nRCPT TO:<{school.paul.address}>\r\n".encode())
    assert [(await talk.hear()).code for _ in range(3)] == [500, 500, 500]
    assert (await talk.say("DATA")).code == 503


async def test_a_whole_conversation_byte_by_byte(call: Call, school: School) -> None:
    talk = await call(greeting=None)
    words = b"EHLO x.test\r\nMAIL FROM:<>\r\nRCPT TO:<" + school.paul.address.encode() + b">\r\nDATA\r\n"
    for byte in words + letter() + b".\r\nQUIT\r\n":
        await talk.send(bytes([byte]))
    assert [(await talk.hear()).code for _ in range(6)] == [250, 250, 250, 354, 250, 221]
    assert len(school.paul.inbox()) == 1


async def test_a_conversation_cut_anywhere_files_all_or_nothing(doors: Doors, school: School) -> None:
    words = b"EHLO x.test\r\nMAIL FROM:<>\r\nRCPT TO:<" + school.paul.address.encode() + b">\r\nDATA\r\n"
    stream = words + letter() + b".\r\n"
    for cut in range(0, len(stream), 7):
        talk = await doors.dial("reception")
        await talk.send(stream[:cut])
        await talk.close()
    assert school.paul.inbox() == []


@pytest.mark.parametrize(
    "line",
    [
        b"EHLO x\r\nRSET".replace(b"\r\n", b"\r"),
        b"EHLO " + b"\xff" * 20,
        b"EHLO x.test\x00",
        "EHLO é".encode(),
        b"MAIL FROM:<a@b.test\nRCPT TO:<x@y.test>>",
        b"MAIL FROM:<" + b"a" * 1900 + b"@b.test>",
        b"MAIL FROM:<a@b.test> SIZE=" + b"9" * 100,
        b"RCPT TO:<" + b'"\\' * 500,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1",
        b"",
    ],
)
async def test_nonsense_is_answered_and_the_next_command_works(call: Call, line: bytes) -> None:
    talk = await call()
    said = await talk.say(line)
    assert 500 <= said.code <= 599
    while b"\n" in line and (said := await talk.hear()).code >= 500:
        break
    assert (await talk.say("NOOP")).code == 250


async def test_too_many_errors_end_the_conversation(call: Call) -> None:
    talk = await call()
    said = await talk.say("XYZZY")
    for _ in range(settings.of(LimitSettings).bad_commands - 1):
        said = await talk.say("XYZZY")
    assert said.code == 500
    assert (await talk.hear()).code == 421
    assert await talk.is_closed()


async def test_too_many_recipients_are_sent_again_later(call: Call, school: School, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, smtp={"recipients_per_message": 100})
    talk = await call()
    await talk.say("MAIL FROM:<>")
    for _ in range(100):
        assert (await talk.say(f"RCPT TO:<{school.paul.address}>")).code == 250
    said = await talk.say(f"RCPT TO:<{school.paul.address}>")
    assert (said.code, said.enhanced) == (452, "4.5.3")
    assert (await talk.say("DATA")).code == 354
    assert (await talk.say(letter() + b".")).code == 250
    assert len(school.paul.inbox()) == 1


async def test_too_many_connections_from_one_address_are_told_so(doors: Doors, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, limits={"connections_per_address": 2})
    talks = [await doors.dial("reception") for _ in range(3)]
    assert [(await talk.hear()).code for talk in talks] == [220, 220, 421]
    await talks[0].say("QUIT")
    assert await talks[0].is_closed()
    again = await doors.dial("reception")
    assert (await again.hear()).code == 220
    for talk in [*talks, again]:
        await talk.close()


async def test_silence_ends_the_conversation_with_a_word(doors: Doors, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, smtp={"command_timeout_s": 0.05})
    talk = await doors.dial("reception")
    assert (await talk.hear()).code == 220
    said = await talk.hear()
    assert (said.code, said.enhanced) == (421, "4.4.2")
    await talk.close()


async def test_who_does_not_sign_in_is_not_kept(doors: Doors, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, limits={"authenticate_s": 0.2})
    talk = await doors.dial("submission")
    said = await talk.hear()
    while said.code != 421:
        said = await talk.say("NOOP")
    assert await talk.is_closed()
    await talk.close()


async def test_a_full_disk_is_told_and_the_next_message_works(
    call: Call, school: School, ground: Ground
) -> None:
    talk = await call()
    settings.load(None, {}, ground={"data": str(ground.data), "disk_reserve_bytes": 2**62})
    short = store.open_store(
        ground.data / "mail", slot=1
    )  # as another process of a machine whose disk is full
    store.install(short)
    said = await talk.deliver("", school.paul.address, letter())
    assert (said.code, said.enhanced) == (452, "4.3.1")
    store.install(ground.store)
    short.close()
    assert (await talk.deliver("", school.paul.address, letter())).code == 250
    assert len(school.paul.inbox()) == 1


@pytest.mark.parametrize("door", ["reception", "lmtp"])
async def test_a_lost_mail_index_bounces_nothing(call: Call, school: School, ground: Ground, door: str) -> None:
    ground.store.close()
    aside = (ground.data / "mail/0/index.sqlite3").rename(ground.data / "aside")
    segment = ground.data / "mail/0/segments/00000001.segment"
    writer = SegmentWriter(segment.parent, 0, 10_000)
    append_parcel(writer, Parcel((b"x",), 0, (), 1), 0)
    writer.close()
    lost = store.open_store(ground.data / "mail", slot=0)
    store.install(lost)
    talk = await call(door, greeting="LHLO" if door == "lmtp" else "EHLO")
    refused = await talk.open_message("", school.paul.address)
    assert [each.code for each in refused] == [250, 451, 503]
    segment.unlink()
    aside.rename(ground.data / "mail/0/index.sqlite3")  # brought back: without a restart
    await talk.say("RSET")
    assert (await talk.deliver("", school.paul.address, letter())).code == 250
    assert len(school.paul.inbox()) == 1
    lost.close()


async def test_a_recipient_whose_mail_the_index_has_lost_is_tried_again(call: Call, school: School) -> None:
    talk = await call("lmtp", greeting="LHLO")
    lose = "DELETE FROM mailbox; DELETE FROM mail_account"
    store.current().shard(0).submit(lambda turn: turn.connection.execute(lose)).result(10)
    assert (await talk.say("MAIL FROM:<>")).code == 250
    assert (await talk.say(f"RCPT TO:<{school.paul.address}>")).code == 451


async def test_contents_share_a_bounded_memory(call: Call, school: School, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, smtp={"content_memory_bytes": 1000})
    talk = await call()
    await talk.open_message("", school.paul.address)
    said = await talk.say(letter() + b"x" * 5000 + b"\r\n.")
    assert (said.code, said.enhanced) == (452, "4.3.1")
    assert (await talk.deliver("", school.paul.address, letter())).code == 250


async def test_stopping_tells_everybody_and_loses_nothing_acknowledged(doors: Doors, school: School) -> None:
    idle, busy = await doors.dial("reception"), await doors.dial("reception")
    for talk in (idle, busy):
        await talk.hear()
        await talk.greet()
    assert (await busy.deliver("", school.paul.address, letter())).code == 250
    await busy.open_message("", school.paul.address)
    await busy.send(letter())
    await doors.server.close()
    assert (await idle.hear()).code == 421
    # Octets that nobody reads any more may reset the connection before the word is heard: no 250 either way.
    with contextlib.suppress(ConnectionError):
        assert (await busy.hear()).code == 421
    assert len(school.paul.inbox()) == 1
    await idle.close()
    await busy.close()
