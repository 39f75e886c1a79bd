"""Runs say what sets say."""

from hypothesis import given
from hypothesis import strategies as st

from corneille.kernel.runs import Runs, find_runs, intersect, subtract

SETS = st.sets(st.integers(1, 40))


def numbers_of(runs: Runs) -> list[int]:
    return [number for run in runs for number in run]


@given(SETS, SETS)
def test_subtracting_leaves_the_others_in_their_order(some: set[int], others: set[int]) -> None:
    left = subtract(find_runs(sorted(some)), sorted(others))
    assert numbers_of(left) == sorted(some - others)
    assert all(len(run) for run in left)


@given(SETS, st.lists(st.tuples(st.integers(1, 40), st.integers(0, 5)), max_size=4))
def test_what_lies_within_bounds(some: set[int], bounds: list[tuple[int, int]]) -> None:
    ordered: list[tuple[int, int]] = []
    for low, length in sorted(bounds):
        if not ordered or low > ordered[-1][1]:
            ordered.append((low, low + length))
    within = intersect(find_runs(sorted(some)), ordered)
    assert numbers_of(within) == sorted(number for number in some if any(low <= number <= high for low, high in ordered))


def test_two_ends_name_a_billion() -> None:
    assert subtract((range(1, 10**9),), [2, 3]) == (range(1, 2), range(4, 10**9))
