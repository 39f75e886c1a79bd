"""The command `corneille`: what doors/cli knows, and the commands that make and serve a data directory."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from corneille.doors.cli.main import Runs, check_data, run
from corneille.doors.cli.outcome import DONE, DONE_PARTLY, CommandRefused
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _
from corneille.kernel import clock
from corneille.run.ground import load_settings, open_ground, prepare
from corneille.run.listen import ports_from_base

PORT_BASE = 8000


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command line and returns its exit code."""
    runs = Runs(
        open_ground=_open,
        prepare=prepare,
        declare_settings=_declare,
        commands=(_add_demo, _add_init, _add_serve, _add_probe),
    )
    return run(sys.argv[1:] if argv is None else argv, runs)


@contextmanager
def _open(data: Path) -> Iterator[object]:
    opened = open_ground(data, slot=_free_slot())
    try:
        yield opened
    finally:
        opened.close()


def _free_slot() -> int:
    """A slot that no serving process has: commands run beside them."""
    return 1000 + os.getpid() % 1000


def _declare(data: Path) -> None:
    load_settings(data)


def _add_demo(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "demo",
        help=_("start a demonstration académie, with people and mail"),
        description=_(
            "Makes a demonstration académie in the data directory the first time, then serves it until Ctrl-C. Nothing "
            "leaves this machine: mail to the outside is caught and shown on a page."
        ),
        epilog=_(
            """\
examples:
  corneille demo                          https://localhost:8443, IMAP on 8993 and 8143, submission on 8465 and 8587
  corneille demo --port-base 18000        the same from 18443
  corneille demo --json                   one line of JSON on standard output when ready, for programs
"""
        ),
        formatter_class=TeachingHelp,
    )
    _add_serving(parser, PORT_BASE)
    parser.add_argument("--json", action="store_true", help=_("print one line of JSON when ready, and nothing else"))
    parser.set_defaults(handle=_demo, needs_ground=False)


def _add_serve(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "serve",
        help=_("serve a data directory: web, IMAP, SMTP"),
        description=_("Serves every door until it is told to stop (Ctrl-C, SIGTERM). Ports and certificates are settings."),
    )
    _add_serving(parser, None)
    parser.set_defaults(handle=_serve, needs_ground=False)


def _add_serving(parser: argparse.ArgumentParser, port_base: int | None) -> None:
    parser.add_argument("--host", metavar="HOST", help=_("the address to listen on (setting listen.host; 127.0.0.1)"))
    parser.add_argument(
        "--port-base", type=_whole_number, default=port_base, metavar="N",
        help=_("web on N+443, IMAP on N+993 and N+143, submission on N+465 and N+587, SMTP on N+25, LMTP on N+24"),
    )  # fmt: skip
    parser.add_argument("--processes", type=_count, default=1, metavar="N", help=_("how many processes share the work (1)"))


def _add_init(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "init",
        help=_("make a data directory: keys, databases, domain, first person"),
        description=_(
            "Makes a production data directory: its keys (0600), databases, principal domain, a certificate of its own "
            "until you name yours ([tls] in corneille.toml), and the first person, who reads postmaster@ and abuse@. The "
            "password is asked for, or read as one line of standard input."
        ),
        epilog=_(
            """\
example:
  corneille --data /srv/corneille init ac-exemple.test --administrator Nadia Benali --host-name courrier.ac-exemple.test
"""
        ),
        formatter_class=TeachingHelp,
    )
    parser.add_argument("domain", metavar=_("DOMAIN"), help=_("the principal mail domain"))
    parser.add_argument(
        "--administrator", nargs=2, required=True, metavar=(_("GIVEN-NAME"), _("FAMILY-NAME")),
        help=_("the first person, of type support"),
    )  # fmt: skip
    parser.add_argument("--academie", default="", metavar=_("NAME"), help=_("its name in page headers (the domain)"))
    parser.add_argument("--host-name", default="", metavar="HOST", help=_("its name in addresses of pages (the domain)"))
    parser.set_defaults(handle=_init, needs_ground=False)


def _add_probe(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "probe",
        help=_("send a mail and read it, as somebody outside would"),
        description=_(
            "Sends a mail by submission and reads it by IMAP, over TLS, with an account of its own that is made the first "
            "time. Ends with 0 when it came through, with 1 and the step that failed when it did not. The same is done by "
            "itself while the doors serve ([probe] every_s)."
        ),
    )
    parser.add_argument(
        "--port-base", type=_whole_number, metavar="N", help=_("where the doors are, when `serve` was given the same")
    )
    parser.set_defaults(handle=_probe)


def _probe(arguments: argparse.Namespace) -> int:
    from corneille.run.probe import find_doors, probe

    if arguments.port_base is not None:
        load_settings(arguments.data, listen=ports_from_base(arguments.port_base))
    now = clock.now()
    probed = probe(find_doors(arguments.data, now), now)
    if not probed.is_ok:
        sys.stderr.write(_("The probe failed: {fault}").format(fault=probed.fault) + "\n")
        return DONE_PARTLY
    told = _("Sent in {send} ms, read in {read} ms.").format(send=probed.send_ms, read=probed.read_ms)
    sys.stdout.write(told + "\n")
    return DONE


def _demo(arguments: argparse.Namespace) -> int:
    prepare(arguments.data)
    from corneille.run.demo import demo

    return demo(
        arguments.data,
        host=arguments.host,
        port_base=arguments.port_base,
        processes=arguments.processes,
        as_json=arguments.json,
    )


def _serve(arguments: argparse.Namespace) -> int:
    check_data(arguments.data)
    prepare(arguments.data)
    from corneille.run.serve import serve

    return serve(arguments.data, host=arguments.host, port_base=arguments.port_base, processes=arguments.processes)


def _init(arguments: argparse.Namespace) -> int:
    from corneille.run.init import New, check_new, init

    check_new(arguments.data)
    given_name, family_name = arguments.administrator
    host_name = arguments.host_name or arguments.domain
    new = New(
        arguments.domain, arguments.academie or arguments.domain, host_name, given_name, family_name, _ask_password(),
    )  # fmt: skip
    identifier = init(arguments.data, new, clock.now())
    sys.stdout.write(
        _("Made {data}. {name} signs in as {identifier}. Next: corneille --data {data} serve").format(
            data=arguments.data, name=f"{given_name} {family_name}", identifier=identifier
        )
        + "\n"
    )
    return DONE


def _ask_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass(_("Password: "))
    if getpass.getpass(_("The same again: ")) != password:
        raise CommandRefused(_("The two passwords differ; nothing was made."))
    return password


def _whole_number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(_("{text} is not a whole number").format(text=text))
    return int(text)


def _count(text: str) -> int:
    count = _whole_number(text)
    if not 1 <= count <= 64:
        raise argparse.ArgumentTypeError(_("from 1 to 64"))
    return count
