"""The words of attached documents are found by people's searches, which say in which file; IMAP's SEARCH stays as it was."""

from datetime import UTC, datetime

import pytest

from corneille.kernel.ids import MailboxId
from corneille.mail import store
from corneille.mail.criteria import BodyHas
from corneille.mail.flag import FlagChange, flag
from corneille.mail.index_attachments import index_again, index_all, index_attachments, measure_indexing
from corneille.mail.move import copy, expunge
from corneille.mail.name_attached import name_attached
from corneille.mail.search import search, search_words
from corneille.mail.slices import finish
from corneille.mail.store.sql import find_value
from corneille.mail.values import DELETED, MailAccount
from corneille.mail.verify import Finding, verify
from tests.mail.conftest import File, mailbox_of
from tests.mail.documents import letter_with, make_docx, make_odt, make_pdf
from tests.mail.indexed import wait_until_indexed
from tests.mail.letter import letter

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PROGRAMME = letter_with("programme.pdf", make_pdf("Programme de géométrie de la classe"))


def find(account: MailAccount, text: str) -> int:
    return search_words(account, text).total_count


def read_documents() -> None:
    wait_until_indexed()
    index_attachments(NOW)


@pytest.mark.parametrize("is_indexed", [False, True])
def test_words_beginnings_and_phrases_are_found(account: MailAccount, file: File, is_indexed: bool) -> None:
    file(PROGRAMME)
    file(letter("autre chose"))
    read_documents()
    if is_indexed:
        wait_until_indexed()
    for text, count in (
        ("geometrie", 1), ("Géomé", 1), ('"géométrie de la classe"', 1), ('"classe de la"', 0), ("voici geometrie", 1),
        ("geometrie de:paul", 1), ("geometrie de:anna", 0), ("objet:geometrie", 0), ("voici -geometrie", 0),
    ):  # fmt: skip
        assert find(account, text) == count, text


def test_every_kind_of_document_is_read(account: MailAccount, file: File) -> None:
    file(letter_with("a.docx", make_docx("trigonométrie")))
    file(letter_with("b.odt", make_odt("orthographe"), media_type="application/vnd.oasis.opendocument.text"))
    file(letter_with("photo.jpg", b"\xff\xd8 trigonometrie", media_type="image/jpeg"))
    read_documents()
    assert [find(account, "trigonometrie"), find(account, "orthographe")] == [1, 1]


def test_the_file_is_named_where_only_it_has_the_word(account: MailAccount, file: File) -> None:
    first = file(PROGRAMME)
    second = file(letter_with("plan.pdf", make_pdf("La géométrie"), text="On parle de géométrie."))
    read_documents()
    assert name_attached(account, "geometrie", [first.id, second.id]) == {first.id: ["programme.pdf"]}
    assert name_attached(account, "voici", [first.id]) == {}


def test_imap_search_looks_at_the_text_of_the_message_alone(account: MailAccount, inbox: MailboxId, file: File) -> None:
    file(PROGRAMME)
    read_documents()
    wait_until_indexed()
    assert finish(search(account, inbox, BodyHas("géométrie"))) == []
    assert finish(search(account, inbox, BodyHas("voic"))) == [1]


def test_a_copy_is_found_too_and_what_went_leaves_nothing(account: MailAccount, inbox: MailboxId, file: File) -> None:
    filed = file(PROGRAMME)
    read_documents()
    archive = mailbox_of(account, "Archive")
    copied = copy(account, inbox, [filed.uid], archive).result(10)
    wait_until_indexed()
    assert find(account, "geometrie") == 2
    for mailbox, uid in ((inbox, filed.uid), (archive, copied.uids[0])):
        flag(account, mailbox, [uid], FlagChange.ADD, frozenset({DELETED})).result(10)
        expunge(account, mailbox).result(10)
    wait_until_indexed()
    assert find(account, "geometrie") == 0
    assert find_value(store.current().shard(0).reader(), "SELECT count(*) FROM attachment_text") == 0


def test_the_index_is_made_again_with_progress(account: MailAccount, file: File) -> None:
    file(PROGRAMME)
    file(letter())
    assert measure_indexing().left_count >= 0
    index_again()
    told = list(index_all(NOW))
    assert told[-1].left_count == 0
    assert find(account, "geometrie") == 1
    assert not [each for each in verify() if isinstance(each, Finding)]
