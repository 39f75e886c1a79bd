"""The demonstration's mail: the same for a seed, valid, and never a domain that could belong to somebody."""

import email
import email.policy
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from corneille.run.demonstration.flood import BATCH_COUNT, write_flood
from corneille.run.demonstration.letter import Correspondent
from corneille.run.demonstration.posted import Posted, Reader
from corneille.run.demonstration.year import write_year

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
TYPES = ("enseignant", "administratif", "direction", "inspection", "aed", "support")
READERS = [
    Reader(
        number,
        TYPES[number % len(TYPES)],
        Correspondent(f"Zoé Nom{number}", f"zoe.nom{number}@ac-demonstration.test"),
        f"zoe.nom{number}@ac-exemple.test",
    )
    for number in range(9)
]
DOMAIN = re.compile(rb"(?:@|://)([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")


@pytest.fixture(scope="module")
def year() -> list[Posted]:
    return write_year(7, READERS, NOW)


@pytest.fixture(scope="module")
def flood() -> list[Posted]:
    return [*write_flood(7, READERS[1], READERS, 0, NOW), *write_flood(7, READERS[1], READERS, 99, NOW)]


@pytest.fixture(scope="module")
def parsed(year: list[Posted], flood: list[Posted]) -> list[tuple[Posted, EmailMessage]]:
    return [(posted, _parse(posted.content)) for posted in (*year, *flood)]


def _parse(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_same_seed_gives_the_same_octets(year: list[Posted], flood: list[Posted]) -> None:
    assert write_year(7, READERS, NOW) == year
    assert write_flood(7, READERS[1], READERS, 0, NOW) == flood[:BATCH_COUNT]


def test_another_seed_gives_other_mail(year: list[Posted]) -> None:
    assert write_year(8, READERS, NOW) != year


def test_every_message_is_read_by_a_strict_reader_without_a_defect(parsed: list[tuple[Posted, EmailMessage]]) -> None:
    for _, message in parsed:
        assert [part.defects for part in message.walk() if part.defects] == []
        assert not [name for name, field in message.items() if getattr(field, "defects", ())]


def test_lines_end_with_crlf_and_are_never_too_long(year: list[Posted], flood: list[Posted]) -> None:
    for posted in (*year, *flood):
        assert b"\n" not in posted.content.replace(b"\r\n", b"")
        assert max(map(len, posted.content.split(b"\r\n"))) <= 998  # RFC 5322 §2.1.1


def test_no_domain_could_belong_to_somebody(parsed: list[tuple[Posted, EmailMessage]]) -> None:
    domains = set()
    for posted, message in parsed:
        domains |= {found.lower() for found in DOMAIN.findall(_readable(posted.content, message))}
    assert len(domains) > 10
    assert {each for each in domains if each.rpartition(b".")[2] not in {b"test", b"example", b"invalid"}} == set()


def _readable(content: bytes, message: EmailMessage) -> bytes:
    """The header and every text, decoded."""
    texts = [content.partition(b"\r\n\r\n")[0]]
    for part in message.walk():
        if part.get_content_maintype() == "text":
            texts.append(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
    return b"\n".join(texts)


def test_dates_lie_in_the_year_before_now(year: list[Posted], flood: list[Posted]) -> None:
    assert all(NOW - timedelta(days=370) < posted.at < NOW for posted in (*year, *flood))


def test_there_are_all_the_kinds_of_mail_that_a_reader_must_open(parsed: list[tuple[Posted, EmailMessage]]) -> None:
    kinds: Counter[str] = Counter()
    for _, message in parsed:
        kinds.update({part.get_content_type() for part in message.walk()})
        kinds.update({f"charset {part.get_content_charset()}" for part in message.walk() if part.get_content_charset()})
        kinds["no subject"] += message["subject"] is None
        kinds["long conversation"] += len((message["references"] or "").split()) >= 8
    wanted = (
        "message/rfc822", "message/delivery-status", "multipart/related", "multipart/alternative", "multipart/report",
        "text/calendar", "text/csv", "application/pdf", "image/png", "application/vnd.oasis.opendocument.text",
        "charset iso-2022-jp", "charset windows-1252", "charset iso-8859-15", "charset koi8-r", "no subject",
        "long conversation",
    )  # fmt: skip
    assert [kind for kind in wanted if not kinds[kind]] == []


def test_a_conversation_is_in_its_writer_s_sent_and_in_everybody_s_inbox(
    parsed: list[tuple[Posted, EmailMessage]],
) -> None:
    sent = [message for posted, message in parsed if posted.mailbox == "Sent"]
    received = {(posted.reader, message["message-id"]) for posted, message in parsed if posted.mailbox != "Sent"}
    assert len(sent) > 100
    for message in sent:
        assert "Received" not in message
        readers = [each.number for each in READERS if each.correspondent.address in message["to"]]
        assert readers
        assert all((reader, message["message-id"]) in received for reader in readers)


def test_mail_is_spread_over_mailboxes_and_flags(year: list[Posted]) -> None:
    of_first = [posted for posted in year if posted.reader == 0]
    assert {"INBOX", "Sent", "Archive", "Junk", "Trash", "Drafts", "Parents"} <= {posted.mailbox for posted in of_first}
    assert {"\\Seen", "\\Answered", "\\Flagged", "\\Draft"} <= {flag for posted in of_first for flag in posted.flags}
    assert any(not posted.flags for posted in of_first)
    assert len(of_first) > 150


def test_the_large_inbox_has_messages_of_a_real_size(flood: list[Posted]) -> None:
    assert 6_000 < sum(len(posted.content) for posted in flood) / len(flood) < 16_000
    assert len(flood) == 2 * BATCH_COUNT
