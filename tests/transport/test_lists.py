"""A message for a list reaches its people, each once, under the list's fields; nobody else writes to it."""

from datetime import timedelta

import pytest

from corneille.doors.frame.bridge import Bridge
from corneille.groups.audience import ListRefused, find_audience
from corneille.groups.decide import Rule, Writers
from corneille.groups.entry import add_member
from corneille.kernel import settings
from corneille.mail.set_quota import set_quota
from corneille.run.ground import Ground
from corneille.transport import queries
from corneille.transport.accept import accept, keep_for_later
from corneille.transport.header_block import list_fields
from corneille.transport.queue import list_queue
from corneille.transport.relay import Relay
from corneille.transport.sent_letter import find_sent
from corneille.transport.submit import submit
from corneille.transport.values import AudienceNotConfirmed, Envelope, MessageRefused, Once
from tests.groups.conftest import MATHS, UAI, College, make
from tests.transport.school import DOMAIN, NOW, Member, letter

KEY = "b" * 32
TOUS = f"tous@{DOMAIN}"


def send(writer: Member, *to: str, content: bytes | None = None, once: Once | None = None) -> tuple[str, ...]:
    content = content or letter(sender=writer.address, To=", ".join(to))
    return submit(writer.account, Envelope(writer.address, to), content, NOW, once=once).result().waiting


def fields_of(content: bytes, *names: str) -> list[tuple[str, str]]:
    """The named fields in their order, unfolded."""
    told = [(each.name.decode(), each.value.decode().replace("\r\n", "").strip()) for each in list_fields(content)]
    return [each for each in told if each[0] in names]


def test_each_member_gets_one_copy_that_says_which_list_it_came_by(college: College) -> None:
    content = letter(sender=college.ines.address, To=MATHS, DKIM_Signature="v=1; b=x")
    send(college.ines, MATHS, content=content)
    for member in (college.ines, college.yves):  # the writer is on the list
        (received,) = member.inbox()
        assert fields_of(received, "list-id", "list-post", "list-help") == [
            ("list-id", f'"Liste maths" <maths.{DOMAIN}>'),
            ("list-post", f"<mailto:{MATHS}>"),
            ("list-help", f"<https://localhost/listes/{college.maths}>"),
        ]
        assert received.endswith(content), "not an octet of what was signed has changed"
    assert college.lea.inbox() == college.head.inbox() == []
    assert list_queue() == []


def test_who_is_named_too_has_the_copy_of_a_person(college: College) -> None:
    send(college.ines, college.yves.address, MATHS, college.lea.address)
    for member, names in ((college.ines, 3), (college.yves, 0), (college.lea, 0)):
        (received,) = member.inbox()
        assert len(fields_of(received, "list-id", "list-post", "list-help")) == names


def test_a_list_has_one_name_on_a_copy_whatever_the_message_says(college: College) -> None:
    make("tous", writers=Writers.OWNERS, rule=Rule(UAI))
    send(college.head, TOUS, content=letter(sender=college.head.address, List_Id="<autre.example.net>"))
    (received,) = college.lea.inbox()
    assert fields_of(received, "list-id", "list-post") == [("list-id", f'"Liste tous" <tous.{DOMAIN}>'), ("list-post", "NO")]


def test_who_may_not_write_sends_nothing_to_anybody(college: College) -> None:
    with pytest.raises(ListRefused):
        send(college.lea, college.yves.address, MATHS)
    assert college.yves.inbox() == []
    assert list_queue() == []


def test_a_page_sends_to_a_list_only_with_the_people_who_were_confirmed(college: College) -> None:
    content = letter(sender=college.ines.address)
    once = Once(KEY, f"<{KEY}@x>", content)
    with pytest.raises(AudienceNotConfirmed):
        send(college.ines, MATHS, once=once)
    confirmed = find_audience(college.ines.account, [MATHS], NOW).digest
    add_member(college.maths, college.lea.account, NOW, by=None)
    with pytest.raises(AudienceNotConfirmed):
        send(college.ines, MATHS, once=Once(KEY, once.message_id, content, confirmed))
    assert college.yves.inbox() == []
    confirmed = find_audience(college.ines.account, [MATHS], NOW).digest
    send(college.ines, MATHS, once=Once(KEY, once.message_id, content, confirmed))
    assert [len(each.inbox()) for each in (college.ines, college.yves, college.lea)] == [1, 1, 1]
    sent = find_sent(college.ines.account, KEY)
    assert sent is not None
    assert sent.recipients == (MATHS,)


def test_a_list_counts_as_its_people(college: College, ground: Ground) -> None:
    make("tous", writers=Writers.ESTABLISHMENT, rule=Rule(UAI))
    settings.load(None, {}, ground={"data": str(ground.data)}, transport={"recipients_per_message": 4})
    with pytest.raises(MessageRefused, match="too-many-recipients"):
        send(college.ines, TOUS)
    send(college.ines, MATHS)
    assert [count for _at, count in queries.list_sent(college.ines.account, since=NOW - timedelta(days=1))] == [2]


async def test_a_full_member_is_tried_again_under_the_lists_fields(college: College) -> None:
    bridge = Bridge(2)
    await bridge.run(set_quota, college.yves.account, 10, NOW, actor="test")
    assert await bridge.run(send, college.ines, MATHS) == (college.yves.address,)
    await bridge.run(set_quota, college.yves.account, 10**6, NOW, actor="test")
    assert await Relay(bridge).drain(lambda: NOW + timedelta(hours=1)) == 1
    (late,), (at_once,) = college.yves.inbox(), college.ines.inbox()
    assert late == at_once
    bridge.close()


def test_the_outside_writes_to_an_open_list_alone(college: College) -> None:
    make("parents", writers=Writers.WORLD, rule=Rule(UAI))
    writer = "parent@example.net"
    envelope = Envelope(writer, (MATHS, f"parents@{DOMAIN}", college.yves.address, f"rien@{DOMAIN}"))
    accepted = accept(envelope, letter(sender=writer), NOW).result()
    assert [each and each.code for each in accepted.refusals] == ["list-refused", None, None, "unknown-recipient"]
    assert len(college.yves.inbox()) == 1
    assert {each.recipient for each in list_queue()} == {each.address for each in college.people if each is not college.yves}
    keep_for_later(envelope, letter(sender=writer), accepted, NOW)  # one answer for all (SMTP): a second message
    assert len({each.reference for each in list_queue()}) == 2


async def test_the_people_of_an_open_list_get_it_from_the_queue(college: College) -> None:
    bridge = Bridge(2)
    await bridge.run(lambda: make("parents", writers=Writers.WORLD, rule=Rule(UAI)))
    envelope = Envelope("parent@example.net", (f"parents@{DOMAIN}",))
    accepted = await bridge.run(accept, envelope, letter(sender="parent@example.net"), NOW)
    assert accepted.result().refusals == (None,)
    assert await Relay(bridge).drain(lambda: NOW) == 1
    for member in college.people:
        (received,) = member.inbox()
        assert len(fields_of(received, "list-id")) == 1
    bridge.close()
