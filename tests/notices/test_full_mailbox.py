"""A mailbox that fills up is told at each step, once, also when it is too full for anything else."""

from datetime import timedelta

import pytest

from corneille.kernel.ids import Uid
from corneille.kernel.outbox import settle_all
from corneille.mail.append import append
from corneille.mail.flag import FlagChange, flag
from corneille.mail.mailbox import find_mailbox, view_mailbox
from corneille.mail.move import expunge
from corneille.mail.set_quota import set_quota
from corneille.mail.values import DELETED, NewMessage
from corneille.mail.warn_full import tell_refused, warn_nearly_full
from corneille.notices.deliver import deliver_due, list_for_portal
from corneille.run.ground import Ground
from corneille.transport.accept import accept, note_refused
from corneille.transport.recipient import check_recipient
from corneille.transport.values import Arrival, Envelope, MailboxFull
from tests.positions import found_positions
from tests.transport.school import NOW, Member, School, found_school, letter


@pytest.fixture
def school(ground: Ground) -> School:
    made = found_school()
    settle_all(NOW)
    set_quota(made.marie.account, 100_000, NOW, actor="test")
    return made


def file(member: Member, size_bytes: int) -> None:
    inbox = find_mailbox(member.mail, "INBOX")
    assert inbox is not None
    content = letter()
    append(member.mail, inbox.id, [NewMessage(content + b"x" * (size_bytes - len(content)), NOW)]).result(10)


def empty(member: Member) -> None:
    inbox = find_mailbox(member.mail, "INBOX")
    assert inbox is not None
    uids = [Uid(uid) for uid in view_mailbox(member.mail, inbox.id).uids]
    flag(member.mail, inbox.id, uids, FlagChange.ADD, frozenset({DELETED})).result(10)
    expunge(member.mail, inbox.id, uids).result(10)


def read_cards(member: Member) -> list[str]:
    return [words.subject for _, words in list_for_portal(member.account, NOW, "en")]


def test_each_step_is_told_once_and_again_after_room_was_made(school: School) -> None:
    file(school.marie, 79_000)
    assert warn_nearly_full(NOW) == 0
    file(school.marie, 2_000)
    assert [warn_nearly_full(NOW), warn_nearly_full(NOW)] == [1, 0]
    file(school.marie, 15_000)
    assert warn_nearly_full(NOW) == 1, "from 81 to 96: the highest step alone"
    assert read_cards(school.marie) == ["Your mailbox is 96 % full", "Your mailbox is 81 % full"]
    empty(school.marie)
    assert warn_nearly_full(NOW) == 0
    file(school.marie, 85_000)
    assert warn_nearly_full(NOW + timedelta(days=40)) == 1
    deliver_due(NOW + timedelta(days=40))
    assert sum(b"espace" in each for each in school.marie.inbox()) == 3


def test_refused_mail_is_told_once_a_day_in_the_full_mailbox_itself(school: School) -> None:
    file(school.tiny, 1990)
    for _ in range(2):
        with pytest.raises(MailboxFull):
            check_recipient(school.tiny.address, NOW, size_bytes=500)
    assert read_cards(school.tiny) == ["Your mailbox is full: a message for you has to wait"]
    assert deliver_due(NOW) == 1
    assert len(school.tiny.inbox()) == 2, "a notice of ours is filed above the quota"
    with pytest.raises(MailboxFull):
        check_recipient(school.tiny.address, NOW + timedelta(days=1), size_bytes=500)
    assert len(read_cards(school.tiny)) == 1
    assert deliver_due(NOW + timedelta(days=1)) == 1


def test_a_message_that_turns_out_too_large_is_told_too(school: School) -> None:
    envelope = Envelope("x@example.net", (school.tiny.address, school.marie.address), Arrival("ESMTP", "a", None))
    accepted = accept(envelope, letter() + b"x" * 3000, NOW).result(10)
    assert [isinstance(each, MailboxFull) for each in accepted.refusals] == [True, False]
    note_refused(envelope, accepted, NOW)
    assert read_cards(school.tiny) == ["Your mailbox is full: a message for you has to wait"]
    assert read_cards(school.marie) == []


def test_of_a_position_whoever_reads_its_mail_is_told_with_the_way_to_its_page(ground: Ground) -> None:
    held = found_positions()
    settle_all(NOW)
    set_quota(held.office, 100_000, NOW, actor="test")
    opened = held.open(held.head, held.office)  # who only reads is told too
    inbox = find_mailbox(opened.mail, "INBOX")
    assert inbox is not None
    append(opened.mail, inbox.id, [NewMessage(letter() + b"x" * 85_000, NOW)]).result(10)
    assert [warn_nearly_full(NOW), warn_nearly_full(NOW)] == [1, 0]
    tell_refused(held.office, NOW)
    tell_refused(held.office, NOW)
    subjects = [
        "The mailbox of secrétariat 0760095R is full: a message for it has to wait",
        "The mailbox of secrétariat 0760095R is 85 % full",
    ]
    for member in (held.head, held.secretary, held.other_secretary):
        cards = list_for_portal(member.account, NOW, "en")
        assert [words.subject for _, words in cards] == subjects
        assert {words.path for _, words in cards} == {f"/courrier/espace?boite={held.office}"}
    assert list_for_portal(held.teacher.account, NOW, "en") == []
    deliver_due(NOW)
    assert len(held.head.inbox()) == 2
    after = view_mailbox(opened.mail, inbox.id)
    assert len(after.uids) == 3, "the position's own mail keeps what was told"


def test_who_does_not_have_the_position_on_that_day_is_not_told(ground: Ground) -> None:
    held = found_positions()
    settle_all(NOW)
    tell_refused(held.office, NOW - timedelta(days=1))  # a day before they all take up their posts
    assert list_for_portal(held.secretary.account, NOW, "en") == []
    assert len(list_for_portal(held.office, NOW, "en")) == 1
