"""`corneille dns`: the records by which mail programs find their settings from an address alone."""

import argparse
import sys

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE, DONE_PARTLY
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _

LOCAL = "localhost"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its words."""
    parser = subparsers.add_parser(
        "dns",
        help=_("print the DNS records by which mail programs find their settings"),
        description=_(
            "Prints lines to put into the zone of each mail domain, made from the settings [programs] and [ground]. "
            "docs/operators.md says which names the certificate must bear."
        ),
        formatter_class=TeachingHelp,
    )
    ask_database(parser, show_records)


def show_records(_arguments: argparse.Namespace) -> int:
    """Prints them; says which settings are still those of a trial, and where the pages answer only when told to."""
    from corneille.access.offer import read_offer
    from corneille.kernel.settings import Ground, of
    from corneille.wire.autoconfig.records import format_records, list_found_names

    offer = read_offer()
    sys.stdout.write("\n".join(format_records(offer, domain) for domain in offer.domains))
    hosts = {
        "[programs] imap_host": offer.imap.host, "[programs] submission_host": offer.submission.host,
        "[ground] host_name": offer.portal_host,
    }  # fmt: skip
    unset = [name for name, host in hosts.items() if host == LOCAL]
    for name in unset:
        told = _("{name} is still localhost, which no other machine finds: set it, then print this again.")
        sys.stderr.write(told.format(name=name) + "\n")
    # The pages and our own certificate know the names of one domain: a certificate that followed the database would be of
    # a new authority with each domain.
    for domain in offer.domains:
        names = list_found_names(offer, domain)
        if names and domain != of(Ground).domain:
            told = _("{names}: answered only where [web] other_host_names and the certificate of [tls] name them too.")
            sys.stderr.write(told.format(names=", ".join(names)) + "\n")
    return DONE_PARTLY if unset else DONE
