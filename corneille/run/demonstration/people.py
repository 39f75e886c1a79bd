"""Makes the demonstration's people, once: accounts, passwords, mail accounts, an app password each.

What must be printed at each start stands in `demonstration.json` of the data directory, for its owner's eyes
alone (0600). Only the demonstration has such a file.
"""

import json
import os
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from corneille.access.app_password import create_app_password, list_app_passwords, revoke_app_password
from corneille.access.password import PasswordRefused, set_password
from corneille.kernel.ids import AccountId
from corneille.kernel.outbox import settle_all
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import Ground, of
from corneille.mail.open_mail_account import create_mail_account, open_mail_account
from corneille.people.account_type import AccountState, AccountType, is_person
from corneille.people.add import NewPerson, add_assignment, add_domain, add_establishment, add_person, set_role_holder
from corneille.people.address import is_local_domain, list_domains
from corneille.people.establishment import is_establishment
from corneille.people.find import Person, find_account
from corneille.people.state import decide_state, find_state_decided
from corneille.run.demonstration.academie import Planned, list_establishments, list_planned
from corneille.run.demonstration.cases import make_cases
from corneille.run.demonstration.demo_person import DemoPerson
from corneille.run.demonstration.passphrase import draw_passphrase, make_passphrase

FILE = "demonstration.json"
SECOND_DOMAIN = "ac-exemple.test"
LABEL = "Démonstration"


def make_people(seed: int, *, random_passwords: bool, now: datetime) -> list[DemoPerson]:
    """Makes everybody, or gives back who is there already.

    random_passwords  the académie is not on loopback: passwords that the seed would tell are replaced
    """
    file = Path(of(Ground).data) / FILE
    kept = _read(file, seed)
    if kept is not None and (kept["random"] or not random_passwords):
        return [DemoPerson(**{**each, "addresses": tuple(each["addresses"])}) for each in kept["people"]]
    with transaction.atomic():
        _make_places(now)
        people = [make_person(planned, seed, random_passwords, now) for planned in list_planned(seed)]
        supporter = next(each for each in people if each.type == AccountType.SUPPORT)
        set_role_holder(supporter.account)
        settle_all(now)
        people = make_cases(people, now)
    for person in people:
        _open_mail(person.account)
    _write(file, {"seed": seed, "random": random_passwords, "people": [asdict(person) for person in people]})
    return people


DECIDED = {
    AccountState.SUSPENDED: "enquête en cours", AccountState.ENDED: "départ en retraite", AccountState.MOVED: "mutation",
}  # fmt: skip
"""Why somebody decided the state of an account."""


def _make_places(now: datetime) -> None:
    domain = of(Ground).domain
    if not is_local_domain(domain):
        add_domain(domain, principal=not list_domains(), now=now)
    if not is_local_domain(SECOND_DOMAIN):
        add_domain(SECOND_DOMAIN, now=now)
    for place in list_establishments():
        if not is_establishment(place.uai):
            add_establishment(place)


def make_person(planned: Planned, seed: int, random_passwords: bool, now: datetime) -> DemoPerson:
    """One of them, whom an earlier start that did not end may have made already."""
    person = _find(planned) or _add(planned, now)
    password = app_password = ""
    if is_person(planned.type) and planned.state is not AccountState.TO_ACTIVATE:
        password = _set_password(person, seed, random_passwords, now)
    if planned.state in DECIDED and find_state_decided(person.id, planned.state) is None:
        decide_state(person.id, planned.state, now, by="Nadia Benali", reason=DECIDED[planned.state], actor="cli")
    if is_person(planned.type) and planned.state is AccountState.ACTIVE:
        for old in list_app_passwords(person.id):
            revoke_app_password(person.id, old.id, now)
        _, app_password = create_app_password(person.id, LABEL, frozenset({"imap", "smtp", "dav"}), now)
    return DemoPerson(
        account=person.id,
        name=person.display_name,
        given_name=person.given_name,
        family_name=person.family_name,
        type=person.type.value,
        state=person.state.value,
        identifier=person.identifier,
        addresses=person.addresses,
        numen=planned.numen,
        password=password,
        app_password=app_password,
        establishment=person.establishments[0] if person.establishments else "",
        birth_on=str(planned.birth_on or ""),
    )


def _find(planned: Planned) -> Person | None:
    if planned.numen:
        return find_account(planned.numen)
    local = planned.local_part or f"{planned.given_name}.{planned.family_name}"
    return find_account(f"{local}@{of(Ground).domain}")


def _add(planned: Planned, now: datetime) -> Person:
    new = NewPerson(
        type=planned.type,
        given_name=planned.given_name,
        family_name=planned.family_name,
        now=now,
        birth_on=planned.birth_on,
        numen=planned.numen or None,
        state=planned.state,
        local_part=planned.local_part,
    )
    person = add_person(new)
    add_assignment(person.id, planned.uai, planned.function, date(now.year - 1, 9, 1), subject=planned.subject)
    added = find_account(person.identifier)
    assert added is not None
    return added


def _set_password(person: Person, seed: int, random_passwords: bool, now: datetime) -> str:
    """Sets the first passphrase that the rules accept: a family name may be one of the words."""
    number = 0
    while True:
        salted = f"{person.identifier}/{number}"
        password = draw_passphrase() if random_passwords else make_passphrase(seed, salted)
        try:
            set_password(person.id, password, now)
        except PasswordRefused as refused:
            if refused.reasons == ("former",):  # an earlier start, which did not end, has set it
                return password
            number += 1
        else:
            return password


def _open_mail(account: AccountId) -> None:
    try:
        open_mail_account(account)
    except Gone:
        create_mail_account(account)


def _read(file: Path, seed: int) -> dict[str, Any] | None:
    if not file.exists():
        return None
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return kept if kept["seed"] == seed else None


def _write(file: Path, kept: dict[str, object]) -> None:
    fresh = file.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(kept, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
