"""How a command ends: its exit code, and the refusal that only this door knows."""

DONE = 0
DONE_PARTLY = 1
BAD_ARGUMENTS = 2  # argparse's own
REFUSED = 3
FAULT = 70  # sysexits.h EX_SOFTWARE
INTERRUPTED = 130  # 128 + SIGINT, as shells say it


class CommandRefused(Exception):
    """The command cannot be done as asked; the text is one clear sentence, in the reader's language."""
