"""Makes a data directory with people, mail accounts and app passwords; prints who signs in with what, as JSON."""

import json
import sys
from pathlib import Path

from corneille.kernel import clock
from corneille.run.ground import migrate, open_ground

DOMAIN = "ac-demonstration.test"
QUOTA_BYTES = 1 << 40
MAIN_PASSWORD = "glycine tambour ardoise 47"
WEB_PEOPLE = 20
"""The first of them have this main password too, and use the web pages."""


def prepare(data: Path, user_count: int) -> list[dict[str, str]]:
    """People `user0` … with an address, a mail account and an app password each; the first have a main password too."""
    ground = open_ground(data, ground={"domain": DOMAIN})
    migrate()
    from django.db import transaction

    from corneille.access.app_password import create_app_password  # Django is set up only now
    from corneille.access.password import set_password
    from corneille.mail.open_mail_account import create_mail_account
    from corneille.people.account_type import AccountState, AccountType
    from corneille.people.add import NewPerson, add_domain, add_person

    now = clock.now()
    add_domain(DOMAIN, principal=True, now=now)

    def add(number: int) -> dict[str, str]:
        name = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")
        person = add_person(
            NewPerson(
                type=AccountType.TEACHER, given_name="Bench", family_name=name, now=now, state=AccountState.ACTIVE
            )
        )
        create_mail_account(person.id, quota_bytes=QUOTA_BYTES)
        _, secret = create_app_password(person.id, "bench", frozenset({"imap", "smtp"}), now)
        made = {"login": person.identifier, "password": secret, "address": person.principal_address}
        if number < WEB_PEOPLE:
            set_password(person.id, MAIN_PASSWORD, now)
            made["main_password"] = MAIN_PASSWORD
        return made

    with transaction.atomic():  # thousands of commits would take longer than what is measured
        people = [add(number) for number in range(user_count)]
    ground.close()
    return people


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepare(Path(sys.argv[1]), int(sys.argv[2]))))
