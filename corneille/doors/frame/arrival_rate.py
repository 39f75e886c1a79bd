"""How many strangers are let in each second: more while the loop is on time, fewer while it is late.

What a newcomer costs is felt for a quarter of a second after it was let in, so the rate is groped for: a little more at each
beat that is on time, a tenth less at each that is late.
"""

BEAT_S = 0.01
RISE_PER_S = 0.5
"""Added at each beat on time: from the least to a hundred a second in two seconds."""
FALL = 0.9
FIRST_PER_S = 100.0
"""Before anything is known: what one process serves with ease."""
MOST_PER_S = 500.0
"""More handshakes than one process can do: beyond it a rate would only have to fall further when it must."""
BURST_COUNT = 4.0
"""Let in at one instant at most: each brings a TLS handshake, which holds the loop for half a millisecond."""


class ArrivalRate:
    """A token bucket whose rate follows how late the loop is.

    least_per_s  kept whatever happens
    late_s       a beat that comes later than this is late
    at_s         now, monotonic, as all instants here
    """

    def __init__(self, least_per_s: float, late_s: float, at_s: float) -> None:
        self._least_per_s, self._late_s = least_per_s, late_s
        self.per_s = max(FIRST_PER_S, least_per_s)
        self._tokens, self._at_s = BURST_COUNT, at_s

    def heed(self, lateness_s: float) -> None:
        """One beat came so much later than it was due."""
        if lateness_s > self._late_s:
            self.per_s = max(self._least_per_s, self.per_s * FALL)
        else:
            self.per_s = min(max(MOST_PER_S, self._least_per_s), self.per_s + RISE_PER_S)

    def spend(self, at_s: float) -> bool:
        """Whether one more may come in now; counts it."""
        self._tokens = min(BURST_COUNT, self._tokens + (at_s - self._at_s) * self.per_s)
        self._at_s = at_s
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True

    def give_back(self) -> None:
        """Who was counted did not come in."""
        self._tokens = min(BURST_COUNT, self._tokens + 1.0)
