"""Those of one standing who wait at one door: networks take turns, and those of one network keep their order."""

import itertools
from collections import deque

from corneille.doors.frame.newcomer import Newcomer


class Line:
    """A queue for each network. None is ever empty."""

    def __init__(self) -> None:
        self._networks: dict[str, deque[Newcomer]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, newcomer: Newcomer) -> None:
        self._networks.setdefault(newcomer.network, deque()).append(newcomer)
        self._count += 1

    def take(self) -> Newcomer:
        """The first of the network whose turn it is; that network's next turn comes after all others'."""
        network, waiting = next(iter(self._networks.items()))
        del self._networks[network]
        newcomer = waiting.popleft()
        if waiting:
            self._networks[network] = waiting
        self._count -= 1
        return newcomer

    def remove(self, newcomer: Newcomer) -> None:
        """One that waits here leaves."""
        waiting = self._networks[newcomer.network]
        waiting.remove(newcomer)
        if not waiting:
            del self._networks[newcomer.network]
        self._count -= 1

    def take_first(self, network: str, count: int) -> list[Newcomer]:
        """The first of one network, so many at most, in their order."""
        taken = list(itertools.islice(self._networks.get(network, ()), count))
        for newcomer in taken:
            self.remove(newcomer)
        return taken

    def crowd_out(self, network: str) -> Newcomer | None:
        """Makes room for one of this network: the last of the network that has most waiting leaves.

        None when that is this network itself, or has no more: then nobody leaves for the newcomer.
        """
        longest = max(self._networks.values(), key=len)
        if len(longest) <= len(self._networks.get(network, ())) + 1:
            return None
        gone = longest[-1]
        self.remove(gone)
        return gone
