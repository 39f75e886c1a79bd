"""Trees of messages, whatever these refer to."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from corneille.mail.slices import Slice, finish
from corneille.mail.threading import Node, Threaded, thread_by_references, thread_by_subject

NAMES = st.sampled_from("abcdefgh")
DRAWN = st.tuples(st.one_of(st.none(), NAMES), st.lists(NAMES, max_size=4), st.sampled_from(["", "x", "re:x", "re:"]))

def threaded(uid: int, own: str | None, *references: str, subject: str = "") -> Threaded:
    is_answer = subject.startswith("re:")
    return Threaded(uid, uid, subject.removeprefix("re:"), is_answer, own, references)


def tell(nodes: Iterable[Node]) -> list[object]:
    """A tree as nested lists: a message, then its answers."""
    return [[node.message.uid if node.message else None, *tell(node.children)] for node in nodes]


def by_references(*messages: Threaded) -> list[object]:
    return tell(finish(thread_by_references(messages, Slice())))


@given(st.lists(DRAWN))
def test_every_message_has_one_place(drawn: list[tuple[str | None, list[str], str]]) -> None:
    messages = [
        threaded(uid, own, *references, subject=subject) for uid, (own, references, subject) in enumerate(drawn, 1)
    ]
    for tops in (finish(thread_by_references(messages, Slice())), finish(thread_by_subject(messages, Slice()))):
        stack, seen = list(tops), []
        while stack:
            node = stack.pop()
            seen += [node.message.uid] if node.message else []
            assert node.message or len(node.children) > 1
            stack += node.children
        assert sorted(seen) == list(range(1, len(drawn) + 1))


def test_an_answer_that_comes_first_finds_its_place() -> None:
    assert by_references(threaded(1, "c", "a", "b"), threaded(2, "b", "a"), threaded(3, "a")) == [[3, [2, [1]]]]


def test_a_message_knows_better_than_those_that_refer_to_it() -> None:
    assert by_references(threaded(1, "c", "a", "b"), threaded(2, "b"), threaded(3, "a")) == [[2, [1]], [3]]


def test_a_loop_is_cut() -> None:
    assert by_references(threaded(1, "a", "b"), threaded(2, "b", "a")) == [[2, [1]]]


def test_one_identifier_twice_is_two_messages() -> None:
    assert by_references(threaded(1, "a"), threaded(2, "a"), threaded(3, "b", "a")) == [[1, [3]], [2]]


def test_trees_of_one_subject_are_joined() -> None:
    assert by_references(threaded(1, "a", subject="x"), threaded(2, "b", subject="re:x")) == [[1, [2]]]
    assert by_references(threaded(1, "a", subject="re:x"), threaded(2, "b", subject="x")) == [[2, [1]]]
    assert by_references(threaded(1, "a", subject="x"), threaded(2, "b", subject="x")) == [[None, [1], [2]]]


def test_a_conversation_of_twenty_thousand_levels_is_one_tree() -> None:
    messages = [threaded(1, "0"), *(threaded(uid, str(uid), str(uid - 1 if uid > 2 else 0)) for uid in range(2, 20_000))]
    tops = finish(thread_by_references(messages, Slice()))
    assert len(tops) == 1
