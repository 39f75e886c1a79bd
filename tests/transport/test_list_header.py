"""List-Id keeps its shape whatever the title is."""

from email import message_from_bytes
from email.header import decode_header, make_header

from hypothesis import given
from hypothesis import strategies as st

from corneille.groups.decide import Keeper, Rule, Term, Writers
from corneille.groups.group import GroupShown
from corneille.run.ground import Ground
from corneille.transport.list_header import format_list_fields, put_before
from tests.groups.conftest import BEGAN


def shown(title: str) -> GroupShown:
    rule = Rule(subject="Mathématiques")
    return GroupShown(7, "maths@ac-demo.test", title, "", "", Keeper.HEAD, Writers.MEMBERS, rule, Term(BEGAN))


TITLES = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=120).filter(str.strip)


@given(TITLES)
def test_every_title_is_read_back_before_the_address_in_brackets(title: str) -> None:
    title = " ".join(title.split())
    written = format_list_fields(shown(title))
    assert all(len(line) <= 998 and line.isascii() for line in written.split(b"\r\n"))
    message = message_from_bytes(written + b"\r\n")
    assert message.keys() == ["List-Id", "List-Post", "List-Help"]
    phrase, _bracket, rest = " ".join(message["List-Id"].split()).rpartition(" <")
    assert rest == "maths.ac-demo.test>"
    read = (
        phrase[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        if title.isascii()
        else str(make_header(decode_header(phrase)))
    )
    assert read == title


def test_nothing_is_changed_where_there_is_nothing_to_add(ground: Ground) -> None:
    content = b"List-Id: <a.b>\r\nFrom: a@b.c\r\n\r\nList-Id: in the body\r\n"
    assert put_before(b"", content) == content
    assert put_before(b"List-Id: <c.d>\r\n", content) == b"List-Id: <c.d>\r\n" + content.partition(b"\r\n")[2]
