"""The command line as a whole: its help, its parser, and the table from refusals to sentences and exit codes."""

import argparse
import logging
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from corneille import __version__
from corneille.doors.cli import (
    access,
    backup,
    compact,
    dns,
    documents,
    groups,
    import_messages,
    journal,
    mail,
    people,
    positions,
    privacy,
    rebuild,
    restore,
    services,
    settings,
    sso,
    status,
    verify,
)
from corneille.doors.cli.outcome import BAD_ARGUMENTS, FAULT, INTERRUPTED, REFUSED, CommandRefused
from corneille.doors.cli.refusals import explain
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import SettingsRefused

Subparsers: TypeAlias = "argparse._SubParsersAction[Any]"
Handler = Callable[[argparse.Namespace], int]
AddParser = Callable[[Subparsers], None]

COMMANDS: tuple[AddParser, ...] = (
    people.add_parser, groups.add_parser, positions.add_parser, access.add_parser, services.add_parser, sso.add_parser,
    status.add_parser, import_messages.add_parser, verify.add_parser, backup.add_parser, restore.add_parser,
    journal.add_parser, mail.add_parser, privacy.add_parser, rebuild.add_parser, compact.add_parser,
    settings.add_parser, dns.add_parser, documents.add_parser,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Runs:
    """What the room `run` brings to the commands.

    open_ground       everything open while a command runs
    prepare           settings, keys and the main database, but no mail store
    declare_settings  settings only
    commands          those that make and serve a data directory
    """

    open_ground: Callable[[Path], AbstractContextManager[object]]
    prepare: Callable[[Path], object]
    declare_settings: Callable[[Path], None]
    commands: Sequence[AddParser] = ()


class Parser(argparse.ArgumentParser):
    """argparse's, with errors that name the command's help."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message}\n" + _("For help: {prog} --help").format(prog=self.prog) + "\n")
        sys.exit(BAD_ARGUMENTS)


def make_parser(commands: Iterable[AddParser]) -> argparse.ArgumentParser:
    """The whole command's parser; each of `commands` adds its own."""
    parser = Parser(
        prog="corneille",
        description=_("The mail system of an académie: portal, webmail, IMAP and SMTP."),
        epilog=_epilog(),
        formatter_class=TeachingHelp,
    )
    parser.add_argument("--version", action="version", version=f"corneille {__version__}")
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("CORNEILLE_GROUND_DATA", "var")), metavar="DIR",
        help=_("the data directory (default: CORNEILLE_GROUND_DATA, or var)"),
    )  # fmt: skip
    parser.set_defaults(needs_ground=True, needs_settings=False, needs_database=False, handle=None)
    subparsers = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), parser_class=Parser)
    for add_parser in commands:
        add_parser(subparsers)
    for each in subparsers.choices.values():  # it may also stand after the command
        each.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="DIR", help=_("the data directory"))
    return parser


def run(argv: Sequence[str], runs: Runs) -> int:
    """Runs one command line; every expected "cannot" ends as one sentence on standard error."""
    parser = make_parser((*runs.commands, *COMMANDS))
    arguments = parser.parse_args(argv)
    if arguments.handle is None:
        parser.print_help()
        return BAD_ARGUMENTS
    try:
        return _handle(arguments, runs)
    except (Refusal, CommandRefused, SettingsRefused) as refused:
        _say(explain(refused))
        return REFUSED
    except KeyboardInterrupt:
        _say(_("Interrupted. The same command, given again, goes on from here."))
        return INTERRUPTED
    except BrokenPipeError:  # `corneille … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as failed:
        _say(_("The system refused: {why}").format(why=failed))
        return REFUSED
    except Exception:  # the door: a fault is logged with its stack and answered with its number
        incident = secrets.token_hex(4)
        logging.getLogger(__name__).exception("incident %s", incident)
        _say(_("A fault in this program (incident {incident}); its stack is above.").format(incident=incident))
        return FAULT


def _handle(arguments: argparse.Namespace, runs: Runs) -> int:
    handle: Handler = arguments.handle
    if arguments.needs_settings:
        runs.declare_settings(arguments.data)
    if arguments.needs_ground or arguments.needs_database:
        check_data(arguments.data)
    if arguments.needs_database:
        runs.prepare(arguments.data)
    if not arguments.needs_ground:
        return handle(arguments)
    with runs.open_ground(arguments.data):
        return handle(arguments)


def check_data(data: Path) -> None:
    """Raises CommandRefused unless an installation stands there, whole."""
    if (data / "restore.unfinished").exists():
        raise CommandRefused(
            _("{data} is a restore that was not finished: empty it and restore again.").format(data=data)
        )
    if not (data / "corneille.sqlite3").exists():
        raise CommandRefused(
            _("{data} is not a data directory: make one with `corneille --data {data} init`, or name the right one.")
            .format(data=data)
        )  # fmt: skip


def _say(text: str) -> None:
    print(f"corneille: {text}", file=sys.stderr)


def _epilog() -> str:
    return _(
        """\
examples:
  corneille demo                                    a demonstration académie, with people and mail
  corneille --data /srv/corneille init ac-exemple.test --administrator Nadia Benali
  corneille --data /srv/corneille serve
  corneille --data /srv/corneille people list
  corneille --data /srv/corneille import old.mbox --to mdupont2
  corneille --data /srv/corneille verify
  corneille --data /srv/corneille journal verify
  corneille --data /srv/corneille backup /mnt/backup/2026-11-24

exit codes:
  0    done
  1    done, but something was passed over or found wrong: the output says what
  2    the command line is wrong
  3    refused: the reason is on standard error, nothing was left half done
  70   a fault in this program
  130  interrupted; the same command goes on
"""
    )
