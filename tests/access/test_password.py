from collections.abc import Callable
from datetime import date

import pytest

from corneille.access import hasher
from corneille.access.decide import Granted, Refused
from corneille.access.models import Password
from corneille.access.password import PasswordRefused, list_faults, set_password
from corneille.people.find import Guessable, Person

from .conftest import NOW, PASSWORD, Try

NOBODY = Guessable((), None, ())
ZOE = Guessable(("Zoé", "Lefèvre", "zlefevre"), date(1984, 7, 3), ("0760095R",))


@pytest.mark.parametrize(
    ("new", "faults"),
    [
        (PASSWORD, []),
        ("une phrase que moi seule dirais, et longue", []),
        ("correct cheval pile agrafe " * 10, []),
        ("x" * 1001, ["too-long"]),
        ("Xk7!pQz", ["too-short"]),
        ("aaaaaaaaaaaa", ["guessable"]),
        ("123456789012", ["guessable"]),
        ("passwordpassword", ["guessable"]),
        ("tambour-cerise\0velours", ["control"]),
        ("tambour-cerise\nvelours", ["control"]),
        ("LEFEVRE-tambour-velours", ["personal"]),
        ("tambour-l-é-f-è-v-r-e-77", ["personal"]),
        ("tambour-03/07/1984-cerise", ["personal"]),
        ("tambour-1984 07 03-cerise", ["personal"]),
        ("tambour-0760095r-cerise", ["personal"]),
        ("17e0501234abc", ["personal"]),
        ("tambour 17E 0501234 ABC", ["personal"]),
    ],
)
def test_what_a_password_must_be(new: str, faults: list[str]) -> None:
    assert list_faults(new, ZOE) == faults


def test_a_refused_password_leaves_the_old_one(attempt: Try, zoe: Person) -> None:
    with pytest.raises(PasswordRefused) as refused:
        set_password(zoe.id, "lefevre", NOW)
    assert refused.value.reasons == ("too-short", "personal")
    assert isinstance(attempt(PASSWORD).decision, Granted)


def test_the_old_password_is_worthless_once_changed_even_in_the_cache(attempt: Try, zoe: Person) -> None:
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    set_password(zoe.id, "panier-orage-kayak-27", NOW)
    assert isinstance(attempt(PASSWORD, door="imap").decision, Refused)
    assert isinstance(attempt("panier-orage-kayak-27", door="imap").decision, Granted)


def test_a_mail_program_that_polls_costs_one_hash_a_minute(attempt: Try, zoe: Person) -> None:
    before = hasher.current().checked_count
    for _ in range(5):
        assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    assert hasher.current().checked_count == before + 1


def test_the_web_never_asks_the_cache(attempt: Try) -> None:
    attempt(PASSWORD, door="imap")
    before = hasher.current().checked_count
    attempt(PASSWORD)
    assert hasher.current().checked_count == before + 1


def test_an_academie_may_keep_the_main_password_from_mail_programs(
    attempt: Try, change_settings: Callable[..., None]
) -> None:
    change_settings(main_password_for_mail=False)
    assert isinstance(attempt(PASSWORD, door="imap").decision, Refused)
    assert isinstance(attempt(PASSWORD).decision, Granted)


def test_a_password_is_kept_as_argon2id_of_the_agreed_cost(zoe: Person) -> None:
    kept = Password.objects.get(pk=zoe.id).argon2
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_change_of_the_cost_reaches_each_password_at_its_next_use(
    attempt: Try, zoe: Person, change_settings: Callable[..., None]
) -> None:
    change_settings(argon2_passes_count=3)
    assert isinstance(attempt(PASSWORD).decision, Granted)
    assert "t=3" in Password.objects.get(pk=zoe.id).argon2
    assert isinstance(attempt(PASSWORD).decision, Granted)


def test_a_password_without_a_person_is_judged_too() -> None:
    assert list_faults(PASSWORD, NOBODY) == []
