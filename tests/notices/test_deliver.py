"""A notice reaches its person's mailbox and verified contacts, once each, in their language, and nothing else."""

import email
import email.policy
from email.message import EmailMessage

import pytest

from corneille.access.recovery_contact import add_contact, verify_contact
from corneille.kernel import blobs
from corneille.kernel.models import Notice
from corneille.kernel.outbox import add_notice, list_due, settle_all
from corneille.notices.deliver import deliver_due, list_for_portal
from corneille.notices.models import Delivered
from corneille.notices.told_by_code import TOLD
from corneille.notices.words import format_words
from corneille.people.language import set_language
from corneille.run.ground import Ground
from corneille.transport.models import QueuedMessage, QueuedRecipient
from tests.transport.school import NOW, Member, School, found_school


@pytest.fixture
def school(ground: Ground) -> School:
    made = found_school()
    settle_all(NOW)
    return made


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def queued(address: str) -> list[EmailMessage]:
    rows = QueuedRecipient.objects.filter(address=address).order_by("pk")
    return [read(blobs.current().read(row.message.content)) for row in rows]  # type: ignore[arg-type]


def verified(member: Member, address: str) -> None:
    contact = add_contact(member.account, address, NOW)
    deliver_due(NOW)
    code = str(queued(address)[-1]["Subject"]).rpartition(" ")[2]
    assert verify_contact(member.account, contact, code, NOW)
    deliver_due(NOW)


def test_the_code_goes_to_the_new_contact_alone(school: School) -> None:
    add_contact(school.marie.account, "marie@example.org", NOW)
    deliver_due(NOW)
    (message,) = queued("marie@example.org")
    assert str(message["Subject"]).startswith("Votre code")
    assert not any("sealed_code" in row.data for row in Notice.objects.all()), "what was sent is kept nowhere"
    assert school.marie.inbox() == []
    assert list_for_portal(school.marie.account, NOW, "fr") == []


def test_what_happens_is_told_in_the_mailbox_and_at_each_verified_contact_once(school: School) -> None:
    verified(school.marie, "marie@example.org")
    add_contact(school.marie.account, "not-verified@example.org", NOW)
    deliver_due(NOW)
    before = len(school.marie.inbox()), len(queued("marie@example.org"))
    add_notice(school.marie.account, "password-changed", {}, NOW, key="password-changed/x")
    assert deliver_due(NOW) == 1
    assert deliver_due(NOW) == 0
    assert (len(school.marie.inbox()), len(queued("marie@example.org"))) == (before[0] + 1, before[1] + 1)
    assert len(queued("not-verified@example.org")) == 1  # its code
    message = read(school.marie.inbox()[-1])
    assert message["Subject"] == "Votre mot de passe a été changé"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Return-Path"] == "<>"
    assert QueuedMessage.objects.exclude(reverse_path="").count() == 0


def test_a_delivery_that_was_cut_short_goes_on_where_it_stopped(school: School) -> None:
    verified(school.marie, "marie@example.org")
    add_notice(school.marie.account, "password-changed", {}, NOW, key="password-changed/x")
    notice = list_due(NOW)[-1]
    Delivered.objects.create(notice=notice.id, channel="mailbox", at=NOW)
    before = len(school.marie.inbox())
    deliver_due(NOW)
    assert len(school.marie.inbox()) == before
    assert queued("marie@example.org")[-1]["Subject"] == "Votre mot de passe a été changé"


def test_it_is_told_in_the_persons_language(school: School) -> None:
    set_language(school.paul.account, "en")
    add_notice(school.paul.account, "password-changed", {}, NOW, key="password-changed/x")
    deliver_due(NOW)
    assert read(school.paul.inbox()[-1])["Subject"] == "Your password was changed"


def test_a_full_mailbox_loses_no_notice_and_holds_up_nobody(school: School) -> None:
    add_notice(school.tiny.account, "password-changed", {}, NOW, key="password-changed/tiny")
    add_notice(school.paul.account, "password-changed", {}, NOW, key="password-changed/paul")
    assert deliver_due(NOW) >= 1
    assert len(school.paul.inbox()) == 1
    assert list_for_portal(school.tiny.account, NOW, "fr")


def test_the_portal_shows_what_is_not_read_yet(school: School) -> None:
    add_notice(school.paul.account, "password-changed", {}, NOW, key="password-changed/x")
    ((notice, words),) = list_for_portal(school.paul.account, NOW, "en")
    assert (notice.code, words.subject) == ("password-changed", "Your password was changed")


def test_an_instant_is_a_day_in_words() -> None:
    at = NOW.replace(day=1).isoformat()
    words = format_words("password-expiry", {"expires_at": at, "soft_until": at}, "fr")
    assert words.subject == "Votre mot de passe est à changer avant le 1er septembre 2026"


def test_a_code_without_words_still_says_something() -> None:
    assert format_words("never-heard-of", {"x": 1}, "fr").subject == "Quelque chose a changé sur votre compte"


@pytest.mark.parametrize("code", sorted(TOLD))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_notice_can_be_said(code: str, language: str) -> None:
    values = dict.fromkeys(("code", "address", "program", "network", "name"), "x") | dict.fromkeys(
        ("expires_at", "soft_until", "since", "at"), NOW.isoformat()
    )
    words = format_words(code, values, language)
    assert words.subject
    assert "%(" not in words.subject + words.text


@pytest.mark.parametrize("code", ["report-was-phishing", "report-was-unwanted"])
def test_what_goes_to_junk_is_said_only_where_something_is_refused(code: str) -> None:
    told = {"subject": "Quota", "french_advice": "", "english_advice": ""}
    assert "va dans les indésirables" in format_words(code, {**told, "is_refused": True}, "fr").text
    assert "indésirables" not in format_words(code, {**told, "is_refused": False}, "fr").text
