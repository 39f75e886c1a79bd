"""`corneille access simulate`: made-up days of attackers and owners against the rules in force, in figures and drawings."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from corneille.doors.cli.outcome import DONE
from corneille.doors.cli.progress import ProgressBar
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _

if TYPE_CHECKING:
    from corneille.access.simulation.replay import Report

NAMES = (
    "slow-brute-force", "distributed-brute-force", "spraying", "school-on-monday", "school-not-declared",
    "old-password-on-a-phone", "travelling-while-attacked",
)  # fmt: skip


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    parser = words.add_parser(
        "simulate",
        help=_("what attackers and owners would meet under the rules in force"),
        description=_(
            "Replays made-up days against the settings of [access]: how many guesses attackers are granted, whom that "
            "disturbs. Nothing but the settings is read from the data directory, and nothing is written to it."
        ),
        epilog=_(
            """\
examples:
  corneille access simulate
  corneille access simulate --scenario spraying
  CORNEILLE_ACCESS_SLOW_AFTER_COUNT=3 corneille access simulate     before a setting is changed
  corneille access simulate --svg docs/images/access                one drawing for each
"""
        ),
        formatter_class=TeachingHelp,
    )
    parser.add_argument("--scenario", choices=NAMES, metavar=_("NAME"), help=", ".join(NAMES))
    parser.add_argument("--svg", type=Path, metavar="DIR", help=_("also draw each as an SVG file there"))
    parser.add_argument("--markdown", action="store_true", help=_("print the table of docs/access.md"))
    parser.set_defaults(handle=simulate, needs_ground=False, needs_settings=True)


def simulate(arguments: argparse.Namespace) -> int:
    """Replays, with a bar; prints figures."""
    from corneille.access.settings import current_policy
    from corneille.access.simulation.draw import draw_svg
    from corneille.access.simulation.replay import replay
    from corneille.access.simulation.scenario import SCENARIOS, list_tries

    wanted = [each for each in SCENARIOS if arguments.scenario in {None, each.name}]
    policy, bar, reports = current_policy(), ProgressBar(), {}
    for number, scenario in enumerate(wanted):
        bar.show(number, len(wanted), scenario.name)
        reports[scenario.name] = replay(list_tries(scenario), policy)
    bar.clear()
    if arguments.svg is not None:
        arguments.svg.mkdir(parents=True, exist_ok=True)
        for name, report in reports.items():
            (arguments.svg / f"{name}.svg").write_text(draw_svg(name, report), encoding="utf-8")
    print(format_markdown(reports) if arguments.markdown else _format_text(reports))
    return DONE


def format_markdown(reports: "dict[str, Report]") -> str:
    """The table of docs/access.md, which a test compares with this."""
    from corneille.access.simulation.replay import IN, SECOND, WAIT

    rows = [
        "| day | attackers’ tries | looked at | on one account | of use | owners in at once | second proof | to wait |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, report in reports.items():
        figures = (
            report.tried_count, report.looked_at_count, report.most_on_one_account_count, report.useful_count,
            report.count_owners(IN), report.count_owners(SECOND), report.count_owners(WAIT),
        )  # fmt: skip
        rows.append(f"| {name} | " + " | ".join(f"{figure:,}" for figure in figures) + " |")
    return "\n".join(rows)


def _format_text(reports: "dict[str, Report]") -> str:
    from corneille.access.simulation.draw import draw_text
    from corneille.access.simulation.replay import IN, SECOND, WAIT

    lines = []
    for name, report in reports.items():
        lines += [
            name,
            _("  attackers: {tried} tries, {looked} looked at, {useful} of use (right, they would have opened the account)")
            .format(tried=report.tried_count, looked=report.looked_at_count, useful=report.useful_count),
            _("  owners: {let_in} let in, {second} asked a second proof, {wait} made to wait").format(
                let_in=report.count_owners(IN), second=report.count_owners(SECOND), wait=report.count_owners(WAIT)
            ),
            *([draw_text(report)] if report.tried_count else []),
            "",
        ]  # fmt: skip
    return "\n".join(lines).rstrip()
