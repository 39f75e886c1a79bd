"""Makes a production data directory: keys, databases, the principal domain, certificate, and who reads postmaster@."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from corneille.doors.frame.tls_settings import Tls
from corneille.kernel import keys
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import Ground, of
from corneille.run.certificate import find_certificate
from corneille.run.ground import migrate, open_ground

FILE = "corneille.toml"


class DataRefused(Refusal):
    """The directory cannot become a data directory; data: path, and why: taken, not-empty."""

    code = "data-refused"


@dataclass(frozen=True, slots=True)
class New:
    """What a new installation is told; the administrator is its first person, who reads postmaster@, abuse@ …"""

    domain: str
    academie: str
    host_name: str
    given_name: str
    family_name: str
    password: str = field(repr=False)


def check_new(data: Path) -> None:
    """Raises DataRefused unless nothing stands there, or no more than a corneille.toml."""
    if (data / "corneille.sqlite3").exists():
        raise DataRefused(path=str(data), why="taken")
    if data.exists() and any(each.name != FILE for each in data.iterdir()):
        raise DataRefused(path=str(data), why="not-empty")


def init(data: Path, new: New, now: datetime) -> str:
    """Makes the directory and returns the administrator's identifier.

    raises  DataRefused, DomainRefused, PasswordRefused, SettingsRefused; what was begun is left for a look
    """
    check_new(data)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = data / FILE
    if not file.exists():
        lines = (f"domain = {_toml(new.domain)}", f"academie = {_toml(new.academie)}", f"host_name = {_toml(new.host_name)}")
        file.write_text("\n".join(("[ground]", *lines, "")), encoding="utf-8")
    opened = open_ground(data)
    try:
        migrate()
        keys.current().newest("django")  # written down now, not at the first page
        find_certificate(of(Tls), data, of(Ground).host_name, now, domain=of(Ground).domain)
        return _add_administrator(new, now)
    finally:
        opened.close()


def _add_administrator(new: New, now: datetime) -> str:
    # Django knows its applications only now that the ground is open.
    from corneille.access.password import set_password
    from corneille.mail.open_mail_account import create_mail_account
    from corneille.people.account_type import AccountState, AccountType
    from corneille.people.add import NewPerson, add_domain, add_person, set_role_holder

    add_domain(of(Ground).domain, principal=True, now=now)
    person = add_person(
        NewPerson(
            type=AccountType.SUPPORT,
            given_name=new.given_name,
            family_name=new.family_name,
            now=now,
            state=AccountState.ACTIVE,
        )
    )
    set_password(person.id, new.password, now)
    create_mail_account(person.id)
    set_role_holder(person.id)
    return person.identifier


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
