"""The sheet of an account opens with a reason, an agreement or a code; the person sees who looked and why."""

from datetime import timedelta

import pytest

from corneille.access.recovery_contact import import_contact
from corneille.access.register import list_register
from corneille.kernel.ids import AccountId
from corneille.kernel.models import Notice
from corneille.kernel.refusal import Gone
from corneille.people.find import Person
from corneille.support.answer import answer
from corneille.support.caller import check_caller, send_caller_code, show_caller_code
from corneille.support.decide import Act
from corneille.support.escalate import escalate
from corneille.support.expire import forget_sheets
from corneille.support.models import SheetOpening
from corneille.support.open_request import NewRequest, open_request
from corneille.support.reply import set_consent
from corneille.support.route import Matter
from corneille.support.sheet import Closed, Sheet, find_sheet, look_up, may_look_up, open_sheet
from corneille.support.step import RequestRefused
from tests.support.school import NOW, Academie, told, with_password

MINUTE = timedelta(minutes=1)


def register_of(account: AccountId) -> list[tuple[str, str, object]]:
    return [(line.action, line.name, line.data.get("way")) for line in list_register(account, of_others_only=True)]


def ask(person: Person, *, consents: bool = False) -> int:
    return open_request(person.id, NewRequest(Matter.PROGRAM, "x", consents=consents), NOW)


def test_it_opens_with_a_reason_for_a_while_and_the_person_sees_it(academie: Academie) -> None:
    with_password(academie.claire)
    agent, claire = academie.technician.id, academie.claire.id
    closed = find_sheet(agent, claire, NOW)
    assert isinstance(closed, Closed)
    assert not closed.has_agreed
    with pytest.raises(RequestRefused):
        open_sheet(agent, claire, "  ", NOW)
    open_sheet(agent, claire, "Appel du 20 : envoi refusé", NOW)
    sheet = find_sheet(agent, claire, NOW + 29 * MINUTE)
    assert isinstance(sheet, Sheet)
    assert (sheet.person.id, sheet.way, sheet.opened_until, sheet.proved_at) == (claire, "reason", NOW + 30 * MINUTE, None)
    assert sheet.life is not None
    assert sheet.life.set_at == NOW
    assert isinstance(find_sheet(agent, claire, NOW + 30 * MINUTE), Closed)
    assert isinstance(find_sheet(academie.adele.id, claire, NOW), Closed)  # an opening is one agent's
    assert register_of(claire)[:1] == [("sheet-opened", "Ali Haddad", "reason")]


def test_nothing_of_a_sheet_is_a_secret(academie: Academie) -> None:
    with_password(academie.claire)
    code = show_caller_code(academie.claire.id, NOW)
    open_sheet(academie.adele.id, academie.claire.id, "x", NOW)
    shown = repr(find_sheet(academie.adele.id, academie.claire.id, NOW))
    assert "argon2" not in shown
    assert code not in shown


def test_who_may_ask_for_it(academie: Academie) -> None:
    def may(agent: Person, person: Person) -> bool:
        try:
            find_sheet(agent.id, person.id, NOW)
        except Gone:
            return False
        return True

    claire, zoe = academie.claire, academie.zoe
    assert [may(each, claire) for each in (academie.technician, academie.adele)] == [True, True]
    assert [may(each, zoe) for each in (academie.technician, academie.adele)] == [False, True]
    closed = (academie.correspondent, academie.guardian, academie.head, claire, zoe)
    assert not any(may(each, claire) for each in closed)
    assert not may(academie.adele, academie.adele)
    request = ask(claire)
    assert may(academie.correspondent, claire)  # who deals with a request of theirs
    assert not may(academie.guardian, claire)
    escalate(academie.correspondent.id, request, "", NOW)
    assert not may(academie.correspondent, claire)


def test_accounts_are_found_by_support_alone_and_strangers_read_like_nobody(academie: Academie) -> None:
    assert look_up(academie.technician.id, academie.claire.principal_address, NOW) == academie.claire.id
    for agent, typed in (
        (academie.technician, academie.zoe.identifier), (academie.technician, "personne"),
        (academie.correspondent, academie.claire.identifier), (academie.head, academie.claire.identifier),
    ):  # fmt: skip
        with pytest.raises(Gone):
            look_up(agent.id, typed, NOW)
    assert [may_look_up(each.id, NOW) for each in (academie.technician, academie.correspondent)] == [True, False]


def test_an_agreement_opens_it_without_a_reason_until_it_is_taken_back_or_the_request_over(academie: Academie) -> None:
    agent, claire = academie.correspondent.id, academie.claire.id
    request = ask(academie.claire, consents=True)
    open_sheet(agent, claire, "", NOW)
    sheet = find_sheet(agent, claire, NOW)
    assert isinstance(sheet, Sheet)
    assert sheet.way == "consent"
    later = NOW + timedelta(hours=1)
    set_consent(claire, request, later, agrees=False)
    with pytest.raises(RequestRefused):
        open_sheet(agent, claire, "", later)
    set_consent(claire, request, later, agrees=True)
    answer(agent, request, Act.SOLVE, "Fait", later)
    with pytest.raises(Gone):
        open_sheet(agent, claire, "", later)


def test_a_caller_reads_out_six_digits_and_the_sheet_opens(academie: Academie) -> None:
    agent, claire = academie.technician.id, academie.claire.id
    code = show_caller_code(claire, NOW)
    assert len(code) == 7
    assert code.replace("-", "").isdecimal()
    assert check_caller(agent, claire, code.replace("-", " "), NOW + 9 * MINUTE)
    sheet = find_sheet(agent, claire, NOW + 9 * MINUTE)
    assert isinstance(sheet, Sheet)
    assert (sheet.way, sheet.proved_at) == ("caller", NOW + 9 * MINUTE)
    assert register_of(claire) == [("sheet-opened", "Ali Haddad", "caller")]
    assert not check_caller(agent, claire, code, NOW + 9 * MINUTE)  # used


def test_a_code_that_is_wrong_late_replaced_or_another_persons_opens_nothing(academie: Academie) -> None:
    agent, claire = academie.technician.id, academie.claire.id
    first, code = show_caller_code(claire, NOW), show_caller_code(claire, NOW)
    others = show_caller_code(academie.head.id, NOW)
    wrong = "000-000" if code != "000-000" else "111-111"
    tries = [wrong, "", "abc", first if first != code else wrong, others if others != code else wrong]
    assert not any(check_caller(agent, claire, each, NOW) for each in tries[:4])
    assert register_of(claire)[0] == ("caller-not-proved", "Ali Haddad", None)
    assert not check_caller(agent, claire, tries[4], NOW)
    assert not check_caller(agent, claire, code, NOW)  # five tries are all
    late = show_caller_code(claire, NOW)
    assert not check_caller(agent, claire, late, NOW + 10 * MINUTE)
    assert isinstance(find_sheet(agent, claire, NOW), Closed)
    with pytest.raises(Gone):
        check_caller(academie.head.id, claire, show_caller_code(claire, NOW), NOW)


def test_the_code_can_be_sent_to_a_verified_contact(academie: Academie) -> None:
    agent, claire = academie.technician.id, academie.claire.id
    assert not send_caller_code(agent, claire, NOW)
    import_contact(claire, "claire@exemple.test", NOW, actor="cli")
    assert send_caller_code(agent, claire, NOW)
    assert not send_caller_code(agent, claire, NOW)  # once a minute
    assert told(claire) == ["caller-code"]
    assert "contact" in Notice.objects.get(account=claire).data
    with pytest.raises(Gone):
        send_caller_code(academie.head.id, claire, NOW)


def test_openings_are_forgotten_after_a_day_and_the_journal_keeps_them(academie: Academie) -> None:
    open_sheet(academie.adele.id, academie.claire.id, "x", NOW)
    forget_sheets(NOW + timedelta(days=1, seconds=1))
    assert not SheetOpening.objects.exists()
    assert len(register_of(academie.claire.id)) == 1
