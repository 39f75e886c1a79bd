"""What a command that reads and writes the main database alone declares: the mail store stays as it is, open elsewhere or
not."""

import argparse
from collections.abc import Callable


def ask_database(parser: argparse.ArgumentParser, handle: Callable[[argparse.Namespace], int], **more: object) -> None:
    """Has `handle` obey the command, with the database prepared and no mail opened; `more` are arguments it is given."""
    parser.set_defaults(handle=handle, needs_ground=False, needs_database=True, **more)
