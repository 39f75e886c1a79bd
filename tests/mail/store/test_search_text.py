"""A field of a header has a text when one of its lines does, however the header is scanned."""

from hypothesis import given
from hypothesis import strategies as st

from corneille.mail.store.search_text import _has_field

LETTERS = st.text("ab: \n", max_size=30)


@given(header=LETTERS, prefix=st.sampled_from(["a:", "b:", "ab:"]), needle=st.text("ab: \n", max_size=4))
def test_the_lines_of_a_field_are_looked_at_alone(header: str, prefix: str, needle: str) -> None:
    lines = [line.removeprefix(prefix) for line in header.split("\n") if line.startswith(prefix)]
    assert _has_field(header, prefix, needle) == any(needle in line for line in lines)


def test_many_places_in_other_fields_cost_one_look_at_each_line() -> None:
    class Counted(str):
        looks = 0

        def find(self, *given: object) -> int:
            Counted.looks += 1
            return super().find(*given)  # type: ignore[arg-type]

    header = Counted("\n".join(f"x-{number}: {'a' * 1000}" for number in range(50)))
    assert not _has_field(header, "from:", "a")
    assert Counted.looks <= 2 * 50 + 1
