"""A request goes to who answers, is answered, goes up, ends, and is seen by nobody else."""

from datetime import timedelta

import pytest

from corneille.access.register import list_register
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import load
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, add_establishment
from corneille.people.decide import Level
from corneille.people.find import Person
from corneille.people.queries import set_state
from corneille.people.uai import format_uai
from corneille.support.answer import answer
from corneille.support.decide import Act, State
from corneille.support.delay import find_usual_delay
from corneille.support.escalate import escalate, escalate_late
from corneille.support.expire import close_expired, forget_requests
from corneille.support.export import export_requests
from corneille.support.models import SupportRequest
from corneille.support.note import add_note
from corneille.support.open_request import NewRequest, open_request
from corneille.support.queue import Whose, count_new, list_at_desk
from corneille.support.reply import rate, reopen, reply, set_consent, withdraw
from corneille.support.request import list_own, open_at_desk, open_own
from corneille.support.route import Matter
from corneille.support.sheet import look_up
from corneille.support.step import TEXT_LENGTH, RequestRefused
from tests.support.school import COLLEGE, LYCEE, NOW, RECTORAT, Academie, add, told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ask(person: Person, matter: Matter = Matter.PROGRAM, **more: object) -> int:
    return open_request(person.id, NewRequest(matter, "Thunderbird ne se connecte plus", **more), NOW)  # type: ignore[arg-type]


def sees(agent: Person, request: int) -> bool:
    try:
        open_at_desk(agent.id, request, NOW)
    except Gone:
        return False
    return True


def test_it_goes_to_the_correspondent_of_the_establishment(academie: Academie) -> None:
    request = ask(academie.claire)
    page = open_own(academie.claire.id, request, NOW)
    assert (page.line.level, page.line.state, page.line.establishment) == (Level.ESTABLISHMENT, State.NEW, "Lycée Corneille")
    assert told(academie.correspondent.id) == ["request-arrived"]
    assert told(academie.technician.id) == told(academie.guardian.id) == told(academie.claire.id) == []
    assert [count_new(each.id, NOW) for each in (academie.correspondent, academie.guardian, academie.claire)] == [1, 0, None]


def test_phishing_goes_to_the_security_correspondent_and_rights_to_the_dsden(academie: Academie) -> None:
    ask(academie.claire, Matter.PHISHING)
    ask(academie.claire, Matter.RIGHTS)
    assert told(academie.guardian.id) == ["request-arrived"]
    assert told(academie.technician.id) == ["request-arrived"]
    assert told(academie.correspondent.id) == []


def test_where_nobody_is_near_it_goes_to_the_academie(academie: Academie) -> None:
    request = ask(academie.zoe)
    assert open_own(academie.zoe.id, request, NOW).line.level is Level.ACADEMIE
    assert told(academie.adele.id) == ["request-arrived"]


def test_a_correspondent_does_not_answer_themselves(academie: Academie) -> None:
    request = ask(academie.correspondent)
    assert open_own(academie.correspondent.id, request, NOW).line.level is Level.DEPARTMENT
    assert not sees(academie.correspondent, request)


def test_who_sees_it_and_who_does_not(academie: Academie) -> None:
    request, rights = ask(academie.claire), ask(academie.claire, Matter.RIGHTS)
    seen = (academie.correspondent, academie.technician, academie.adele)
    assert all(sees(each, request) for each in seen)
    unseen = (academie.guardian, academie.head, academie.zoe, academie.claire)
    assert not any(sees(each, request) for each in unseen)
    assert not sees(academie.correspondent, rights)  # it never was the establishment's
    assert not sees(academie.technician, ask(academie.zoe))  # another department
    with pytest.raises(Gone):
        open_own(academie.zoe.id, request, NOW)
    with pytest.raises(Gone):
        open_own(academie.claire.id, request + 99, NOW)
    with pytest.raises(Gone):
        list_at_desk(academie.head.id, Whose.ALL, None, NOW)


def test_the_lists_of_the_desk(academie: Academie) -> None:
    first, second, far = ask(academie.claire), ask(academie.claire, Matter.RIGHTS), ask(academie.zoe)
    answer(academie.technician.id, second, Act.TAKE, "", NOW)

    def listed(agent: Person, whose: Whose, state: State | None = None) -> list[int]:
        return [line.id for line in list_at_desk(agent.id, whose, state, NOW)]

    assert listed(academie.technician, Whose.ALL) == [first, second]
    assert listed(academie.technician, Whose.MINE) == [second]
    assert listed(academie.technician, Whose.LEVEL) == [second]
    assert listed(academie.correspondent, Whose.ALL) == [first]
    assert listed(academie.adele, Whose.ALL) == [first, far, second]
    assert listed(academie.adele, Whose.LEVEL) == [far]
    assert listed(academie.adele, Whose.ALL, State.TAKEN) == [second]
    assert listed(academie.adele, Whose.ALL, State.CLOSED) == []


def test_the_whole_way_tells_the_other_side_each_time(academie: Academie) -> None:
    request, claire, agent = ask(academie.claire), academie.claire.id, academie.correspondent.id
    answer(agent, request, Act.TAKE, "", NOW + HOUR)
    answer(agent, request, Act.ASK, "Quelle version ?", NOW + 2 * HOUR)
    reply(claire, request, "La 140", NOW + 3 * HOUR)
    answer(agent, request, Act.ANSWER, "Créez un mot de passe d’application.", NOW + 4 * HOUR)
    answer(agent, request, Act.SOLVE, "", NOW + 5 * HOUR)
    rate(claire, request, "good", "Merci", NOW + 6 * HOUR)
    assert told(claire) == ["request-taken", "request-asked", "request-answered", "request-solved"]
    assert told(agent) == ["request-arrived", "request-replied", "request-rated"]
    page = open_own(claire, request, NOW + 6 * HOUR)
    assert [(step.action, step.state) for step in page.steps] == [
        ("open", "new"), ("take", "taken"), ("ask", "waiting"), ("reply", "taken"), ("answer", "taken"), ("solve", "solved"),
        ("rate", "closed"),
    ]  # fmt: skip
    assert [step.at - NOW for step in page.steps] == [each * HOUR for each in range(7)]
    assert (page.satisfaction, page.satisfaction_word) == ("good", "Merci")
    assert page.acts == {Act.REOPEN}
    with pytest.raises(RequestRefused):  # it is said once
        rate(claire, request, "bad", "", NOW + 6 * HOUR)


def test_a_person_acts_on_their_own_alone_and_an_agent_at_their_level_or_above(academie: Academie) -> None:
    request, rights = ask(academie.claire), ask(academie.zoe)
    for act in (
        lambda: reply(academie.zoe.id, request, "x", NOW), lambda: withdraw(academie.zoe.id, request, NOW),
        lambda: rate(academie.zoe.id, request, "good", "", NOW), lambda: reopen(academie.zoe.id, request, "x", NOW),
        lambda: set_consent(academie.zoe.id, request, NOW, agrees=True),
        lambda: answer(academie.claire.id, request, Act.TAKE, "", NOW),
        lambda: answer(academie.technician.id, rights, Act.TAKE, "", NOW),
        lambda: escalate(academie.head.id, request, "", NOW),
    ):  # fmt: skip
        with pytest.raises(Gone):
            act()
    answer(academie.adele.id, request, Act.ANSWER, "Je m’en occupe.", NOW)  # from above
    assert open_own(academie.claire.id, request, NOW).line.agent == "Adèle Noël"


def test_an_agent_hands_it_up_and_reads_it_still_but_acts_no_more(academie: Academie) -> None:
    request = ask(academie.claire)
    answer(academie.correspondent.id, request, Act.TAKE, "", NOW)
    assert escalate(academie.correspondent.id, request, "Droit à voir", NOW + HOUR) is Level.DEPARTMENT
    page = open_at_desk(academie.correspondent.id, request, NOW)
    assert (page.line.state, page.line.level, page.line.agent, page.acts) == (State.NEW, Level.DEPARTMENT, "", frozenset())
    with pytest.raises(Gone):
        answer(academie.correspondent.id, request, Act.TAKE, "", NOW)
    assert told(academie.technician.id) == ["request-arrived"]
    assert told(academie.claire.id) == ["request-taken", "request-escalated"]
    assert SupportRequest.objects.get(pk=request).answered_at is None  # a word to colleagues is no answer
    escalate(academie.technician.id, request, "", NOW)
    assert Act.ESCALATE not in open_at_desk(academie.adele.id, request, NOW).acts
    with pytest.raises(RequestRefused):
        escalate(academie.adele.id, request, "", NOW)


def test_what_nobody_takes_goes_up_by_itself_level_by_level(academie: Academie) -> None:
    request, answered = ask(academie.claire), ask(academie.claire)
    answer(academie.correspondent.id, answered, Act.ANSWER, "Je regarde", NOW)
    load(None, {}, support={"escalate_after_hours": 10})
    monday = NOW + 3 * DAY + 4 * HOUR  # 14:00 in Paris: ten hours of work after Friday at 10:00
    assert escalate_late(monday - timedelta(minutes=1)) == 0
    assert escalate_late(monday) == 1
    assert escalate_late(monday + DAY) == 0  # each level has its time
    assert escalate_late(monday + 2 * DAY) == 1
    assert escalate_late(monday + 9 * DAY) == 0
    page = open_own(academie.claire.id, request, monday)
    assert page.line.level is Level.ACADEMIE
    assert [step.who for step in page.steps] == ["Claire Lemoine", "", ""]
    assert open_own(academie.claire.id, answered, NOW).line.level is Level.ESTABLISHMENT


def test_what_was_taken_and_is_not_answered_reminds_its_agent_then_goes_up(academie: Academie) -> None:
    request, agent = ask(academie.claire), academie.correspondent.id
    answer(agent, request, Act.TAKE, "", NOW)
    due_at = NOW + 3 * DAY + timedelta(minutes=30)  # eight hours of work after Friday at 10:00: Monday at 10:30 in Paris
    escalate_late(due_at - timedelta(minutes=1))
    assert "request-overdue" not in told(agent)
    for minutes in (0, 10, 20):
        assert escalate_late(due_at + timedelta(minutes=minutes)) == 0
    assert told(agent).count("request-overdue") == 1, "once"
    assert "request-overdue" not in told(academie.technician.id)
    assert escalate_late(due_at + 2 * DAY + 15 * timedelta(minutes=1)) == 0  # 15 h 15 of work
    assert escalate_late(due_at + 3 * DAY) == 1
    page = open_own(academie.claire.id, request, due_at + 3 * DAY)
    assert (page.line.level, page.line.state, page.agent) == (Level.DEPARTMENT, State.NEW, None)
    assert "request-escalated" in told(academie.claire.id)
    assert "request-arrived" in told(academie.technician.id)


def test_at_the_top_everybody_is_told_of_what_one_of_them_leaves_unanswered(academie: Academie) -> None:
    request, other = ask(academie.claire), add("Max", "Roy", RECTORAT, AccountType.SUPPORT, "Assistance")
    escalate(academie.correspondent.id, request, "", NOW)
    escalate(academie.technician.id, request, "", NOW)
    answer(academie.adele.id, request, Act.TAKE, "", NOW)
    assert escalate_late(NOW + 4 * DAY) == 0
    assert (told(academie.adele.id).count("request-overdue"), "request-overdue" in told(other.id)) == (1, False)
    for days in (14, 15):
        assert escalate_late(NOW + days * DAY) == 0
    assert [told(each).count("request-overdue") for each in (academie.adele.id, other.id)] == [1, 1]
    answer(academie.adele.id, request, Act.ANSWER, "Voilà", NOW + 15 * DAY)
    reply(academie.claire.id, request, "Et ceci ?", NOW + 15 * DAY)
    escalate_late(NOW + 20 * DAY)
    assert told(academie.adele.id).count("request-overdue") == 2, "another question, another promise"


def test_it_opens_again_for_seven_days_with_the_same_agent(academie: Academie) -> None:
    request, claire, agent = ask(academie.claire), academie.claire.id, academie.correspondent.id
    answer(agent, request, Act.SOLVE, "Fait", NOW)
    rate(claire, request, "fair", "", NOW + DAY)
    reopen(claire, request, "Toujours pas", NOW + 7 * DAY)
    page = open_own(claire, request, NOW + 7 * DAY)
    assert (page.line.state, page.agent, page.reopen_until, page.satisfaction) == (State.TAKEN, agent, None, "")
    answer(agent, request, Act.SOLVE, "Fait", NOW + 8 * DAY)
    with pytest.raises(RequestRefused):
        reopen(claire, request, "Toujours pas", NOW + 16 * DAY)


def test_one_whose_agent_has_left_is_new_again_and_everybody_is_told(academie: Academie) -> None:
    request, other = ask(academie.claire), add("Ana", "Petit", LYCEE, AccountType.TEACHER, "Correspondant numérique")
    answer(academie.correspondent.id, request, Act.ASK, "Quelle version ?", NOW)
    set_state(academie.correspondent.id, "ended")
    reply(academie.claire.id, request, "La 140", NOW)
    page = open_own(academie.claire.id, request, NOW)
    assert (page.line.state, page.line.agent) == (State.NEW, "")
    assert told(other.id) == ["request-replied"]


def test_the_dsden_that_stands_beside_the_rectorat_is_not_over_it(academie: Academie) -> None:
    add_establishment(NewEstablishment(format_uai(149002), "DSDEN 14", "dsden", "x"))
    near = add("Jo", "Blin", format_uai(149002), AccountType.SUPPORT, "Assistance")
    officer = add("Hal", "Roy", RECTORAT, AccountType.STAFF)
    assert open_own(academie.zoe.id, ask(academie.zoe), NOW).line.level is Level.DEPARTMENT
    request = ask(officer)
    assert open_own(officer.id, request, NOW).line.level is Level.ACADEMIE
    assert not sees(near, request)
    with pytest.raises(Gone):
        look_up(near.id, officer.identifier, NOW)


def test_one_that_is_solved_or_waits_too_long_closes_and_is_forgotten(academie: Academie) -> None:
    solved, asked, fresh = (ask(academie.claire) for _ in range(3))
    answer(academie.correspondent.id, solved, Act.SOLVE, "Fait", NOW)
    answer(academie.correspondent.id, asked, Act.ASK, "Quelle version ?", NOW)
    assert close_expired(NOW + 7 * DAY) == 1
    assert close_expired(NOW + 30 * DAY) == 1
    assert told(academie.claire.id)[-1] == "request-closed"
    assert [line.state for line in list_own(academie.claire.id)] == [State.NEW, State.CLOSED, State.CLOSED]
    assert forget_requests(NOW + 364 * DAY) == 0
    assert forget_requests(NOW + 366 * DAY) == 1  # kept from when it was solved
    assert forget_requests(NOW + 396 * DAY) == 1
    assert [line.id for line in list_own(academie.claire.id)] == [fresh]


def test_usual_delays_are_counted_in_working_hours_from_what_was_answered(academie: Academie) -> None:
    for hours in (1, 4, 50):
        answer(academie.correspondent.id, ask(academie.claire), Act.ANSWER, "Voici.", NOW + hours * HOUR)
    ask(academie.claire)
    assert find_usual_delay(Level.ESTABLISHMENT, NOW) == 2.5 * HOUR  # lunch is not counted, nor Sunday
    assert find_usual_delay(Level.ACADEMIE, NOW) is None


def test_the_diagnosis_is_of_that_moment_and_a_strange_reference_says_nothing(academie: Academie) -> None:
    request = ask(academie.claire, reference="auth 7f3k 92mx", cause="old-password")
    kept = open_own(academie.claire.id, request, NOW).diagnosis
    assert (kept.state, kept.given, kept.tried, kept.begun_from) == ("active", "AUTH-7F3K-92MX", None, "old-password")
    assert (kept.used_bytes, kept.limit_bytes) == (0, 10**8)
    assert open_own(academie.claire.id, ask(academie.claire, cause="x'"), NOW).diagnosis.begun_from == ""


def test_what_cannot_be_a_request_is_refused(academie: Academie) -> None:
    for text, uai in (("", ""), ("x" * (TEXT_LENGTH + 1), ""), ("x", COLLEGE)):
        with pytest.raises(RequestRefused):
            open_request(academie.claire.id, NewRequest(Matter.OTHER, text, uai), NOW)
    load(None, {}, support={"requests_per_day_count": 1})
    ask(academie.claire)
    with pytest.raises(RequestRefused, match="many"):
        ask(academie.claire)
    assert list_own(academie.zoe.id) == []


def test_an_answer_is_expected_until_it_is_given_and_again_when_the_person_goes_on(academie: Academie) -> None:
    request, claire, agent = ask(academie.claire), academie.claire.id, academie.correspondent.id

    def due() -> timedelta | None:
        due_at = open_own(claire, request, NOW).line.due_at
        return due_at - NOW if due_at is not None else None

    monday = 3 * DAY + 30 * timedelta(minutes=1)  # 10:30 in Paris: eight hours of work after Friday at 10:00
    assert due() == monday
    answer(agent, request, Act.TAKE, "", NOW + HOUR)
    assert due() == monday  # to take it is no answer
    answer(agent, request, Act.ASK, "Quelle version ?", NOW + 2 * HOUR)
    assert due() is None
    reply(claire, request, "La 140", NOW + 3 * DAY)
    assert due() == 4 * DAY + 30 * timedelta(minutes=1)
    reply(claire, request, "De Debian", NOW + 3 * DAY + HOUR)
    assert due() == 4 * DAY + 30 * timedelta(minutes=1)  # who adds something waits no longer
    escalate(agent, request, "", NOW + 4 * DAY)
    assert due() == 5 * DAY + 30 * timedelta(minutes=1)
    answer(academie.technician.id, request, Act.SOLVE, "Fait", NOW + 4 * DAY)
    assert due() is None


def test_a_note_is_among_agents_and_in_the_copy_of_the_data(academie: Academie) -> None:
    request, claire = ask(academie.claire), academie.claire.id
    escalate(academie.correspondent.id, request, "", NOW)
    add_note(academie.correspondent.id, request, "Ligne\r\nde l’agent", NOW)  # who handed it up knows more
    assert [step.is_note for step in open_own(claire, request, NOW).steps] == [False, False]
    noted = open_at_desk(academie.technician.id, request, NOW).steps[-1]
    assert (noted.is_note, noted.who, noted.text) == (True, "Luc Morel", "Ligne\nde l’agent")
    assert (noted.state, noted.level) == (State.NEW, Level.DEPARTMENT)
    assert told(claire) == ["request-escalated"]
    exported = export_requests(claire)[0]
    assert [(step.is_internal_note, step.text) for step in exported.steps if step.text][-1] == (True, "Ligne\nde l’agent")
    line = list_register(claire)[0]
    assert (line.action, line.data) == ("request-noted", {"request": request})  # no word of it
    for agent in (academie.guardian, academie.head, academie.claire):
        with pytest.raises(Gone):
            add_note(agent.id, request, "x", NOW)
    with pytest.raises(RequestRefused):
        add_note(academie.technician.id, request, " ", NOW)
