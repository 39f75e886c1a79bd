"""An officer ends a document by the link that was reported to them."""

import argparse
from datetime import timedelta

import pytest

from corneille.documents.share import NewDocument, list_documents, share
from corneille.doors.cli import documents
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.kernel import clock
from corneille.kernel.today import today
from corneille.people.find import Person
from tests.privacy.conftest import zoe

__all__ = ["zoe"]


def test_a_link_is_ended_once(zoe: Person) -> None:
    now = clock.now()
    (shown,) = share(zoe.id, "a" * 32, [NewDocument("a.pdf", b"%PDF")], today(now) + timedelta(days=9), now)
    parser = argparse.ArgumentParser()
    documents.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["documents", "end", shown.link, "--by", "Nadia Benali"])
    assert arguments.handle(arguments) == DONE
    assert list_documents(zoe.id, now)[0].is_over
    with pytest.raises(CommandRefused):
        arguments.handle(arguments)
