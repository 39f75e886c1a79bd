"""Unlocking in person: the code of who has seen the person and what the person alone adds, together, once."""

from datetime import date, timedelta

import pytest

from corneille.access.attempt import Attempt, Outcome
from corneille.access.cut_off import cut_off
from corneille.access.decide import Granted, Refused
from corneille.access.disowned_letter import Disowned, Fate, find_disowned_at, list_disowned
from corneille.access.factor import make_sheet
from corneille.access.hasher import Hasher
from corneille.access.letter_code import LetterRefused
from corneille.access.not_me import disown, make_link, read_link
from corneille.access.password import set_password
from corneille.access.reason import Reason
from corneille.access.recovery_contact import import_contact, list_contacts
from corneille.access.reset import finish_reset
from corneille.access.second_step import prove_second
from corneille.access.unlock import make_unlock_codes, prove_unlock
from corneille.kernel import journal
from corneille.kernel.outbox import list_notices
from corneille.kernel.refusal import Gone
from corneille.people.find import Person

from .conftest import ELSEWHERE, NOW, PASSWORD, Try, add_teacher

BORN = date(1985, 3, 17)
NEW = "panier-orage-kayak-27"
WRONG = [f"AAAA-AA{first}{second}" for first in "ABCDE" for second in "ABCDE"]


@pytest.fixture
def lucie(zoe: Person) -> Person:
    person = add_teacher("Lucie", "Morel", birth_on=BORN)
    set_password(person.id, PASSWORD, NOW)
    return person


def hand_over(person: Person, lost: str = "password", *, at: timedelta = timedelta()) -> tuple[str, ...]:
    return make_unlock_codes(person.id, lost, "seen-known", NOW + at, by="Anne Martin", actor="cli").codes


def prove(
    code: str, *, born: date | None = BORN, who: str = "lmorel", hours: float = 0, address: str = ELSEWHERE
) -> Outcome:
    return prove_unlock(Attempt("reset", who, code, address, None, "Firefox", NOW + timedelta(hours=hours)), born)


def reason(outcome: Outcome) -> Reason | None:
    return outcome.decision.reason if isinstance(outcome.decision, Refused) else None


def test_the_letter_lets_its_person_choose_a_new_password_once(lucie: Person) -> None:
    (code,) = hand_over(lucie)
    ticket = prove(code.lower()).ticket
    assert ticket is not None
    finish_reset(ticket, NEW, NOW)
    assert isinstance(Try(lucie.identifier)(NEW).decision, Granted)
    assert reason(prove(code)) is Reason.CODE_SPENT


@pytest.mark.parametrize(
    ("born", "who"), [(date(1985, 3, 18), "lmorel"), (None, "lmorel"), (BORN, "zlefevre"), (BORN, "nobody")]
)
def test_the_code_alone_is_nothing_and_all_refusals_read_alike(lucie: Person, born: date | None, who: str) -> None:
    (code,) = hand_over(lucie)
    assert reason(prove(code, born=born, who=who)) is Reason.WRONG


def test_it_lasts_until_the_end_of_the_third_day_and_until_the_next_letter(lucie: Person) -> None:
    (code,) = hand_over(lucie)
    assert isinstance(prove(code, hours=85).decision, Granted), "the evening of the day that it names, in Paris"
    assert reason(prove(code, hours=87)) is Reason.CODE_SPENT
    hand_over(lucie)
    assert reason(prove(code)) is Reason.CODE_SPENT


def test_a_password_that_is_set_otherwise_ends_the_letter(lucie: Person) -> None:
    (code,) = hand_over(lucie)
    set_password(lucie.id, NEW, NOW)
    assert reason(prove(code)) is Reason.CODE_SPENT


@pytest.mark.parametrize("is_proved", [False, True])
def test_whoever_has_no_more_than_the_old_password_ends_no_letter(lucie: Person, is_proved: bool) -> None:
    (code,) = hand_over(lucie)
    set_password(lucie.id, NEW, NOW, old=PASSWORD, is_proved=is_proved)
    assert reason(prove(code)) is (Reason.CODE_SPENT if is_proved else None)


def test_it_was_not_me_ends_the_letter(lucie: Person) -> None:
    password, factor = hand_over(lucie, "both")
    make_sheet(lucie.id, "printed", NOW)
    disown(make_link(lucie.id, NOW).rpartition("/")[2], NOW)
    assert reason(prove(password)) is Reason.CODE_SPENT
    assert not isinstance(second_step(lucie, PASSWORD, factor), Granted)


def test_who_holds_the_letter_has_twenty_dates_and_then_learns_nothing_more(lucie: Person) -> None:
    (code,) = hand_over(lucie)
    for number in range(20):
        told = prove(code, born=BORN + timedelta(days=number + 1), address=f"10.0.{number}.9")
        assert reason(told) is Reason.WRONG
    assert reason(prove(code)) is Reason.WRONG, "neither opened nor told that the date is right"


def test_a_used_letter_tells_the_date_no_more_often_than_a_good_one(lucie: Person) -> None:
    (code,) = hand_over(lucie)
    (newer,) = hand_over(lucie)
    for number in range(20):
        prove(code, born=BORN + timedelta(days=number + 1), address=f"10.0.{number}.9")
    assert reason(prove(code)) is Reason.WRONG
    assert isinstance(prove(newer).decision, Granted), "which the old one does not use up"


@pytest.mark.parametrize("born", [BORN, None])
def test_who_has_no_letter_uses_none_up(lucie: Person, born: date | None) -> None:
    (code,) = hand_over(lucie)
    for number, wrong in enumerate(WRONG[:21]):
        assert reason(prove(wrong, born=born, address=f"10.0.{number}.9")) is Reason.WRONG
    assert isinstance(prove(code).decision, Granted)


@pytest.mark.parametrize("is_right", [True, False])
def test_the_same_code_with_another_date_is_another_guess(lucie: Person, is_right: bool) -> None:
    (code,) = hand_over(lucie)
    typed = code if is_right else "AAAA-AAAA"
    dates = [BORN + timedelta(days=number + 1) for number in range(6)]
    assert [reason(prove(typed, born=each)) for each in dates] == [Reason.WRONG] * 5 + [Reason.SLOWED]


def second_step(person: Person, password: str, code: str) -> object:
    ticket = Try(person.identifier, address=ELSEWHERE)(password).ticket
    assert ticket is not None
    outcome = prove_second(ticket, "support-code", Attempt("web", "", code, ELSEWHERE, None, "Firefox", NOW))
    assert outcome is not None
    return outcome.decision


def test_the_code_for_a_lost_factor_stands_for_it_once_beside_the_password(lucie: Person) -> None:
    make_sheet(lucie.id, "printed", NOW)
    (code,) = hand_over(lucie, "factor")
    assert reason(prove(code)) is Reason.WRONG, "it chooses no password"
    assert isinstance(second_step(lucie, PASSWORD, code), Granted)
    assert not isinstance(second_step(lucie, PASSWORD, code), Granted)


def test_who_has_lost_both_gets_in_with_one_letter(lucie: Person) -> None:
    make_sheet(lucie.id, "printed", NOW)
    password, factor = hand_over(lucie, "both")
    ticket = prove(password).ticket
    assert ticket is not None
    finish_reset(ticket, NEW, NOW)
    assert isinstance(second_step(lucie, NEW, factor), Granted)


def test_it_is_told_at_once_and_journaled_with_who_made_it_and_how_they_knew(lucie: Person) -> None:
    hand_over(lucie)
    assert "unlock-letter-made" in {each.code for each in list_notices(lucie.id, NOW)}
    line = next(each for each in journal.list_lines(lucie.id, 5) if each.action == "unlock-letter-made")
    assert (line.data["name"], line.data["way"], line.data["lost"]) == ("Anne Martin", "seen-known", "password")


def disown_by_mailbox(person: Person, made: timedelta = timedelta(), *, at: timedelta = timedelta()) -> None:
    disown(make_link(person.id, NOW + made).rpartition("/")[2], NOW + at)


@pytest.mark.parametrize("is_disowned", [True, False])
def test_what_the_letter_let_in_ends_with_the_letter(lucie: Person, is_disowned: bool) -> None:
    ticket = prove(*hand_over(lucie)).ticket
    assert ticket is not None
    if is_disowned:
        disown_by_mailbox(lucie)
    else:
        hand_over(lucie)
    with pytest.raises(Gone):
        finish_reset(ticket, NEW, NOW)
    assert reason(Try(lucie.identifier)(NEW)) is Reason.WRONG


def test_a_letter_that_is_disowned_while_the_new_password_is_hashed_sets_none(
    lucie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket, hash_it = prove(*hand_over(lucie)).ticket, Hasher.hash
    assert ticket is not None

    def disown_meanwhile(self: Hasher, secret: bytes) -> str:
        disown_by_mailbox(lucie)
        return hash_it(self, secret)

    monkeypatch.setattr(Hasher, "hash", disown_meanwhile)
    with pytest.raises(Gone):
        finish_reset(ticket, NEW, NOW)


def test_a_link_kept_from_before_ends_no_letter_made_after_it(lucie: Person) -> None:
    (code,) = hand_over(lucie)
    disown_by_mailbox(lucie, -timedelta(hours=1))
    assert isinstance(prove(code).decision, Granted)
    disown_by_mailbox(lucie, timedelta(minutes=1), at=timedelta(minutes=2))
    assert reason(prove(code, hours=1)) is Reason.CODE_SPENT


MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_a_link_in_the_mailbox_ends_a_letter_and_no_other_for_a_week(lucie: Person) -> None:
    (first,) = hand_over(lucie)
    disown_by_mailbox(lucie, MINUTE, at=2 * MINUTE)
    assert reason(prove(first, hours=1)) is Reason.CODE_SPENT
    second, _factor = hand_over(lucie, at=10 * MINUTE)
    disown_by_mailbox(lucie, 11 * MINUTE, at=12 * MINUTE)
    assert isinstance(prove(second, hours=1).decision, Granted)
    third, _factor = hand_over(lucie, at=8 * DAY)
    disown_by_mailbox(lucie, 8 * DAY + MINUTE, at=8 * DAY + 2 * MINUTE)
    assert reason(prove(third, hours=8 * 24 + 1)) is Reason.CODE_SPENT


def test_what_let_itself_in_by_a_letter_that_stays_goes_on(lucie: Person) -> None:
    hand_over(lucie)
    disown_by_mailbox(lucie, MINUTE, at=2 * MINUTE)
    code, _factor = hand_over(lucie, at=10 * MINUTE)
    ticket = prove(code, hours=1).ticket
    assert ticket is not None
    disown_by_mailbox(lucie, 61 * MINUTE, at=62 * MINUTE)
    finish_reset(ticket, NEW, NOW + timedelta(hours=1, minutes=5))
    assert isinstance(Try(lucie.identifier, now=NOW + timedelta(hours=2))(NEW, door="imap").decision, Granted)


def test_the_link_of_a_settled_contact_ends_every_letter(lucie: Person) -> None:
    import_contact(lucie.id, "lucie@example.org", NOW, actor="cli")
    (contact,) = list_contacts(lucie.id)
    for number in range(3):
        at = number * DAY
        code = hand_over(lucie, at=at)[0]
        disown(make_link(lucie.id, NOW + at + MINUTE, contact=contact.id).rpartition("/")[2], NOW + at + 2 * MINUTE)
        assert reason(prove(code, hours=24 * number + 1)) is Reason.CODE_SPENT
        disown_by_mailbox(lucie, at + 3 * MINUTE, at=at + 4 * MINUTE)


@pytest.mark.parametrize(("made", "at", "fate"), [
    (-MINUTE, MINUTE, Fate.NONE),  # made before the letter
    (MINUTE, 2 * MINUTE, Fate.ENDS),
    (3 * DAY, 5 * DAY, Fate.NONE),  # the letter is over by itself
])  # fmt: skip
def test_a_link_says_what_it_will_do_to_the_letter(lucie: Person, made: timedelta, at: timedelta, fate: Fate) -> None:
    hand_over(lucie)
    link = read_link(make_link(lucie.id, NOW + made).rpartition("/")[2], NOW + at)
    assert link is not None
    assert link.letter is fate
    assert (find_disowned_at(lucie.id, NOW + at), list_disowned(NOW)) == (None, [])
    disown_by_mailbox(lucie, made, at=at)
    disowned = [Disowned(lucie.id, NOW + at, is_by_contact=False)] if fate is Fate.ENDS else []
    assert list_disowned(NOW) == disowned


def test_a_reset_by_letter_is_told_and_journaled_as_one(lucie: Person) -> None:
    ticket = prove(*hand_over(lucie)).ticket
    assert ticket is not None
    finish_reset(ticket, NEW, NOW)
    line = next(each for each in journal.list_lines(lucie.id, 5) if each.action == "password-reset")
    assert line.data["way"] == "letter"
    assert "password-reset-by-letter" in {each.code for each in list_notices(lucie.id, NOW)}


def test_a_new_letter_ends_every_code_of_those_before(lucie: Person) -> None:
    make_sheet(lucie.id, "printed", NOW)
    password, factor = hand_over(lucie, "both")
    hand_over(lucie, "factor")
    assert reason(prove(password)) is Reason.CODE_SPENT
    (_newest,) = hand_over(lucie, "password")
    assert not isinstance(second_step(lucie, PASSWORD, factor), Granted)


def test_after_a_takeover_a_letter_for_the_password_lets_its_person_in(lucie: Person) -> None:
    cut_off(lucie.id, NOW, by="Nadia Benali", actor="cli")
    password, factor = hand_over(lucie, "password")
    ticket = prove(password).ticket
    assert ticket is not None
    finish_reset(ticket, NEW, NOW)
    assert isinstance(second_step(lucie, NEW, factor), Granted)


def test_without_a_birth_date_only_a_letter_for_the_factor_is_made(zoe: Person) -> None:
    for lost in ("password", "both"):
        with pytest.raises(LetterRefused):
            hand_over(zoe, lost)
    assert hand_over(zoe, "factor")
