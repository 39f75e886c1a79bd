"""Wake-ups: "something changed in this mail account, look". They carry no data, so a lost one loses nothing.

Within a process a wake-up is a call; between processes it is a datagram on a local socket in the data
directory, one socket per process. Subscribers are called on the sender's thread or on the listening thread:
they only schedule work (`loop.call_soon_threadsafe`) and never block.
"""

import contextlib
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

Subscriber = Callable[[], None]
DATAGRAM_BYTES = 256


class Wake:
    """This process's ear and voice for wake-ups; topics are short texts such as `mail/17`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._subscribers: dict[str, set[Subscriber]] = {}
        self._lock = threading.Lock()
        self._own = folder / f"{os.getpid()}.sock"
        self._own.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self._own))
        self._voice = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._voice.setblocking(False)
        self._listener = threading.Thread(target=self._listen, name="wake", daemon=True)
        self._listener.start()

    def subscribe(self, topic: str, subscriber: Subscriber) -> Callable[[], None]:
        """Calls `subscriber` at each wake-up of `topic`, until the returned function is called."""
        with self._lock:
            self._subscribers.setdefault(topic, set()).add(subscriber)

        def unsubscribe() -> None:
            with self._lock:
                subscribers = self._subscribers.get(topic, set())
                subscribers.discard(subscriber)
                if not subscribers:
                    self._subscribers.pop(topic, None)

        return unsubscribe

    def send(self, *topics: str) -> None:
        """Wakes the topics' subscribers here and in the other processes of this data directory."""
        for topic in topics:
            self._call(topic)
        with os.scandir(self._folder) as found:  # `glob` costs ten times that, and a commit may touch fifty mail accounts
            others = [Path(each.path) for each in found if each.name.endswith(".sock") and each.name != self._own.name]
        for other in others:
            for topic in topics:
                self._tell(other, topic)

    def close(self) -> None:
        """Stops listening; what is sent to this process from now on is lost, as wake-ups may be."""
        self._own.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._listener.join()
        self._socket.close()
        self._voice.close()

    def _tell(self, other: Path, topic: str) -> None:
        try:
            self._voice.sendto(topic.encode(), str(other))
        except ConnectionRefusedError:
            other.unlink(missing_ok=True)  # its process is gone
        except OSError:
            return  # its buffer is full or it is closing: it looks again by itself

    def _listen(self) -> None:
        while topic := self._socket.recv(DATAGRAM_BYTES):
            self._call(topic.decode())

    def _call(self, topic: str) -> None:
        with self._lock:
            subscribers = list(self._subscribers.get(topic, ()))
        for subscriber in subscribers:
            subscriber()


_wake: Wake | None = None


def install(wake: Wake | None) -> None:
    """Makes `wake` the one this process uses; only the room `run` and tests call it."""
    global _wake  # noqa: PLW0603  # one per process is the point
    _wake = wake


def current() -> Wake:
    """This process's wake-ups."""
    assert _wake is not None, "wake-ups are installed by run before anything sends one"
    return _wake


def is_installed() -> bool:
    """Whether this process sends wake-ups; a command of one act has none to wake."""
    return _wake is not None
