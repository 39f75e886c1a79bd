"""`corneille settings`: the settings' documentation, an example file, the values in force."""

import argparse
import sys
from collections.abc import Iterable, Iterator

from corneille.doors.cli.outcome import DONE
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _
from corneille.kernel.settings import Declared, list_declared, list_values

TYPES = {int: "whole number", float: "number", bool: "true or false", str: "text"}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command's arguments."""
    parser = subparsers.add_parser(
        "settings",
        help=_("show the settings: values, documentation, example file"),
        description=_(
            "Settings are read from corneille.toml in the data directory, then from the environment "
            "(CORNEILLE_<SECTION>_<NAME>). Without an option, the values in force are shown."
        ),
        epilog=_(
            """\
examples:
  corneille --data /srv/corneille settings              the values in force
  corneille settings --example > corneille.toml         a file to start from, everything commented out
  corneille settings --markdown                         the page docs/settings.md
"""
        ),
        formatter_class=TeachingHelp,
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--example", action="store_true", help=_("print an example corneille.toml"))
    form.add_argument("--markdown", action="store_true", help=_("print the documentation page"))
    parser.set_defaults(handle=show_settings, needs_ground=False, needs_settings=True)


def show_settings(arguments: argparse.Namespace) -> int:
    """Prints the form asked for; `run` has declared and loaded every section."""
    if arguments.example:
        sys.stdout.write(format_example(list_declared()))
    elif arguments.markdown:
        sys.stdout.write(format_markdown(list_declared()))
    else:
        for declared, value in list_values():
            print(f"{declared.section}.{declared.name} = {_toml(value)}" + ("" if value == declared.default else "  *"))
        print("\n" + _("* differs from the default"))
    return DONE


def format_markdown(declared: Iterable[Declared]) -> str:
    """The page docs/settings.md, which a test compares with this."""
    return "".join(_markdown_lines(declared))


def _markdown_lines(declared: Iterable[Declared]) -> Iterator[str]:
    yield "# Settings\n\n"
    yield "Printed by `corneille settings --markdown`; do not edit by hand. Values come from `corneille.toml` in the data\n"
    yield "directory, then from the environment, which wins.\n"
    section = ""
    for each in declared:
        if each.section != section:
            section = each.section
            yield f"\n## [{section}]\n"
        kind = TYPES.get(each.type, "list of texts")
        yield f"\n`{each.name}` · {kind} · default `{_toml(each.default)}` · `{each.environment}`  \n{each.told}\n"


def format_example(declared: Iterable[Declared]) -> str:
    """A corneille.toml in which every setting stands, commented out, with its default."""
    lines = ["# corneille.toml: settings of this data directory. Printed by `corneille settings --example`."]
    section = ""
    for each in declared:
        if each.section != section:
            section = each.section
            lines += ["", f"[{section}]"]
        lines += [f"# {each.told}", f"#{each.name} = {_toml(each.default)}"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case tuple():
            return "[" + ", ".join(_toml(each) for each in value) + "]"
        case _:
            return str(value)
