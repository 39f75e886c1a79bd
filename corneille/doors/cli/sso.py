"""`corneille sso`: the services that sign people in here (OpenID Connect), for whom they are, and the keys that sign."""

import argparse
from typing import TYPE_CHECKING

from corneille.doors.cli import sso_thunderbird
from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.who import add_by
from corneille.doors.cli.words import _
from corneille.kernel import clock
from corneille.sso.sso_settings import SCOPES

if TYPE_CHECKING:
    from corneille.sso.client import NewClient


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its words."""
    parser = subparsers.add_parser(
        "sso",
        help=_("register the services that sign people in here (OpenID Connect)"),
        description=_("A service's program reads /.well-known/openid-configuration; its client_id is the short name."),
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    adding = words.add_parser("add", help=_("register one and print its secret, once"))
    _describe(adding)
    ask_database(adding, add)
    changing = words.add_parser("change", help=_("say all of it anew but the secret"))
    _describe(changing)
    ask_database(changing, change)
    closing = words.add_parser("close", help=_("nobody goes on to it from here any more"))
    closing.add_argument("slug", metavar=_("NAME"), help=_("its short name"))
    add_by(closing)
    ask_database(closing, close)
    listing = words.add_parser("list", help=_("all of them, one per line"))
    ask_database(listing, list_all)
    sso_thunderbird.add_parser(words)
    rotating = words.add_parser("rotate-key", help=_("sign with a new key from now on"))
    add_by(rotating)
    ask_database(rotating, rotate_key)


def _describe(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("slug", metavar=_("NAME"), help=_("a short name: small letters, digits and dashes"))
    parser.add_argument("title", metavar=_("TITLE"), help=_("the name that people read"))
    parser.add_argument("url", metavar="URL", help=_("where people begin (https://)"))
    parser.add_argument("--redirect", action="append", required=True, metavar="URL", help=_("where codes may be sent"))
    left = _("where people may go after signing out")
    parser.add_argument("--left", action="append", default=[], metavar="URL", help=left)
    told = _("where the service is told that somebody's session has ended (https://)")
    parser.add_argument("--logout", default="", metavar="URL", help=told)
    parser.add_argument("--fr", default="", metavar=_("TEXT"), help=_("what it is for, in one French sentence"))
    parser.add_argument("--en", default="", metavar=_("TEXT"), help=_("the same in English"))
    parser.add_argument(
        "--scope", action="append", choices=SCOPES, default=None, help=_("what it may be told (openid, profile, email)")
    )
    parser.add_argument("--type", action="append", default=[], metavar="TYPE", help=_("only for this account type"))
    parser.add_argument("--uai", action="append", default=[], metavar="UAI", help=_("only for this establishment"))
    parser.add_argument("--function", action="append", default=[], metavar=_("NAME"), help=_("only for this function"))
    parser.add_argument("--second-factor", action="store_true", help=_("it wants two factors"))
    parser.add_argument("--max-age", type=int, metavar=_("SECONDS"), help=_("how old a proof of identity may be"))
    telling = _("a mail program on people’s own machines: it has no secret, and asks its owner (RFC 8252)")
    parser.add_argument("--program", action="store_true", help=telling)
    add_by(parser)


def _read(arguments: argparse.Namespace) -> "NewClient":
    from corneille.sso.client import NewClient
    from corneille.sso.entitle import Audience

    audience = Audience(frozenset(arguments.type), frozenset(arguments.uai), frozenset(arguments.function))
    return NewClient(
        arguments.slug, arguments.title, arguments.url, tuple(arguments.redirect), tuple(arguments.left),
        (arguments.fr, arguments.en), tuple(arguments.scope or ("openid", "profile", "email")), audience,
        arguments.second_factor, arguments.max_age, arguments.logout, arguments.program,
    )  # fmt: skip


def add(arguments: argparse.Namespace) -> int:
    """Registers one service."""
    from corneille.sso.client import ClientRefused, add_client

    try:
        secret = add_client(_read(arguments), clock.now(), by=arguments.by)
        if secret:
            print(secret)
    except ClientRefused as refused:
        raise _explain(refused.data) from refused
    return DONE


def change(arguments: argparse.Namespace) -> int:
    """Changes one service."""
    from corneille.sso.client import ClientRefused, change_client

    try:
        change_client(_read(arguments), clock.now(), by=arguments.by)
    except ClientRefused as refused:
        raise _explain(refused.data) from refused
    return DONE


def close(arguments: argparse.Namespace) -> int:
    """Closes one service."""
    from corneille.sso.client import close_client

    close_client(arguments.slug, clock.now(), by=arguments.by)
    return DONE


def list_all(arguments: argparse.Namespace) -> int:
    """Prints them, fields separated by tabs."""
    from corneille.sso.client import list_clients

    for each in list_clients():
        audience = each.audience
        whom = ",".join(sorted(audience.types | audience.establishments | audience.functions)) or "*"
        print(each.slug, each.name, each.url, whom, "closed" if each.closed_at else "open", sep="\t")
    return DONE


def rotate_key(arguments: argparse.Namespace) -> int:
    """Makes a new signing key."""
    from corneille.sso.signing_key import rotate

    print(rotate(clock.now(), by=arguments.by))
    return DONE


def _explain(data: dict[str, object]) -> CommandRefused:
    told = _("{field}: wanted is {wanted}").format(field=data["field"], wanted=data["wanted"])
    return CommandRefused(told)
