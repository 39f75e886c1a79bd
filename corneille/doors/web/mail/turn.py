"""One letter, one turn: what is asked about the same letter at the same time in this process waits in a queue.

A draft that saves itself while « Envoyer » is pressed, or a second press, so always meets what the first has done.
Between processes what is written decides: see `draft` and `send`.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_taken: set[str] = set()
_given_back = threading.Condition()


@contextmanager
def take_turn(token: str) -> Iterator[None]:
    """Waits until nobody else works at the letter with this token; without a token nothing can be known to be the same."""
    if not token:
        yield
        return
    with _given_back:
        while token in _taken:
            _given_back.wait()
        _taken.add(token)
    try:
        yield
    finally:
        with _given_back:
            _taken.discard(token)
            _given_back.notify_all()
