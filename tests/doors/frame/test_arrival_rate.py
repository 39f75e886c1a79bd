"""Strangers are let in more slowly while the loop is late, faster while it is on time, and never less than the least."""

from corneille.doors.frame.arrival_rate import BEAT_S, BURST_COUNT, FIRST_PER_S, MOST_PER_S, ArrivalRate

LEAST_PER_S, LATE_S = 5.0, 0.01


def make_rate() -> ArrivalRate:
    return ArrivalRate(LEAST_PER_S, LATE_S, 0.0)


def heed(rate: ArrivalRate, lateness_s: float, beats: int) -> None:
    for _ in range(beats):
        rate.heed(lateness_s)


def count_let_in(rate: ArrivalRate, start_s: float, seconds: int) -> int:
    """How many come in when many more wait, looked at at every beat."""
    beats = int(seconds / BEAT_S)
    return sum(sum(1 for _ in iter(lambda at_s=start_s + beat * BEAT_S: rate.spend(at_s), False)) for beat in range(beats))  # type: ignore[misc]


def test_a_late_loop_slows_them_and_one_on_time_lets_them_come_faster_again() -> None:
    rate = make_rate()
    heed(rate, 2 * LATE_S, 7)
    slowed = rate.per_s
    assert slowed < FIRST_PER_S / 2
    heed(rate, LATE_S / 2, 100)
    assert rate.per_s > slowed + 40


def test_the_least_comes_in_however_late_the_loop_is() -> None:
    rate = make_rate()
    heed(rate, 10.0, 1000)
    assert rate.per_s == LEAST_PER_S
    assert count_let_in(rate, 100.0, 10) in range(50, 55)


def test_a_quiet_loop_takes_all_that_it_can_shake_hands_with_and_no_more() -> None:
    rate = make_rate()
    heed(rate, 0.0, 10_000)
    assert rate.per_s == MOST_PER_S


def test_after_a_pause_few_come_in_at_one_instant() -> None:
    rate = make_rate()
    assert sum(1 for _ in iter(lambda: rate.spend(3600.0), False)) == BURST_COUNT
