"""`corneille people`: lists and adds people, sets their passwords. No secret is ever an argument: others see those."""

import argparse
import getpass
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.progress import ProgressBar
from corneille.doors.cli.who import add_by, add_who, find_who
from corneille.doors.cli.words import _
from corneille.kernel import clock

if TYPE_CHECKING:  # the nouns need an open ground: each command imports them when it runs
    from corneille.people.add import PersonRefused

TYPES = "enseignant administratif direction inspection aed support securite delegue fonctionnel externe".split()  # noqa: SIM905
STATES = ("active", "suspended", "ended", "moved")
SCOPES = ("imap", "smtp", "dav")
QUOTA_GIB = 1024
ACTOR = "cli"
"""How the journal names who has a shell on this machine."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its four words."""
    parser = subparsers.add_parser(
        "people",
        help=_("list and add people, set their passwords"),
        description=_(
            "Lists and adds people, and sets their passwords. Secrets are asked for, or read from standard input."
        ),
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    _add_list(words)
    _add_add(words)
    _add_set_password(words)
    _add_app_password(words)
    _add_set_quota(words)
    _add_apply_quotas(words)
    _add_set_state(words)


def _add_list(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser("list", help=_("everybody, one per line: identifier, type, state, address, name"))
    parser.set_defaults(handle=list_people)


def _add_add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "add",
        help=_("add somebody, with a mail account"),
        description=_("Adds somebody with an identifier, addresses and a mail account, and prints the identifier."),
    )
    parser.add_argument("type", choices=TYPES, metavar=_("TYPE"), help=", ".join(TYPES))
    parser.add_argument("given_name", metavar=_("GIVEN-NAME"))
    parser.add_argument("family_name", metavar=_("FAMILY-NAME"))
    parser.add_argument("--born", type=date.fromisoformat, metavar="YYYY-MM-DD", help=_("birth date"))
    parser.add_argument("--numen", action="store_true", help=_("ask for the NUMEN (kept only as a keyed hash)"))
    parser.add_argument("--local-part", metavar=_("NAME"), help=_("what stands before the @, for the mailbox of a position"))
    parser.add_argument("--uai", metavar="UAI", help=_("the establishment where the person works"))
    parser.add_argument("--function", default="", metavar=_("TEXT"), help=_("what the person does there"))
    parser.add_argument("--subject", default="", metavar=_("TEXT"), help=_("what the person teaches there"))
    parser.add_argument("--language", choices=("fr", "en"), default="fr")
    parser.set_defaults(handle=add)


def _add_set_password(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "set-password",
        help=_("set somebody's password"),
        description=_(
            "Sets a password, asked for twice or read from standard input; ends every web session of the account."
        ),
    )
    add_who(parser)
    parser.set_defaults(handle=set_password)


def _add_app_password(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser("app-password", help=_("make an app password for a mail program and print it once"))
    add_who(parser)
    parser.add_argument("label", metavar=_("LABEL"), help=_("the program and the device, in words"))
    parser.add_argument("--scope", action="append", choices=SCOPES, help=_("repeat it; default: imap and smtp"))
    parser.set_defaults(handle=app_password)


def _add_set_quota(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser("set-quota", help=_("change how much somebody's mail may hold"))
    add_who(parser)
    parser.add_argument("gibibytes", type=float, metavar="GIB", help=_("in GiB (1,073,741,824 bytes)"))
    parser.set_defaults(handle=set_quota)


def _add_apply_quotas(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "apply-quotas",
        help=_("bring mail accounts that are there to the quota of their type"),
        description=_(
            "After a change of [mail] quota_bytes or quotas_gib: mail accounts that follow the settings get what they say "
            "now; those with a quota of their own (set-quota) keep it. Prints type, how many, bytes before and after."
        ),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would change"))
    parser.set_defaults(handle=apply_quotas)


def _add_set_state(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "set-state",
        help=_("suspend an account, end it, say that it has moved, or make it active again"),
        description=_(
            "Changes the state of an account; open connections end at once. The person is told on every channel who decided "
            "and why; the journal keeps it."
        ),
    )
    add_who(parser)
    parser.add_argument("state", choices=STATES, metavar=_("STATE"), help=", ".join(STATES))
    add_by(parser)
    parser.add_argument("--reason", required=True, metavar=_("TEXT"), help=_("why, as the person reads it"))
    parser.set_defaults(handle=set_state)


def list_people(arguments: argparse.Namespace) -> int:
    """Prints everybody, a page at a time, fields separated by tabs."""
    from corneille.people import find

    page = find.list_people()
    while page:
        for person in page:
            print(person.identifier, person.type, person.state, person.principal_address, person.display_name, sep="\t")
        page = find.list_people(after=page[-1].id)
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """Adds one person; the account is active and waits for its password."""
    from corneille.mail.open_mail_account import create_mail_account
    from corneille.people.account_type import AccountType
    from corneille.people.add import NewPerson, PersonRefused, add_assignment, add_person
    from corneille.people.establishment import is_establishment

    if arguments.uai and not is_establishment(arguments.uai):
        raise CommandRefused(_("No establishment has the UAI code {uai}.").format(uai=arguments.uai))
    now = clock.now()
    new = NewPerson(
        type=AccountType(arguments.type),
        given_name=arguments.given_name,
        family_name=arguments.family_name,
        now=now,
        birth_on=arguments.born,
        numen=_read_secret(_("NUMEN: ")) if arguments.numen else None,
        language=arguments.language,
        local_part=arguments.local_part,
    )
    try:
        person = add_person(new)
    except PersonRefused as refused:
        raise CommandRefused(_explain_person(refused)) from refused
    if arguments.uai:
        add_assignment(person.id, arguments.uai, arguments.function, now.date(), subject=arguments.subject)
    create_mail_account(person.id)
    print(person.identifier, person.principal_address, sep="\t")
    return DONE


def set_password(arguments: argparse.Namespace) -> int:
    """Sets the password of one person."""
    from corneille.access import password

    person = find_who(arguments.who)
    new = _read_secret(_("New password: "))
    if sys.stdin.isatty() and _read_secret(_("Once more: ")) != new:
        raise CommandRefused(_("The two are not the same; nothing was changed."))
    try:
        password.set_password(person.id, new, clock.now(), actor=ACTOR)
    except password.PasswordRefused as refused:
        raise CommandRefused(" ".join(_explain_password(reason) for reason in refused.reasons)) from refused
    print(_("The password of {who} is set; every web session is ended.").format(who=person.identifier))
    return DONE


def app_password(arguments: argparse.Namespace) -> int:
    """Makes an app password and prints it, alone on its line."""
    from corneille.access.app_password import AppPasswordRefused, create_app_password

    person = find_who(arguments.who)
    scopes = frozenset(arguments.scope or ("imap", "smtp"))
    try:
        _id, secret = create_app_password(person.id, arguments.label, scopes, clock.now(), actor=ACTOR)
    except AppPasswordRefused as refused:
        raise CommandRefused(_("The label wants 1 to 80 printable characters.")) from refused
    print(secret)
    return DONE


def set_quota(arguments: argparse.Namespace) -> int:
    """Changes the quota of one person's mail account."""
    from corneille.mail import set_quota as mail

    if not 0 < arguments.gibibytes <= QUOTA_GIB:
        raise CommandRefused(_("A quota is more than 0 and at most 1024 GiB."))
    person = find_who(arguments.who)
    mail.set_quota(person.id, int(arguments.gibibytes * 1024**3), clock.now(), actor=ACTOR)
    return DONE


def apply_quotas(arguments: argparse.Namespace) -> int:
    """Prints type, how many, from and to (bytes), separated by tabs; then changes them, with a bar."""
    from corneille.mail.follow_quotas import follow_quotas, list_behind

    behind = list_behind()
    counted = Counter((each.account_type, each.from_bytes, each.to_bytes) for each in behind)
    for (kind, from_bytes, to_bytes), count in sorted(counted.items()):
        print(kind, count, from_bytes, to_bytes, sep="\t")
    if not behind:
        print(_("Every mail account that follows the settings has the quota that they say."), file=sys.stderr)
    if not arguments.dry_run:
        bar = ProgressBar()
        for done in follow_quotas(behind, clock.now(), actor=ACTOR):
            bar.show(done, len(behind), _("mail accounts"))
        bar.clear()
    return DONE


def set_state(arguments: argparse.Namespace) -> int:
    """Changes the state of one account."""
    from corneille.access.open_account import open_account
    from corneille.people.account_type import AccountState
    from corneille.people.state import decide_state

    person, now = find_who(arguments.who), clock.now()
    state = AccountState(arguments.state)
    if state is AccountState.ACTIVE:
        for each in open_account(person.id, now, by=arguments.by, reason=arguments.reason, actor=ACTOR):
            told = _("Still in force: {step}, decided by {by} ({reason}). “corneille access let-go” ends it.")
            print(told.format(step=each.step.value, by=each.by, reason=each.reason), file=sys.stderr)
    else:
        decide_state(person.id, state, now, by=arguments.by, reason=arguments.reason, actor=ACTOR)
    print(person.identifier, state.value, sep="\t")
    return DONE


def _read_secret(prompt: str) -> str:
    """One line: without echo from a terminal, plainly from a pipe."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline().rstrip("\r\n")


def _explain_person(refused: "PersonRefused") -> str:
    told = {
        "too-long": _("{field}: longer than 100 characters."),
        "characters": _("{field}: holds a character that no name has."),
        "empty": _("{field}: wants at least one letter."),
        "no-latin-letter": _("{field}: no identifier can be made without a Latin letter; give --local-part."),
        "shape": _("{field}: not of the right shape."),
        "taken": _("{field}: somebody has, or had, this one."),
    }
    reason, field = str(refused.data["reason"]), str(refused.data["field"]).replace("_", "-")
    return told.get(reason, "{field}: " + reason).format(field=field)


def _explain_password(reason: str) -> str:
    told = {
        "too-short": _("Too short: 12 characters at least."),
        "too-long": _("Too long: 1,000 characters at most."),
        "control": _("It holds a character that cannot be typed everywhere."),
        "leaked": _("It was found among passwords stolen elsewhere."),
        "former": _("It is the present one or one of the last five."),
        "personal": _("It contains the person's name, birth date, NUMEN or establishment."),
        "guessable": _("Too easy to guess: add a word or two."),
    }
    return told.get(reason, reason)
