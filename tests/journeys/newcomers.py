"""More people for a demonstration that runs: what happens to each is used up by one journey.

`python -m tests.journeys.newcomers DATA DOMAIN cases|causes` adds them beside the server, as an administrator's command
would, and tells of them in one line of JSON. It is a process of its own: a journey's thread is Playwright's, where Django
goes to no database.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corneille.desk.cause import Cause, find_row
from corneille.kernel import clock
from corneille.run.ground import open_ground
from tests.journeys.demonstration import Demonstration

if TYPE_CHECKING:  # nouns need an open ground
    from corneille.people.account_type import AccountState
    from corneille.people.find import Person

ROOT = Path(__file__).resolve().parents[2]
TO_NOBODY_YET = ("rafale", "pas-moi", "pas-moi-portail")
"""To these nothing has happened: a journey brings it about."""
BORN = date(1985, 3, 17)
NOT_MET = {
    Cause.NETWORK_SLOWED: "it would keep out every journey that runs beside this one",
    Cause.BUSY: "wants more sign-ins at once than a journey makes",
    Cause.TICKET_EXPIRED: "wants ten minutes",
    Cause.PASSKEY_WRONG: "a browser’s own authenticator makes none",
    Cause.PASSKEY_UNKNOWN: "a virtual authenticator answers the refusal’s own page again, without end",
    Cause.TOKEN_WRONG: "is a program’s that asks once more by itself",
    Cause.WRONG_SETTINGS: "ends as a connection that never comes",
    Cause.INCIDENT: "stands in `test_state`",
}
"""Their pages are looked at in `test_trouble`, and are the same for their owner as for anybody."""


def add_newcomers(demonstration: Demonstration, which: str) -> list[dict[str, Any]]:
    """What the process tells of those whom it added."""
    place = str(demonstration.data), demonstration.told["domain"]
    command = [sys.executable, "-m", "tests.journeys.newcomers", *place, which]
    told: list[dict[str, Any]] = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    return told


def draw_numen() -> str:
    return f"05E09{secrets.randbelow(100_000):05}{''.join(secrets.choice('ABCDEFGH') for _ in range(3))}"


def add_cases(_data: Path) -> Iterator[dict[str, Any]]:
    """One more person for each case of the demonstration."""
    from corneille.access.password_life import alert_owners
    from corneille.mail.open_mail_account import create_mail_account
    from corneille.people.account_type import AccountState, AccountType
    from corneille.run.demonstration.academie import RECTORAT_UAI, Planned
    from corneille.run.demonstration.cases import MAKERS, give_case
    from corneille.run.demonstration.people import make_person

    for case in (*filter(None, MAKERS), *TO_NOBODY_YET):
        state = AccountState.TO_ACTIVATE if case == "a-activer" else AccountState.ACTIVE
        planned = Planned(
            "Camille", "Arrivée", AccountType.TEACHER, state, BORN, draw_numen(), RECTORAT_UAI, "Enseignement", None
        )
        person = make_person(planned, secrets.randbelow(1 << 30), random_passwords=False, now=clock.now())
        create_mail_account(person.account)
        yield {**give_case(person, case if case in MAKERS else "", clock.now()).as_json(), "case": case}
    alert_owners(clock.now())  # as upkeep does once in a while


def add_causes(data: Path) -> Iterator[dict[str, Any]]:
    """One person for each cause that a maker of `tests/doors/causes` brings about.

    identifier, secret, numen, code, seed  what is to be typed
    known                                  the cookies of a browser in which they signed in before
    """
    import pytest

    from corneille.access.charter import accept_charter
    from corneille.access.containment import contain
    from corneille.access.facts import Containment
    from corneille.access.password import set_password
    from corneille.people.account_type import AccountState, AccountType
    from corneille.people.add import NewPerson, add_person
    from corneille.run.demo import DOMAIN, SEED
    from corneille.run.demonstration.academie import list_planned
    from corneille.run.demonstration.cases import CHARTER
    from tests.doors.causes.at_the_guard import AT_THE_GUARD
    from tests.doors.causes.cases import old_letter, used_letter
    from tests.doors.causes.scene import make_scene
    from tests.doors.web.conftest import PASSWORD
    from tests.doors.web.sso.conftest import enrol_totp

    now, numen = clock.now(), ""

    def add(state: "AccountState" = AccountState.ACTIVE) -> "Person":
        nonlocal numen
        numen = draw_numen()
        new = NewPerson(AccountType.TEACHER, "Dominique", "Empêchée", now, numen=numen, birth_on=BORN, state=state)
        return add_person(new)

    for cause in set(Cause) - set(NOT_MET):
        if cause in {Cause.ACTIVATED, Cause.CODE_SPENT}:
            write = used_letter if cause is Cause.ACTIVATED else old_letter
            yield {"cause": cause, "code": write(add(AccountState.TO_ACTIVATE)), "numen": numen}
            continue
        person = add()
        set_password(person.id, PASSWORD, now)
        accept_charter(person.id, CHARTER, now)
        with pytest.MonkeyPatch.context() as patched, ExitStack() as held:
            scene = make_scene(person, data, patched, held)
            scene.identifier = person.identifier
            seed = enrol_totp(person) if cause.startswith("factor-") else ""
            make = AT_THE_GUARD.get(cause)
            if cause is Cause.NOT_A_LOGIN:  # the académie has such mailboxes already
                scene.identifier = next(each.local_part for each in list_planned(SEED) if each.local_part) + f"@{DOMAIN}"
            elif make is not None and cause is not Cause.SLOWED:  # its tries are made where they are met
                make(scene, "web" if "web" in find_row(cause).doors else "imap")
            elif cause is Cause.SENDING_HELD:
                contain(person.id, Containment.HOLD_SENDING, "burst", {"count": 900, "minutes": 1}, now, by="guard")
            known = {name: morsel.value for name, morsel in scene.owner.client.cookies.items()}
            yield {"cause": cause, "identifier": scene.identifier, "secret": scene.secret, "seed": seed, "known": known}


def main(data: Path, domain: str, which: str) -> None:
    with closing(open_ground(data, slot=2000 + os.getpid() % 1000, ground={"demonstration": True, "domain": domain})):
        json.dump(list({"cases": add_cases, "causes": add_causes}[which](data)), sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
