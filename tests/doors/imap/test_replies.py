"""Refusals in IMAP's words."""

from collections.abc import Iterator

from corneille.doors.imap.replies import TABLE, format_reply, reply_to
from corneille.kernel.refusal import Busy, DiskFull, Gone, Refusal
from corneille.mail import values


def refusals() -> Iterator[type[Refusal]]:
    yield from (Busy, DiskFull, Gone)
    for each in vars(values).values():
        if isinstance(each, type) and issubclass(each, Refusal) and each is not Refusal:
            yield each


def test_every_refusal_of_mail_has_its_reply() -> None:
    assert {each.code for each in refusals()} <= set(TABLE)


def test_replies_are_one_ascii_line() -> None:
    for each in refusals():
        no = reply_to(each())
        line = format_reply("a", "NO", no.text, no.code)
        assert line.isascii()
        assert line.count(b"\n") == 1


def test_an_unknown_refusal_says_whether_to_try_again() -> None:
    class Odd(Refusal):
        code = "odd"

    class Passing(Refusal):
        code = "passing"
        temporary = True

    assert (reply_to(Odd()).code, reply_to(Passing()).code) == ("CANNOT", "UNAVAILABLE")
