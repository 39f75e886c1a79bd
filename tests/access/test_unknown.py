"""An unknown identifier and a known one cannot be told apart: not by the decision, and not by the time it takes, whether
a password is guessed or a mail program shows an access token that is not that person's.

What is asked of the database and of the hasher is compared whole: that costs no clock. Time is compared within pairs, one
try of each right after the other, so that what else the machine does weighs on both; the hash is made cheap, so that
nothing hides behind it. Where the two cost the same, either comes first half the time. The known account is one of which
much is known: what an attacker could hope to see in the time.
"""

import gc
import re
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oauth2_provider.models import AccessToken

from corneille.access.activate import make_activation_code, prove_activation
from corneille.access.attempt import Attempt, Outcome
from corneille.access.containment import GUARD, contain
from corneille.access.decide import Granted, Refused
from corneille.access.factor import make_sheet
from corneille.access.facts import MAIL_DOORS, Containment
from corneille.access.hash_budget import Rank
from corneille.access.hasher import Hasher
from corneille.access.models import SignInAttempt
from corneille.access.password import set_password
from corneille.access.permission import permit
from corneille.access.recognise import recogniser
from corneille.access.recovery_contact import import_contact
from corneille.access.right import Right
from corneille.access.rights import decide_right
from corneille.access.unlock import make_unlock_codes, prove_unlock
from corneille.people.account_type import AccountState
from corneille.people.find import Person
from corneille.sso.bearer import MAIL_SCOPES, sign_in_by_bearer
from corneille.sso.models import Client, SignOn
from corneille.sso.sign_on import hash_token
from tests.sso.program import register

from .conftest import ELSEWHERE, NOW, Try, add_teacher

FORMER = "violon-lucarne-hamac-53"
CHEAP_PASSWORD = "panier-orage-kayak-27"
DAY = timedelta(days=1)
TWINS = [
    ("zlefevre", "zlefevra"),
    ("zoe.lefevre@ac-demonstration.test", "zoe.lefevra@ac-demonstration.test"),
    ("17E0501234ABC", "17E0501234ABD"),
]
"""A known name and one that is nobody's."""
TRIES = 2_000
BOUND = 0.1
"""How far from one half the share may be. Chance alone: 0.011. One more query for one of them: 0.3."""


Prepare = Callable[..., None]


@pytest.fixture
def prepare(change_settings: Callable[..., None], zoe: Person, attempt: Try) -> Prepare:
    """Cheap hashes; on demand both names are under attack, or the networks of the tries are declared."""

    def set_up(*, is_attacked: bool = False, is_declared: bool = False) -> None:
        change_settings(
            argon2_memory_kib=8, argon2_passes_count=1, slow_after_count=10**6, spray_after_count=10**6,
            declared_spray_after_count=10**6, account_after_count=1 if is_attacked else 10**6,
            declared_networks=("10.0.0.0/8",) if is_declared else (),
        )  # fmt: skip
        for password in (FORMER, CHEAP_PASSWORD):
            set_password(zoe.id, password, NOW)  # nobody proved the one before: devices may still have it
        for right in Right:
            for scope in (f"account/{zoe.id}", "type/enseignant"):
                decide_right(scope, right, is_allowed=True, networks="", reason="x", by="x", from_on=NOW.date(),
                             until_on=None, now=NOW)  # fmt: skip
        SignInAttempt.objects.bulk_create(
            SignInAttempt(
                at=NOW, reference=f"AUTH-{number:04d}-AAAA", account_id=zoe.id, door="imap", decision="granted",
                network_address=f"198.18.{number}.1",
            )
            for number in range(200)
        )  # fmt: skip
        if is_attacked:
            for name in TWINS[0]:
                attempt("first", identifier=name, address=ELSEWHERE)

    return set_up


@pytest.fixture
def without_collection() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def token_of_paul(zoe: Person) -> str:
    """A good token, of somebody who is neither of those who are named."""
    register()
    paul, text = add_teacher("Paul", "Roux"), "jeton-de-paul"
    client = Client.objects.get(client_id="thunderbird")
    permission = permit(paul.id, "thunderbird", "Thunderbird", MAIL_SCOPES, NOW, expires_at=NOW + DAY)
    AccessToken.objects.create(user_id=paul.id, token=text, application=client, scope="mail", expires=NOW + DAY)
    SignOn.objects.create(
        client=client, account_id=paul.id, session_key="", at=NOW, proved_at=NOW, methods=[], code="", sid="", is_open=True,
        token=hash_token(text), permission_id=permission,
    )  # fmt: skip
    assert isinstance(show_token(text, paul.identifier, 0).decision, Granted)
    return text


def show_token(token: str, identifier: str, number: int) -> Outcome:
    return sign_in_by_bearer(Attempt("imap", identifier, token, locate(number), None, "Thunderbird", NOW))


def locate(number: int) -> str:
    """Each pair from a network of its own, so that what was counted before weighs on neither."""
    return f"10.{number // 250}.{number % 250}.9"


def told(outcome: Outcome) -> tuple[object, ...]:
    assert isinstance(outcome.decision, Refused)
    refused = outcome.decision
    return refused.reason, refused.until, refused.way_out, outcome.account, outcome.scopes, outcome.device, outcome.ticket


def judge(known: str, unknown: str, ask: Callable[[str, int], Outcome]) -> None:
    """`ask` tries one name, as the pair of this number."""
    longer_count = 0
    for number in range(TRIES):
        names = (known, unknown) if number % 2 else (unknown, known)
        took_s = {}
        answers = {}
        for name in names:
            started = time.perf_counter()
            answers[name] = ask(name, number)
            took_s[name] = time.perf_counter() - started
        assert told(answers[known]) == told(answers[unknown])
        longer_count += took_s[known] > took_s[unknown]
    assert abs(longer_count / TRIES - 0.5) < BOUND


VALUE = re.compile(r"'[^']*'|\bNULL\b|\b\d+\b")


@pytest.mark.parametrize("door", ["web", "step-up", *MAIL_DOORS])
@pytest.mark.parametrize("is_attacked", [False, True])
@pytest.mark.parametrize("is_declared", [False, True])
@pytest.mark.parametrize("is_suspended", [False, True])
def test_the_same_is_asked_of_the_database_and_of_the_hasher_whoever_is_meant(
    prepare: Prepare, attempt: Try, zoe: Person, monkeypatch: pytest.MonkeyPatch,
    door: str, is_attacked: bool, is_declared: bool, is_suspended: bool,
) -> None:  # fmt: skip
    prepare(is_attacked=is_attacked, is_declared=is_declared)
    import_contact(zoe.id, "zoe@example.org", NOW, actor="cli")
    make_sheet(zoe.id, "printed", NOW)
    if is_suspended:
        contain(zoe.id, Containment.SUSPEND, "unusual", {}, NOW, by=GUARD)
    ranks: list[Rank] = []
    check = Hasher.is_right

    def look(self: Hasher, argon2: str | None, secret: bytes, rank: Rank) -> bool:
        ranks.append(rank)
        return check(self, argon2, secret, rank)

    monkeypatch.setattr(Hasher, "is_right", look)

    def follow(name: str) -> tuple[list[str], list[Rank]]:
        recogniser.drain()  # what was tried before
        ranks.clear()
        with CaptureQueriesContext(connection) as asked:
            attempt("guess", identifier=name, door=door, address=locate(1))
        recogniser.drain()
        return [VALUE.sub("?", each["sql"]) for each in asked.captured_queries], list(ranks)

    known, unknown = (follow(name) for name in TWINS[0])
    assert known == unknown
    assert known[1][0] is (Rank.DECLARED_NETWORK if is_declared else Rank.STRANGER)


@pytest.mark.slow
@pytest.mark.usefixtures("without_collection")
@pytest.mark.parametrize(("known", "unknown"), TWINS)
def test_neither_words_nor_time_tell_whether_an_identifier_is_somebodys(
    prepare: Prepare, attempt: Try, known: str, unknown: str
) -> None:
    prepare()
    judge(
        known, unknown,
        lambda name, number: attempt(f"guess {number}", identifier=name, address=locate(number)),
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("without_collection")
@pytest.mark.parametrize("door", ["web", "imap"])
@pytest.mark.parametrize(("is_attacked", "is_declared"), [(True, False), (False, True), (True, True)])
def test_time_tells_no_more_where_an_account_is_attacked_or_a_network_declared(
    prepare: Prepare, attempt: Try, door: str, is_attacked: bool, is_declared: bool
) -> None:
    prepare(is_attacked=is_attacked, is_declared=is_declared)
    judge(
        *TWINS[0],
        lambda name, number: attempt(f"guess {number}", identifier=name, door=door, address=locate(number)),
    )


@pytest.mark.slow
@pytest.mark.usefixtures("without_collection")
@pytest.mark.parametrize("door", ["reset", "activation"])
@pytest.mark.parametrize("is_born", [True, False])
def test_neither_words_nor_time_at_the_doors_of_letters_tell_whether_an_identifier_is_somebodys(
    prepare: Prepare, door: str, is_born: bool
) -> None:
    prepare()
    born, (known, unknown) = date(1985, 3, 17), ("lmorel", "lmorex")
    state = AccountState.TO_ACTIVATE if door == "activation" else AccountState.ACTIVE
    person = add_teacher("Lucie", "Morel", birth_on=born, state=state)
    if door == "activation":
        make_activation_code(person.id, NOW, actor="cli")
    else:
        make_unlock_codes(person.id, "password", "seen-known", NOW, by="Anne Martin", actor="cli")
    prove = prove_activation if door == "activation" else prove_unlock

    def ask(name: str, number: int) -> Outcome:
        code = f"{number:08d}".translate(str.maketrans("01", "AB"))
        return prove(Attempt(door, name, code, locate(number), None, "Firefox", NOW), born if is_born else None)

    judge(known, unknown, ask)


@pytest.mark.slow
@pytest.mark.usefixtures("without_collection")
@pytest.mark.parametrize(
    ("is_of_paul", "known", "unknown"), [(False, *TWINS[0]), *((True, *twins) for twins in TWINS)]
)
def test_neither_words_nor_time_of_a_token_tell_whether_who_is_named_is_somebody(
    token_of_paul: str, is_of_paul: bool, known: str, unknown: str
) -> None:
    judge(known, unknown, lambda name, number: show_token(token_of_paul if is_of_paul else f"guess {number}", name, number))
