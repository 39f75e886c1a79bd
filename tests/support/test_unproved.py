"""Help asked for without signing in: filed for who is meant, told to them alone, bounded, and nothing of it for nobody."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneille.access.attempt import Attempt
from corneille.access.recovery_contact import import_contact
from corneille.access.sign_in import sign_in
from corneille.kernel import blobs
from corneille.kernel.models import Notice
from corneille.notices.deliver import deliver_due
from corneille.people.decide import Level
from corneille.people.find import Person
from corneille.support.answer import answer
from corneille.support.decide import Act, State
from corneille.support.models import HelpAsked, SupportRequest
from corneille.support.open_request import BLOCKS, NewRequest, add_request, open_request
from corneille.support.request import list_own, open_at_desk, open_own
from corneille.support.route import Matter
from corneille.support.step import RequestRefused
from corneille.support.unproved import ask_unproved, file_unproved, forget_asked
from corneille.transport.models import QueuedRecipient
from tests.support.school import NOW, Academie, told, with_password

HOME = "192.0.2.7"
OUTSIDE = "claire@example.org"
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def claire(academie: Academie) -> Person:
    with_password(academie.claire)
    import_contact(academie.claire.id, OUTSIDE, NOW, actor="x")
    deliver_due(NOW)
    QueuedRecipient.objects.all().delete()
    return academie.claire


def ask(who: str, at: datetime = NOW, *, text: str = "Je ne peux plus entrer", address: str = HOME, cause: str = "") -> int:
    """Asks, and gives how many requests came of it."""
    ask_unproved(who, text, at, network_address=address, cause=cause)
    return file_unproved(at)


def sent(at: datetime = NOW) -> list[str]:
    """Subject and text of what was sent to the recovery contact, the oldest first."""
    deliver_due(at)
    rows = QueuedRecipient.objects.filter(address=OUTSIDE).order_by("pk")
    messages = [message_from_bytes(blobs.current().read(row.message.content), policy=default) for row in rows]  # type: ignore[arg-type]
    return [f"{each['Subject']}\n{each.get_content()}" for each in messages]


def test_it_is_routed_with_the_diagnosis_and_marked(academie: Academie, claire: Person) -> None:
    outcome = sign_in(Attempt("web", claire.identifier, "faux", HOME, None, "Firefox", NOW))
    assert outcome.reference
    assert ask(outcome.reference, cause="wrong") == 1
    line = list_own(claire.id)[0]
    assert (line.matter, line.level, line.is_unproved, line.is_by_itself) == (
        Matter.SIGN_IN, Level.ESTABLISHMENT, True, False
    )  # fmt: skip
    page = open_at_desk(academie.correspondent.id, line.id, NOW)
    assert (page.diagnosis.given, page.diagnosis.begun_from) == (outcome.reference, "wrong")
    assert page.diagnosis.tried is not None
    assert page.contact_count == 1
    assert [(step.action, step.who, step.text) for step in page.steps] == [("outside", "", "Je ne peux plus entrer")]
    assert told(academie.correspondent.id) == ["request-arrived"]


@pytest.mark.parametrize("how", ["identifier", "address", "reference in small letters"])
def test_each_way_to_say_who_one_is_will_do(claire: Person, how: str) -> None:
    outcome = sign_in(Attempt("web", claire.identifier, "faux", HOME, None, "Firefox", NOW))
    code = outcome.reference.lower()
    ways = {"identifier": claire.identifier, "address": claire.addresses[0], "reference in small letters": code}
    assert ask(ways[how]) == 1
    assert len(list_own(claire.id)) == 1


@pytest.mark.parametrize("who", ["personne", "AUTH-2222-2222", "personne@ac-demonstration.test", "é\x00", " "])
def test_what_is_nobodys_is_kept_nowhere(claire: Person, who: str) -> None:
    ask_unproved(who, "Mon secret est ici", NOW, network_address=HOME)
    row = HelpAsked.objects.get()
    assert (row.account, row.text.strip()) == (None, "")
    assert file_unproved(NOW) == 0
    assert SupportRequest.objects.count() == 0


def test_the_row_is_as_long_for_anybody_and_gone_within_the_hour(claire: Person) -> None:
    for who in (claire.identifier, "personne"):
        ask_unproved(who, "Vingt-et-une lettres", NOW, network_address=HOME)
    known, unknown = HelpAsked.objects.order_by("pk")
    assert len(known.text) == len(unknown.text)
    file_unproved(NOW)
    assert set(HelpAsked.objects.values_list("text", "reference", "cause")) == {("", "", "")}
    assert forget_asked(NOW + timedelta(minutes=59)) == 0
    assert forget_asked(NOW + timedelta(minutes=61)) == 2


def test_the_person_is_told_at_the_contacts_and_no_word_of_the_stranger_goes_there(claire: Person) -> None:
    ask(claire.identifier, text="Achetez mes montres")
    (message,) = sent()
    assert "sans connexion" in message
    assert "montres" not in message
    assert told(claire.id)[-1] == "request-unproved"


@pytest.mark.parametrize("act", [Act.ANSWER, Act.ASK, Act.SOLVE])
def test_what_support_writes_goes_to_the_contacts_and_is_not_kept_in_notices(
    academie: Academie, claire: Person, act: Act
) -> None:
    ask(claire.identifier)
    number = list_own(claire.id)[0].id
    answer(academie.correspondent.id, number, act, "Passez me voir salle B12", NOW + MINUTE)
    assert sum("salle B12" in each for each in sent(NOW + MINUTE)) == 1
    assert not any("salle B12" in str(row.data) for row in Notice.objects.all())


def test_so_it_does_for_what_opened_by_itself_and_not_for_what_a_person_asked_signed_in(
    academie: Academie, claire: Person
) -> None:
    by_itself = add_request(claire.id, NewRequest(Matter.SIGN_IN, ""), "", NOW, origin=BLOCKS, key="x").pk
    by_person = open_request(claire.id, NewRequest(Matter.SIGN_IN, "Perdu"), NOW)
    for number, text in ((by_itself, "alpha-un"), (by_person, "beta-deux")):
        answer(academie.correspondent.id, number, Act.ANSWER, text, NOW)
    messages = "".join(sent())
    assert ("alpha-un" in messages, "beta-deux" in messages) == (True, False)


def test_a_word_more_joins_the_request_that_is_open(academie: Academie, claire: Person) -> None:
    ask(claire.identifier)
    number = list_own(claire.id)[0].id
    answer(academie.correspondent.id, number, Act.ASK, "Depuis quand ?", NOW + MINUTE)
    assert ask(claire.identifier, NOW + 2 * MINUTE, text="Depuis hier") == 1
    page = open_own(claire.id, number, NOW + 2 * MINUTE)
    assert len(list_own(claire.id)) == 1
    assert page.line.state is State.TAKEN
    assert (page.steps[-1].action, page.steps[-1].who, page.steps[-1].text) == ("reply", "", "Depuis hier")
    assert told(academie.correspondent.id)[-1] == "request-added"


def test_a_few_a_day_are_taken_for_one_account(claire: Person) -> None:
    assert [ask(claire.identifier, NOW + each * MINUTE, address=f"192.0.{each}.7") for each in range(4)] == [1, 1, 1, 0]
    assert ask(claire.identifier, NOW + DAY + 4 * MINUTE) == 1


def test_a_network_is_bounded_by_the_hour_whoever_is_meant(claire: Person) -> None:
    for number in range(20):
        ask_unproved(f"personne{number}", "x", NOW, network_address=f"192.0.2.{number}")
    for who in ("personne", claire.identifier):
        with pytest.raises(RequestRefused, match="network"):
            ask_unproved(who, "x", NOW, network_address=HOME)
    ask_unproved("personne", "x", NOW, network_address="198.51.100.1")
    ask_unproved("personne", "x", NOW + 61 * MINUTE, network_address=HOME)


def test_asking_takes_the_same_queries_whoever_is_meant(claire: Person) -> None:
    reference = sign_in(Attempt("web", claire.identifier, "faux", HOME, None, "Firefox", NOW)).reference
    address = claire.addresses[0]
    twins = [(claire.identifier, "clemoina"), (reference, "AUTH-2222-2222"), (address, f"x{address}")]
    for known, unknown in twins:
        assert count_queries(known) == count_queries(unknown) > 0


def count_queries(who: str) -> int:
    with CaptureQueriesContext(connection) as made:
        ask_unproved(who, "x", NOW, network_address=HOME)
    return len(made)
