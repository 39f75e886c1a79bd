"""A service posts a notice: on the home page, in the mailbox once, changed under the same key, refused in clear words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corneille.doors.web.gateway.openapi import describe
from corneille.kernel import clock, settings
from corneille.mail.append import append
from corneille.mail.fetch import list_messages
from corneille.mail.mailbox import create_mailbox, find_mailbox
from corneille.mail.move import move
from corneille.mail.open_mail_account import create_mail_account, open_mail_account
from corneille.mail.values import NewMessage
from corneille.notices.card import list_all_cards, list_cards
from corneille.notices.deal_anew import AT_ONCE, deal_anew
from corneille.notices.mail_cards import mail_cards
from corneille.notices.models import Card, Post, Service
from corneille.notices.posting import VALID_YEARS_COUNT
from corneille.notices.service import add_service, close_service, find_service
from corneille.notices.write_limit import TooManyPosts, count_write
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from corneille.people.models import Assignment, Establishment
from corneille.people.state import set_state
from corneille.run.ground import Ground

from .conftest import Browser, text_of

URL = "/api/v1/notices"


def make(**changed: object) -> dict[str, object]:
    told: dict[str, object] = {
        "key": "vs-1", "person": "clemoine", "severity": "action", "url": "https://mina.example/vs",
        "title": {"fr": "Services à vérifier", "en": "Load to check"},
        "text": {"fr": "Signez avant vendredi.", "en": "Sign before Friday."},
    }  # fmt: skip
    return {name: value for name, value in {**told, **changed}.items() if value is not None}


@pytest.fixture
def credential(teacher: Person) -> str:
    create_mail_account(teacher.id, quota_bytes=10**8)
    return add_service("mina", "MINA", "https://mina.example/", clock.now(), by="Nadia")


def post(credential: str, body: object) -> HttpResponse:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer: Any = Client(enforce_csrf_checks=True, SERVER_NAME="localhost").post(
        URL, content, content_type="application/json", secure=True, headers={"Authorization": f"Bearer {credential}"}
    )
    made: HttpResponse = answer
    return made


def told(response: HttpResponse) -> tuple[int, dict[str, Any]]:
    return response.status_code, json.loads(response.content)


def subjects(person: Person, folder: str = "INBOX") -> list[str]:
    account = open_mail_account(person.id)
    inbox = find_mailbox(account, folder)
    assert inbox is not None
    return [each.subject for each in list_messages(account, inbox.id).summaries]


def test_a_notice_stands_on_the_home_page_and_in_the_mailbox(browser: Browser, teacher: Person, credential: str) -> None:
    assert told(post(credential, make())) == (201, {"key": "vs-1", "outcome": "created", "people": 1})
    assert mail_cards(clock.now()) == 1
    assert mail_cards(clock.now()) == 0
    assert subjects(teacher) == ["Services à vérifier"]
    browser.sign_in("clemoine")
    page = text_of(browser.get("/"))
    assert "Services à vérifier" in page
    assert 'href="https://mina.example/vs"' in page
    assert "1 nouveau" in page


def test_many_notices_are_mailed_with_few_questions_and_what_stands_is_not_looked_at(
    teacher: Person, credential: str
) -> None:
    for number in range(30):
        post(credential, make(key=f"vs-{number}"))
    with CaptureQueriesContext(connection) as asked:
        assert mail_cards(clock.now()) == 30
    assert len(asked) < 10
    assert len(subjects(teacher)) == 30
    with CaptureQueriesContext(connection) as asked:
        assert mail_cards(clock.now()) == 0
    (waiting,) = (each["sql"] for each in asked if "mailed_revision" in each["sql"] and "<" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {waiting}")
        assert any("card_to_mail" in str(each) for each in cursor.fetchall())


def test_the_same_key_changes_it_and_replaces_its_message(teacher: Person, credential: str) -> None:
    post(credential, make())
    mail_cards(clock.now())
    changed = make(title={"fr": "Services à signer", "en": "Load to sign"})
    assert told(post(credential, changed))[1]["outcome"] == "changed"
    mail_cards(clock.now())
    assert subjects(teacher) == ["Services à signer"]
    assert [each.title for each in list_cards(teacher.id, clock.now(), "fr")] == ["Services à signer"]


def test_a_replay_changes_nothing_and_what_is_put_away_stays_so(
    browser: Browser, teacher: Person, credential: str
) -> None:
    post(credential, make())
    browser.sign_in("clemoine")
    card = list_cards(teacher.id, clock.now(), "fr")[0]
    browser.post("/avis/service/lu", {"id": str(card.id)})
    assert [each.is_read for each in list_cards(teacher.id, clock.now(), "fr")] == [True]
    browser.post("/avis/service/ranger", {"id": str(card.id)})
    assert told(post(credential, make())) == (200, {"key": "vs-1", "outcome": "unchanged", "people": 1})
    assert list_cards(teacher.id, clock.now(), "fr") == []
    post(credential, make(severity="urgent"))
    assert [each.is_read for each in list_cards(teacher.id, clock.now(), "fr")] == [False], "what changed is new again"


def test_a_card_of_somebody_else_is_left_alone(browser: Browser, teacher: Person, credential: str) -> None:
    other = add_person(NewPerson(AccountType.TEACHER, "Paul", "Durand", now=clock.now()))
    post(credential, make(person=other.identifier))
    browser.sign_in("clemoine")
    for path in ("/avis/service/lu", "/avis/service/ranger"):
        browser.post(path, {"id": str(Card.objects.get().pk)})
    assert [each.is_read for each in list_cards(other.id, clock.now(), "fr")] == [False]
    assert "Services" not in text_of(browser.get("/avis"))


def test_a_population_is_everybody_of_it_and_follows_its_changes(teacher: Person, credential: str) -> None:
    everybody = make(person=None, population={"types": ["enseignant"]})
    assert told(post(credential, everybody))[1]["people"] == 1
    heads = make(person=None, population={"types": ["direction"]})
    assert told(post(credential, heads))[1]["people"] == 0
    assert list_cards(teacher.id, clock.now(), "fr") == []


TEACHERS = {"types": ["enseignant"]}
HEADS = {"types": ["direction"]}


def join(person: Person) -> None:
    """Works at the school, as a teacher."""
    school, _ = Establishment.objects.get_or_create(uai="0271234J", defaults={"name": "Collège", "department": "27"})
    Assignment.objects.create(
        account_id=person.id, establishment=school, function="Enseignement", from_on=clock.now().date()
    )


def move_message(person: Person, name: str) -> None:
    """As its owner puts it into a folder of theirs."""
    account = open_mail_account(person.id)
    inbox, folder = find_mailbox(account, "INBOX"), find_mailbox(account, name) or create_mailbox(account, name).result(10)
    assert inbox is not None
    move(account, inbox.id, [each.uid for each in list_messages(account, inbox.id).summaries], folder.id).result(10)


@pytest.mark.parametrize("folder", ["INBOX", "Rangés"])
def test_who_leaves_loses_the_message_and_who_comes_back_has_one(teacher: Person, credential: str, folder: str) -> None:
    post(credential, make(person=None, population=TEACHERS))
    mail_cards(clock.now())
    if folder != "INBOX":
        move_message(teacher, folder)
    post(credential, make(person=None, population=HEADS))
    assert list_cards(teacher.id, clock.now(), "fr") == list_all_cards(teacher.id, "fr") == []
    mail_cards(clock.now())
    assert subjects(teacher, folder) == []
    assert Card.objects.count() == 0
    post(credential, make(person=None, population=TEACHERS))
    mail_cards(clock.now())
    assert subjects(teacher) == ["Services à vérifier"]
    assert folder == "INBOX" or subjects(teacher, folder) == []


def test_who_comes_back_before_the_message_went_keeps_it_alone(teacher: Person, credential: str) -> None:
    post(credential, make(person=None, population=TEACHERS))
    mail_cards(clock.now())
    post(credential, make(person=None, population=HEADS))
    post(credential, make(person=None, population=TEACHERS))
    mail_cards(clock.now())
    assert subjects(teacher) == ["Services à vérifier"]
    assert len(list_cards(teacher.id, clock.now(), "fr")) == 1


def test_a_change_finds_the_message_where_its_owner_put_it_and_leaves_answers_alone(
    teacher: Person, credential: str
) -> None:
    post(credential, make())
    mail_cards(clock.now())
    move_message(teacher, "Rangés")
    account = open_mail_account(teacher.id)
    inbox = find_mailbox(account, "INBOX")
    assert inbox is not None
    own = f"In-Reply-To: <card-{Card.objects.get().pk}-1@{settings.of(settings.Ground).domain}>"
    answer = f"From: a@b.example\r\nSubject: Re: Services\r\n{own}\r\n\r\nVu.\r\n".encode()
    append(account, inbox.id, [NewMessage(answer, clock.now())]).result(10)
    post(credential, make(title={"fr": "Services à signer", "en": "Load to sign"}))
    mail_cards(clock.now())
    assert subjects(teacher, "Rangés") == []
    assert sorted(subjects(teacher)) == ["Re: Services", "Services à signer"]


OVER = "2020-01-01T00:00:00+00:00"


def test_a_notice_that_is_ended_goes_from_the_page_and_the_mailbox(teacher: Person, credential: str) -> None:
    post(credential, make())
    mail_cards(clock.now())
    assert told(post(credential, make(valid_until=OVER)))[1]["outcome"] == "changed"
    assert list_cards(teacher.id, clock.now(), "fr") == []
    mail_cards(clock.now())
    assert subjects(teacher) == []


def test_a_notice_that_ended_before_its_turn_is_not_sent(teacher: Person, credential: str) -> None:
    post(credential, make())
    post(credential, make(valid_until=OVER))
    mail_cards(clock.now())
    assert subjects(teacher) == []


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (make(person="nobody"), 404, "unknown-person"),
        (make(person=None, population={"types": ["professeur"]}), 422, "unknown"),
        (make(person=None, population={"types": ["fonctionnel"]}), 422, "unknown"),
        (make(person=None, population={"functions": ["Jardinage"]}), 422, "unknown"),
        (make(person=None, population={"establishments": ["0760095R"]}), 422, "unknown"),
        (make(url="http://mina.example"), 422, "https"),
        (make(valid_until=OVER), 422, "past"),
        (b"not json", 422, "not-json"),
        (b"x" * 70_000, 413, "too-large"),
    ],
)
def test_a_refusal_says_what_would_be_right_and_keeps_nothing(
    credential: str, body: object, status: int, error: str
) -> None:
    answered, said = told(post(credential, body))
    assert (answered, said["error"]) == (status, error)
    assert said["wanted"]
    assert Post.objects.count() == 0


@pytest.mark.parametrize(
    ("population", "field", "known"),
    [
        ({"types": ["professeur"]}, "population.types", "enseignant"),
        ({"establishments": ["0760095R"]}, "population.establishments", "0271234J"),
        ({"functions": ["Enseignment"]}, "population.functions", "Enseignement"),
    ],
)
def test_an_unknown_name_is_refused_with_the_list_of_the_known(
    teacher: Person, credential: str, population: dict[str, list[str]], field: str, known: str
) -> None:
    join(teacher)
    said = told(post(credential, make(person=None, population=population)))[1]
    assert said["field"] == field
    assert known in said["wanted"]


def test_a_notice_follows_its_population(teacher: Person, credential: str) -> None:
    join(teacher)
    body = make(person=None, population={"functions": ["ENSEIGNEMENT"]})
    assert told(post(credential, body)) == (201, {"key": "vs-1", "outcome": "created", "people": 1})
    mail_cards(clock.now())
    later = add_person(NewPerson(AccountType.TEACHER, "Paul", "Durand", now=clock.now()))
    create_mail_account(later.id, quota_bytes=10**8)
    join(later)
    Assignment.objects.filter(account=teacher.id).update(until_on=clock.now().date() - timedelta(days=1))
    assert deal_anew(clock.now()) == 0, "an hour has not passed"
    now = clock.now() + timedelta(hours=1)
    assert deal_anew(now) == 2
    assert deal_anew(now) == 0
    mail_cards(now)
    assert (subjects(teacher), subjects(later)) == ([], ["Services à vérifier"])
    assert (len(list_cards(teacher.id, now, "fr")), len(list_cards(later.id, now, "fr"))) == (0, 1)


def test_what_is_over_or_for_one_person_is_not_dealt_anew(teacher: Person, credential: str) -> None:
    until = clock.now() + timedelta(minutes=30)
    post(credential, make(key="over", person=None, population=TEACHERS, valid_until=until.isoformat()))
    post(credential, make())
    add_person(NewPerson(AccountType.TEACHER, "Paul", "Durand", now=clock.now()))
    assert deal_anew(clock.now() + timedelta(hours=2)) == 0
    assert Card.objects.count() == 2


def test_a_turn_is_bounded_and_the_next_goes_on(teacher: Person, credential: str) -> None:
    for number in range(AT_ONCE + 1):
        Post.objects.create(
            service=Service.objects.get(), key=str(number), severity="info", content=b"", posted_at=clock.now(),
            population={"types": ["enseignant"], "establishments": [], "functions": []}, dealt_at=clock.now(),
        )  # fmt: skip
    now = clock.now() + timedelta(hours=1)
    assert (deal_anew(now), deal_anew(now)) == (AT_ONCE, 1)


@pytest.mark.parametrize("wrong", ["", "cs-000000000000-" + "0" * 32, "é", "x" * 10_000])
def test_nobodys_credential_is_refused(credential: str, wrong: str) -> None:
    answer = post(wrong, make())
    assert told(answer)[0] == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_closed_service_is_refused(credential: str) -> None:
    close_service("mina", clock.now(), by="Nadia")
    assert told(post(credential, make()))[1]["error"] == "closed"


def test_who_has_left_gets_nothing(teacher: Person, credential: str) -> None:
    set_state(teacher.id, AccountState.ENDED)
    assert told(post(credential, make()))[0] == 404


def test_a_burst_is_told_to_wait_and_a_replay_is_not_counted(credential: str, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, gateway={"posts_per_minute_count": 2})
    for number in range(2):
        assert told(post(credential, make(key=f"k{number}")))[0] == 201
    answer = post(credential, make(key="k2"))
    assert told(answer)[0] == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert Post.objects.count() == 2
    assert told(post(credential, make(key="k1")))[1]["outcome"] == "unchanged"


def test_changes_under_one_key_and_replays_for_a_population_are_counted_too(credential: str, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, gateway={"posts_per_minute_count": 2})
    everybody = make(person=None, population={"types": ["enseignant"]})
    assert [told(post(credential, everybody))[0] for _ in range(3)] == [201, 200, 429]
    other = add_service("cahier", "Cahier", "https://cahier.example/", clock.now(), by="Nadia")
    changed = [make(title={"fr": f"Titre {number}", "en": f"Title {number}"}) for number in range(3)]
    assert [told(post(other, each))[0] for each in changed] == [201, 200, 429]
    assert Post.objects.get(service__slug="cahier").french_title == "Titre 1", "what was refused left no trace"
    assert told(post(other, make(person="nobody")))[0] == 429


def test_what_is_refused_is_not_counted(credential: str, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, gateway={"posts_per_minute_count": 1})
    assert told(post(credential, make(person="nobody")))[0] == 404
    assert told(post(credential, make()))[0] == 201


def test_the_minute_ends(credential: str, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data)}, gateway={"posts_per_minute_count": 1})
    service, now = find_service(credential), clock.now()
    assert service is not None
    count_write(service, now)
    with pytest.raises(TooManyPosts) as refused:
        count_write(service, now + timedelta(seconds=50))
    assert refused.value.wait_s == 11
    count_write(service, now + timedelta(seconds=60))


def test_the_document_describes_the_gateway() -> None:
    answer: Any = Client(SERVER_NAME="localhost").get("/api/openapi.json", secure=True)
    document = json.loads(answer.content)
    assert document["openapi"].startswith("3.1")
    assert "post" in document["paths"][URL]


@pytest.mark.parametrize("until", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "2199-01-01T00:00:00Z"])
def test_a_last_day_beyond_the_limit_is_refused(credential: str, until: str) -> None:
    status, answer = told(post(credential, make(valid_until=until)))
    assert (status, answer["field"]) == (422, "valid_until")
    schema = describe()
    assert f"{VALID_YEARS_COUNT} years" in json.dumps(schema)


def test_a_notice_kept_until_the_last_second_of_the_calendar_breaks_no_page(
    browser: Browser, teacher: Person, credential: str
) -> None:
    post(credential, make())
    Post.objects.update(valid_until=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    browser.sign_in("clemoine")
    page = browser.get("/")
    assert page.status_code == 200
    assert "31 décembre 9999" in text_of(page)
