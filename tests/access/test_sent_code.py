"""Codes that anybody may ask for: no stranger keeps the owner from theirs, or fills their other mailbox."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corneille.access.attempt import Attempt
from corneille.access.decide import Granted, Refused
from corneille.access.forget import forget_asked
from corneille.access.models import OneTimeCode, ResetAsked
from corneille.access.one_time_code import RESET
from corneille.access.password import set_password
from corneille.access.reason import Reason
from corneille.access.recovery_contact import SEALED_CODE, add_contact, drop_contact, list_contacts, verify_contact
from corneille.access.reset import answer_resets, ask_reset, prove_reset
from corneille.access.second_step import prove_second, send_second_code
from corneille.access.sent_code import SENT
from corneille.kernel.models import Notice
from corneille.kernel.outbox import NoticeShown, list_due
from corneille.kernel.seal import unseal
from corneille.notices.words import format_words
from corneille.people.find import Person

from .conftest import ELSEWHERE, HOME, NOW, PASSWORD, Try

STRANGER, HOTEL = "203.0.113.5", "100.64.7.7"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(slots=True)
class Mailbox:
    """What has arrived at the contact, the newest first."""

    person: Person

    def read(self, code: str = "reset-code") -> list[NoticeShown]:
        return [each for each in list_due(NOW + 30 * DAY, 10_000) if each.code == code][::-1]

    def find_good(self, now: datetime) -> str | None:
        """The code of the newest message that says that it is good still."""
        good = [each for each in self.read() if datetime.fromisoformat(str(each.data["good_until"])) > now]
        return unsealed(good[0]) if good else None


def unsealed(notice: NoticeShown) -> str:
    return unseal(SEALED_CODE, str(notice.data["sealed_code"])).decode()


@pytest.fixture
def mailbox(zoe: Person) -> Mailbox:
    made = add_contact(zoe.id, "zoe@example.org", NOW)
    sent = next(each for each in list_due(NOW) if each.code == "contact-code")
    assert verify_contact(zoe.id, made, unsealed(sent), NOW)
    return Mailbox(zoe)


def ask(identifier: str, now: datetime, address: str = STRANGER, device: str | None = None) -> datetime | None:
    until = ask_reset(Attempt("reset", identifier, "", address, device, "curl", now))
    answer_resets(now)
    return until


def prove(identifier: str, typed: str, now: datetime, address: str = HOTEL, device: str | None = None) -> object:
    return prove_reset(Attempt("reset", identifier, typed, address, device, "Firefox", now)).decision


def test_a_stranger_who_asks_each_minute_ends_no_code_of_the_owners(zoe: Person, mailbox: Mailbox) -> None:
    ask(zoe.identifier, NOW, HOTEL)
    code = mailbox.find_good(NOW)
    assert code is not None
    for minute in range(1, 29):
        ask(zoe.identifier, NOW + timedelta(minutes=minute))
    assert isinstance(prove(zoe.identifier, code, NOW + timedelta(minutes=29)), Granted)


def test_wrong_codes_typed_elsewhere_use_up_no_try_of_the_owners(zoe: Person, mailbox: Mailbox) -> None:
    ask(zoe.identifier, NOW, HOTEL)
    code = mailbox.find_good(NOW)
    assert code is not None
    for number in range(60):
        at = f"203.0.{number // 3}.9"
        assert isinstance(prove(zoe.identifier, f"AAAA-AA{number:02}".replace("0", "A").replace("1", "B"), NOW, at), Refused)
    assert isinstance(prove(zoe.identifier, code, NOW), Granted)


def test_who_has_just_typed_wrong_passwords_may_type_the_code(zoe: Person, mailbox: Mailbox, attempt: Try) -> None:
    for number in range(9):
        attempt(f"what was it {number}", address=HOTEL)
    ask(zoe.identifier, NOW, HOTEL)
    code = mailbox.find_good(NOW)
    assert code is not None
    assert isinstance(prove(zoe.identifier, code, NOW), Granted)


def test_a_day_of_asks_sends_five_messages_and_the_last_code_is_good_until_the_next(zoe: Person, mailbox: Mailbox) -> None:
    for minute in range(0, 24 * 60, 2):
        ask(zoe.identifier, NOW + timedelta(minutes=minute), f"203.0.{minute % 250}.5")
    assert len(mailbox.read()) == SENT
    late = NOW + DAY - timedelta(minutes=1)
    code = mailbox.find_good(late)
    assert code is not None
    assert isinstance(prove(zoe.identifier, code, late), Granted)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60), st.integers(0, 400))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whenever_the_owner_comes_a_code_is_there_or_is_sent(
    zoe: Person, mailbox: Mailbox, waits: list[int], last: int
) -> None:
    for model in (OneTimeCode, Notice, ResetAsked):
        model.objects.all().delete()
    now, sent = NOW, []
    for number, minutes in enumerate(waits):
        now += timedelta(minutes=minutes)
        before = len(mailbox.read())
        ask(zoe.identifier, now, f"203.0.{number}.5")
        sent += [now] * (len(mailbox.read()) - before)
    assert max(sum(start <= each < start + DAY for each in sent) for start in sent) <= SENT
    now += timedelta(minutes=last)
    ask(zoe.identifier, now, HOTEL)
    code = mailbox.find_good(now)
    assert code is not None
    assert isinstance(prove(zoe.identifier, code, now), Granted)


def test_beyond_the_bound_of_strangers_a_known_network_and_a_known_device_get_theirs(
    zoe: Person, mailbox: Mailbox, attempt: Try
) -> None:
    device = attempt(PASSWORD).device
    for minute in range(30):
        ask(zoe.identifier, NOW + timedelta(minutes=minute))
    assert len(mailbox.read()) == SENT
    ask(zoe.identifier, NOW + timedelta(minutes=31), HOME)
    assert len(mailbox.read()) == SENT + 1, "the owner was let in from there"
    ask(zoe.identifier, NOW + timedelta(minutes=31), ELSEWHERE, device)
    assert len(mailbox.read()) == SENT + 2
    for minute in range(32, 60):
        ask(zoe.identifier, NOW + timedelta(minutes=minute), HOME)
    assert len(mailbox.read()) == 2 * SENT + 1, "a neighbour's asks have a bound too"


def test_whoever_used_a_code_may_ask_again(zoe: Person, mailbox: Mailbox) -> None:
    for minute in range(SENT):
        ask(zoe.identifier, NOW + timedelta(minutes=minute))
    code = mailbox.find_good(NOW + HOUR)
    assert code is not None
    assert isinstance(prove(zoe.identifier, code, NOW + HOUR), Granted)
    assert mailbox.find_good(NOW + HOUR) == code
    assert isinstance(prove(zoe.identifier, code, NOW + HOUR), Refused), "and what was sent is used up"
    ask(zoe.identifier, NOW + HOUR)
    assert len(mailbox.read()) == SENT + 1


@pytest.mark.parametrize("name", ["zlefevre", "nobody", "\0"])
def test_a_network_that_asks_too_often_is_told_so_whoever_is_meant(
    name: str, zoe: Person, mailbox: Mailbox, change_settings: Callable[..., None], attempt: Try
) -> None:
    change_settings(asks_after_count=3, declared_networks=["192.0.2.0/24"])
    device = attempt(PASSWORD).device
    told = [ask(name, NOW + timedelta(minutes=minute)) for minute in range(5)]
    assert told == [None, None, None, NOW + HOUR, NOW + HOUR]
    assert ask(name, NOW + timedelta(minutes=6), "198.51.100.200") is None
    assert ask(name, NOW + HOUR) is None
    assert ask(zoe.identifier, NOW + timedelta(minutes=7), device=device) is None
    assert [ask(name, NOW + timedelta(minutes=8), HOME) for _ in range(5)] == [None] * 5


def test_the_message_says_when_and_from_where_it_was_asked_for_and_that_it_may_be_left(
    zoe: Person, mailbox: Mailbox
) -> None:
    ask(zoe.identifier, NOW)
    sent = mailbox.read()[0]
    for language, words in (("fr", "ne faites rien"), ("en", "do nothing")):
        text = format_words(sent.code, {**sent.data, "code": "K7RM-2QWX"}, language).text
        assert STRANGER in text
        assert "10:00" in text, "where the académie is"
        assert "10:30" in text
        assert "–" not in text
        assert words in text


def test_a_contact_that_is_removed_takes_the_codes_with_it_that_were_sent_there(zoe: Person, mailbox: Mailbox) -> None:
    ask(zoe.identifier, NOW)
    code = mailbox.find_good(NOW)
    assert code is not None
    drop_contact(zoe.id, list_contacts(zoe.id)[0].id, NOW)
    assert isinstance(prove(zoe.identifier, code, NOW), Refused)


@pytest.mark.parametrize(("old", "is_open"), [(None, False), (PASSWORD, True)])
def test_a_new_password_ends_the_codes_unless_a_thief_may_have_set_it(
    zoe: Person, mailbox: Mailbox, old: str | None, is_open: bool
) -> None:
    ask(zoe.identifier, NOW)
    set_password(zoe.id, "panier-orage-kayak-27", NOW, old=old)
    assert OneTimeCode.objects.filter(purpose=RESET, used_at=None).exists() is is_open


def test_codes_guessed_from_everywhere_are_bounded_and_the_owner_goes_on_where_they_are_known(
    zoe: Person, mailbox: Mailbox, change_settings: Callable[..., None], attempt: Try
) -> None:
    change_settings(codes_after_count=10)
    device = attempt(PASSWORD).device
    ask(zoe.identifier, NOW, HOTEL)
    code = mailbox.find_good(NOW)
    assert code is not None
    for number in range(10):
        prove(zoe.identifier, f"AAAA-AA{'ABCDEFGHJK'[number]}A", NOW, f"203.0.{number}.9")
    for identifier in (zoe.identifier, "nobody"):
        if identifier == "nobody":
            for number in range(10):
                prove(identifier, f"AAAA-AA{'ABCDEFGHJK'[number]}A", NOW, f"203.0.{100 + number}.9")
        refused = prove(identifier, code, NOW)
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.SLOWED
    assert not isinstance(prove(zoe.identifier, "AAAA-AAAZ", NOW, STRANGER, device), Granted)
    assert isinstance(prove(zoe.identifier, code, NOW, HOME), Granted), "the owner was let in from there"


def test_asks_are_forgotten_after_a_day(zoe: Person, mailbox: Mailbox) -> None:
    ask(zoe.identifier, NOW)
    assert forget_asked(NOW + DAY) == 0
    assert forget_asked(NOW + DAY + HOUR) == 1


def test_who_has_the_password_keeps_the_owner_from_no_code_of_the_second_step(
    zoe: Person, mailbox: Mailbox, attempt: Try, change_settings: Callable[..., None]
) -> None:
    change_settings(account_after_count=1)
    attempt("a guess", address=ELSEWHERE)

    def knock(now: datetime, address: str, typed: str = "") -> tuple[str, Attempt]:
        outcome = attempt(PASSWORD, address=address, now=now)
        assert outcome.ticket is not None
        return outcome.ticket, Attempt("web", "", typed, address, None, "Firefox", now)

    assert send_second_code(*knock(NOW, HOTEL))
    code = unsealed(mailbox.read("second-code")[0])
    for minute in range(1, 14):
        now = NOW + timedelta(minutes=minute)
        ticket, at = knock(now, STRANGER, f"AAAA-AA{'ABCDEFGHJKLMNP'[minute]}A")
        send_second_code(ticket, at)
        prove_second(ticket, "recovery-contact", at)
    assert len(mailbox.read("second-code")) == SENT
    ticket, at = knock(NOW + timedelta(minutes=14), HOTEL, code)
    outcome = prove_second(ticket, "recovery-contact", at)
    assert outcome is not None
    assert isinstance(outcome.decision, Granted)
