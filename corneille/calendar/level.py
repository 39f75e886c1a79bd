"""What one may do with an agenda: each right includes those before it. Pure."""

from enum import IntEnum


class Level(IntEnum):
    """From nothing to everything."""

    NONE = 0
    FREE_BUSY = 1  # when, never what
    READ = 2
    WRITE = 3
    MANAGE = 4  # private events, the agenda's name, and with whom it is shared
