"""A service that can only send mail posts by mail; who has no credential is thrown away and not answered."""

import email
import email.policy
import json
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.db import OperationalError

from corneille.kernel import blobs, settings
from corneille.mail.mailbox import find_special_mailbox
from corneille.mail.robot import open_robot
from corneille.mail.values import SpecialUse
from corneille.notices import mailed
from corneille.notices.card import list_cards
from corneille.notices.mailed import find_gateway_address, read_mailed
from corneille.notices.post import Posted, post_notice
from corneille.notices.posting import Posting
from corneille.notices.service import ServiceShown, add_service, close_service
from corneille.people.find import Person
from corneille.run.ground import Ground
from corneille.transport.accept import accept
from corneille.transport.models import QueuedRecipient
from corneille.transport.values import Envelope
from tests.transport.school import DOMAIN, NOW, School, found_school

SENDER = "robot@mina.example"


@pytest.fixture
def school(ground: Ground) -> School:
    made = found_school()
    assert read_mailed(NOW) == 0  # makes the mailbox
    return made


@pytest.fixture
def credential(school: School) -> str:
    return add_service("mina", "MINA", "https://mina.example/", NOW, by="Nadia")


def make(credential: str, meant: Person, **changed: object) -> dict[str, object]:
    return {
        "credential": credential, "key": "vs-1", "person": meant.identifier, "severity": "action", "url": "",
        "title": {"fr": "Services à vérifier", "en": "Load to check"},
        "text": {"fr": "Signez avant vendredi.", "en": "Sign before Friday."}, **changed,
    }  # fmt: skip


def send(told: object, *, attached: bool = False) -> None:
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = SENDER, find_gateway_address(), "avis"
    body = told if isinstance(told, str) else json.dumps(told)
    message.set_content("Voir le fichier joint." if attached else body)
    if attached:
        message.add_attachment(body.encode(), maintype="application", subtype="json", filename="avis.json")
    accept(Envelope(SENDER, (find_gateway_address(),)), message.as_bytes(), NOW).result()


def answers() -> list[str]:
    rows = QueuedRecipient.objects.filter(address=SENDER).order_by("pk")
    raw = [blobs.current().read(row.message.content) for row in rows]  # type: ignore[arg-type]
    return [str(email.message_from_bytes(each, policy=email.policy.default)["Subject"]) for each in raw]


@pytest.mark.parametrize("attached", [False, True])
def test_what_a_service_mails_is_on_the_persons_page_and_answered(school: School, credential: str, attached: bool) -> None:
    assert find_gateway_address() == f"avis@{DOMAIN}"
    send(make(credential, school.marie.person), attached=attached)
    assert read_mailed(NOW) == 1
    assert [each.title for each in list_cards(school.marie.account, NOW, "fr")] == ["Services à vérifier"]
    assert answers() == ["created: vs-1: 1"]
    assert read_mailed(NOW) == 0


def test_the_same_key_changes_the_same_notice(school: School, credential: str) -> None:
    send(make(credential, school.marie.person))
    send(make(credential, school.marie.person, title={"fr": "Signez", "en": "Sign"}))
    read_mailed(NOW)
    assert [each.title for each in list_cards(school.marie.account, NOW, "fr")] == ["Signez"]
    assert answers() == ["created: vs-1: 1", "changed: vs-1: 1"]


@pytest.mark.parametrize(
    "told",
    ["", "bonjour", "[1]", '{"credential": 7}', {"credential": "cs-000000000000-" + "x" * 32}, "[" * 100_000],
    ids=["empty", "prose", "list", "number", "unknown", "nested"],
)
def test_without_a_good_credential_nothing_is_posted_and_nobody_written_to(
    school: School, credential: str, told: object
) -> None:
    send(told)
    assert read_mailed(NOW) == 1
    assert list_cards(school.marie.account, NOW, "fr") == []
    assert answers() == []


def test_a_closed_service_posts_no_more(school: School, credential: str) -> None:
    close_service("mina", NOW, by="Nadia")
    send(make(credential, school.marie.person))
    read_mailed(NOW)
    assert list_cards(school.marie.account, NOW, "fr") == []
    assert answers() == []


def test_a_post_that_is_wrong_is_answered_with_what_would_be_right(school: School, credential: str) -> None:
    send(make(credential, school.marie.person, severity="rouge"))
    send(make(credential, school.marie.person, person="personne"))
    read_mailed(NOW)
    severity, person = answers()
    assert severity.startswith("refused: severity:")
    assert person.startswith("refused: person: unknown-person:")


def test_what_is_too_much_in_a_minute_waits_for_the_next(school: School, credential: str, ground: Ground) -> None:
    settings.load(None, {}, ground={"data": str(ground.data), "domain": DOMAIN}, gateway={"posts_per_minute_count": 1})
    send(make(credential, school.marie.person))
    send(make(credential, school.marie.person, key="vs-2"))
    assert read_mailed(NOW) == 1
    assert read_mailed(NOW + timedelta(minutes=2)) == 1
    assert len(list_cards(school.marie.account, NOW, "fr")) == 2


def test_a_message_that_ends_in_a_fault_stops_nobody_behind_it(
    school: School, credential: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def post(service: ServiceShown, posting: Posting, now: datetime) -> Posted:
        if posting.key == "bad":
            raise OverflowError("date value out of range")
        return post_notice(service, posting, now)

    monkeypatch.setattr(mailed, "post_notice", post)
    send(make(credential, school.marie.person, key="bad"))
    send(make(credential, school.marie.person, key="good"))
    assert read_mailed(NOW) == 2
    failed, created = answers()
    assert (failed.partition(":")[0], created) == ("failed", "created: good: 1")
    mail = open_robot("avis", "", NOW)
    assert mail is not None
    junk = find_special_mailbox(mail, SpecialUse.JUNK)
    assert junk is not None
    assert junk.message_count == 1, "it is set aside, not lost"


def test_a_fault_of_the_database_leaves_the_message_for_the_next_turn(
    school: School, credential: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def post(service: ServiceShown, posting: Posting, now: datetime) -> Posted:
        raise OperationalError("database is locked")

    send(make(credential, school.marie.person))
    with monkeypatch.context() as locked:
        locked.setattr(mailed, "post_notice", post)
        assert read_mailed(NOW) == 0
    assert answers() == []
    assert read_mailed(NOW) == 1
    assert answers() == ["created: vs-1: 1"]


@pytest.mark.parametrize("until", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "9999-12-31T23:59:59Z"])
def test_a_day_that_no_calendar_has_is_refused(school: School, credential: str, until: str) -> None:
    send(make(credential, school.marie.person, valid_until=until))
    assert read_mailed(NOW) == 1
    (answer,) = answers()
    assert answer.startswith("refused: valid_until: ")
