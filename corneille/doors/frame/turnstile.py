"""In which order newcomers are let in, at all doors of one process, and who finds no place to wait.

Whose network is familiar goes first, and waits for nothing but its turn. Strangers are let in at the rate that the loop
bears (`arrival_rate`), never below a least one; those from networks that were refused of late have a quarter of it while
others wait. Doors take turns, then networks: an attack from a thousand networks on IMAP holds up neither the mail of other
servers nor the web.
"""

from corneille.access.familiar import Networks, Standing
from corneille.doors.frame.arrival_rate import ArrivalRate
from corneille.doors.frame.line import Line
from corneille.doors.frame.newcomer import Doorway, Newcomer
from corneille.doors.frame.newcomer_settings import Newcomers

SUSPECTS_ONE_IN = 4
"""One stranger in so many is of a network that was refused of late: a person may sit there too."""


class Turnstile:
    """The lines, and the rate. It touches no socket and reads no clock."""

    def __init__(self, settings: Newcomers, at_s: float) -> None:
        self._settings = settings
        self._rate = ArrivalRate(settings.strangers_per_s, settings.late_ms / 1000, at_s)
        self._lines: dict[Standing, dict[Doorway, Line]] = {standing: {} for standing in Standing}
        self._waiting: dict[Newcomer, None] = {}  # the one that came first stands first
        self._strangers_count = 0

    @property
    def is_empty(self) -> bool:
        return not self._waiting

    @property
    def is_pressed(self) -> bool:
        """Half of the familiar places at all doors are taken."""
        return self.count(Standing.FAMILIAR) >= max(1, self._settings.waiting_count // 2)

    def count(self, standing: Standing) -> int:
        """How many of one standing wait."""
        return sum(map(len, self._lines[standing].values()))

    def arrive(self, newcomer: Newcomer) -> Newcomer | None:
        """Gives it a place in its line; gives back whoever has to leave for that: it, another, or nobody."""
        line = self._lines[newcomer.standing].setdefault(newcomer.doorway, Line())
        gone = None
        if len(line) >= self._settings.waiting_count:
            gone = line.crowd_out(newcomer.network)
            if gone is None:
                return newcomer
            del self._waiting[gone]
        line.add(newcomer)
        self._waiting[newcomer] = None
        return gone

    def promote(self, network: str, memory: Networks) -> bool:
        """A network has become familiar: those of it who wait at doors of this memory stand among the familiar from now on.

        Whoever finds no place there keeps the one that they have. Gives whether there is one to let in.
        """
        found = False
        for standing in (Standing.STRANGER, Standing.SUSPECT):
            for doorway in [each for each in self._lines[standing] if each.memory is memory]:
                line = self._lines[standing][doorway]
                room = self._settings.waiting_count - len(self._lines[Standing.FAMILIAR].get(doorway, ()))
                for newcomer in line.take_first(network, room):
                    newcomer.standing = Standing.FAMILIAR
                    self._lines[Standing.FAMILIAR].setdefault(doorway, Line()).add(newcomer)
                    found = True
                if not line:
                    del self._lines[standing][doorway]
        return found

    def take_familiar(self) -> Newcomer | None:
        """The next whose network is familiar."""
        return self._take(Standing.FAMILIAR)

    def take_stranger(self, at_s: float) -> Newcomer | None:
        """The next of the others, if one may come in now."""
        if len(self._waiting) == self.count(Standing.FAMILIAR) or not self._rate.spend(at_s):
            return None
        self._strangers_count += 1
        first, second = Standing.STRANGER, Standing.SUSPECT
        if self._strangers_count % SUSPECTS_ONE_IN == 0:
            first, second = second, first
        return self._take(first) or self._take(second)

    def give_back(self) -> None:
        """Whoever was taken last had left: another may come in."""
        self._rate.give_back()

    def make_room(self, count: int) -> list[Newcomer]:
        """So many of those who are not familiar leave, the last to come first."""
        gone = [newcomer for newcomer in reversed(self._waiting) if newcomer.standing is not Standing.FAMILIAR][:count]
        for newcomer in gone:
            self._remove(newcomer)
        return gone

    def heed(self, lateness_s: float) -> None:
        """The loop was so much late: strangers are let in more slowly, or a little faster."""
        self._rate.heed(lateness_s)

    def give_up(self, at_s: float) -> list[Newcomer]:
        """Those who have waited too long leave."""
        gone = []
        for newcomer in self._waiting:
            if at_s - newcomer.since_s < self._settings.patience_s:
                break
            gone.append(newcomer)
        for newcomer in gone:
            self._remove(newcomer)
        return gone

    def shut(self, doorway: Doorway) -> list[Newcomer]:
        """The door closes: those who wait there leave."""
        gone = [newcomer for newcomer in self._waiting if newcomer.doorway is doorway]
        for newcomer in gone:
            self._remove(newcomer)
        return gone

    def _take(self, standing: Standing) -> Newcomer | None:
        doors = self._lines[standing]
        for doorway in doors:
            line = doors.pop(doorway)
            newcomer = line.take()
            if line:
                doors[doorway] = line  # its next turn comes after all others'
            del self._waiting[newcomer]
            return newcomer
        return None

    def _remove(self, newcomer: Newcomer) -> None:
        doors = self._lines[newcomer.standing]
        doors[newcomer.doorway].remove(newcomer)
        if not doors[newcomer.doorway]:
            del doors[newcomer.doorway]
        del self._waiting[newcomer]
