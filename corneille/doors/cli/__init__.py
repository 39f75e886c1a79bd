"""The command line: one file per command, each with `add_parser(subparsers)`.

A command's handler is set with `parser.set_defaults(handle=…)`; it runs with the ground open, prints its answer on
standard output and what it is doing on standard error, and returns an exit code of `outcome`. Operations of the nouns
are imported inside the handlers: when parsers are built, Django knows no data directory yet.
"""
