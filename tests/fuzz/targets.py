"""Every grammar that reads what strangers send, as a target."""

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from corneille.mail.cursor import parse_cursor
from corneille.mail.query import QueryRefused, parse_query
from corneille.mail.source.found import choose_crlf, find_date
from corneille.mail.source.mbox import parse_postmark
from corneille.mail.store.record import Damaged, parse_dropped, parse_header, parse_note
from corneille.notices.posting import PostRefused, parse_posting
from corneille.wire.dav.report import parse_path as parse_href
from corneille.wire.dav.report import parse_report
from corneille.wire.dav.request import parse_basic, parse_changes, parse_depth, parse_preconditions, parse_propfind
from corneille.wire.dav.tree import BadRequest
from corneille.wire.html.links import list_links, list_written_links
from corneille.wire.html.sanitise import sanitise
from corneille.wire.html.style import clean_style, drop_at_rules
from corneille.wire.html.text_to_html import text_to_html
from corneille.wire.html.to_text import to_text
from corneille.wire.ical.expand import TooMany, expand
from corneille.wire.ical.read import NotAnObject, read_object
from corneille.wire.imap.mailbox_name import decode_mailbox, decode_mailbox_name, encode_mailbox
from corneille.wire.imap.parse import find_append_target, find_tag, parse_command
from corneille.wire.imap.splitter import Broken, Flooded, Frame, LiteralAsked, Splitter
from corneille.wire.imap.syntax import NameRefused, SyntaxRefused
from corneille.wire.mime.address import parse_addresses
from corneille.wire.mime.date import parse_date
from corneille.wire.mime.envelope import format_addresses
from corneille.wire.mime.header import decode_header
from corneille.wire.mime.message_id import parse_message_ids
from corneille.wire.mime.parameter import decode_parameters, split_value
from corneille.wire.mime.subject import base_subject
from corneille.wire.sasl.base64 import NotBase64, decode_base64
from corneille.wire.sasl.credentials import SaslRefused
from corneille.wire.sasl.exchange import MECHANISMS, Exchange
from corneille.wire.smtp.command import parse_command as parse_smtp
from corneille.wire.smtp.data import Data, DataDecoder, format_data, normalise_line_ends
from corneille.wire.smtp.line import COMMAND_BYTES, LineSplitter
from corneille.wire.smtp.path import parse_mailbox, parse_path
from corneille.wire.smtp.reply import BrokenReply, ReplyReader
from tests.corpus.malformed import MALFORMED
from tests.corpus.wellformed import WELLFORMED
from tests.fuzz import seeds
from tests.fuzz.mime import take_message
from tests.fuzz.target import Target

PARIS = ZoneInfo("Europe/Paris")
FROM, UNTIL = datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
LINE_BYTES, LITERAL_BYTES, KIBI = 65536, 4096, 1024


def _imap(content: bytes) -> None:
    """Splits as the door does, whole and cut in three: the events are the same; parses what is framed."""
    whole, cut = _split_imap((content,)), _split_imap((content[:7], content[7:31], content[31:]))
    if not any(isinstance(each, Broken | Flooded) for each in (*whole, *cut)):  # when too much is too much: as it comes
        assert whole == cut, "events depend on how the octets came"
    for event in whole:
        if isinstance(event, Frame):
            for utf8 in (False, True):
                with contextlib.suppress(SyntaxRefused):
                    parse_command(event, utf8=utf8)
            find_tag(event.texts[0])
        elif isinstance(event, Broken):
            find_tag(event.head)
        elif isinstance(event, LiteralAsked):
            find_append_target(event.head, utf8=True)


def _split_imap(chunks: tuple[bytes, ...]) -> list[object]:
    splitter, events = Splitter(LINE_BYTES, LINE_BYTES), list[object]()
    for chunk in (*chunks, b"\r\n"):
        splitter.feed(chunk)
        while (event := splitter.next()) is not None:
            events.append(event)
            if isinstance(event, LiteralAsked):
                if event.total_bytes < LITERAL_BYTES:
                    splitter.accept()
                else:
                    splitter.refuse()
    return events


def _imap_argument(word: bytes) -> Callable[[bytes], None]:
    def take(content: bytes) -> None:
        with contextlib.suppress(SyntaxRefused):
            parse_command(Frame((b"a " + word + b" " + content.replace(b"\n", b" ").replace(b"\0", b" "),)))

    return take


def _mailbox_name(content: bytes) -> None:
    decode_mailbox_name(content)
    for utf8 in (False, True):
        with contextlib.suppress(NameRefused):
            name = decode_mailbox(content, utf8=utf8)
            assert decode_mailbox(encode_mailbox(name, utf8=utf8), utf8=utf8) == name, "a name changes on its way"


def _smtp_line(content: bytes) -> None:
    whole, cut = _split_smtp((content,)), _split_smtp((content[:5], content[5:6], content[6:]))
    if len(content) < COMMAND_BYTES:
        assert whole == cut, "lines depend on how the octets came"
    for line in whole:
        if isinstance(line, bytes):
            parse_smtp(line)


def _split_smtp(chunks: tuple[bytes, ...]) -> list[object]:
    splitter, lines = LineSplitter(), list[object]()
    for chunk in (*chunks, b"\r\n"):
        splitter.feed(chunk)
        while (line := splitter.next()) is not None:
            lines.append(line)
    return lines


def _smtp_data(content: bytes) -> None:
    assert _decode((content,)) == _decode((content[:3], content[3:4], content[4:])), "the end depends on how octets came"
    sent = format_data(content)
    received = _decode((sent,))
    assert received is not None
    mended = normalise_line_ends(content)
    assert received.content in (mended, mended + b"\r\n"), "what is sent is not what is read"


def _decode(chunks: tuple[bytes, ...]) -> Data | None:
    decoder, told = DataDecoder(10**9), None
    for chunk in chunks:
        if told is None:
            told = decoder.feed(chunk)
    return told


def _smtp_reply(content: bytes) -> None:
    reader = ReplyReader()
    with contextlib.suppress(BrokenReply):
        reader.feed(content)
        while (told := reader.next()) is not None:
            assert 200 <= told.code < 600


def _address(content: bytes) -> None:
    parse_addresses(content)
    format_addresses(content)
    text = content.decode("utf-8", "surrogateescape")
    for found in (parse_mailbox(text), parse_path(text)):
        if found is not None:
            assert parse_mailbox(found.address) is not None, "an address that was read cannot be read again"


def _header(content: bytes) -> None:
    base_subject(decode_header(content))
    parse_message_ids(content)
    decode_parameters(split_value(content)[1])
    find_date(content)
    parse_postmark(content)
    choose_crlf(content)


def _date(content: bytes) -> None:
    told = parse_date(content)
    if told is not None:
        told.toordinal()
        int(told.timestamp())


def _html(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    told = sanitise(text, cid_url=lambda _: None, fold_label="Citation")
    assert "<script" not in told.html.lower()
    to_text(text)
    list_links(text)


def _text(content: bytes) -> None:
    text = content.decode("utf-8", "surrogateescape")
    text_to_html(text, fold_label="Citation")
    text_to_html(text, is_flowed=True, delete_space=True)
    list_written_links(text)


def _style(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    clean_style(text)
    drop_at_rules(text)


def _ical(content: bytes) -> None:
    """An object that was taken in can be unfolded for as long as it is kept."""
    try:
        read_object(content, PARIS)
    except NotAnObject:
        return
    with contextlib.suppress(TooMany, NotAnObject):  # in another stretch: its page passes it over
        expand(content, FROM, UNTIL, PARIS, 500)


def _dav(content: bytes) -> None:
    for parse in (parse_propfind, parse_changes, parse_report):
        with contextlib.suppress(BadRequest):
            parse(content)
    text = content.decode("latin-1")
    with contextlib.suppress(BadRequest):
        parse_depth(text, 1)
    parse_preconditions({"if-match": text, "if-none-match": text})
    parse_basic(text)
    with contextlib.suppress(BadRequest):
        parse_href(text)


def _posting(content: bytes) -> None:
    with contextlib.suppress(PostRefused):
        parse_posting(content)


def _sasl(content: bytes) -> None:
    with contextlib.suppress(NotBase64):
        decode_base64(content)
    for mechanism in MECHANISMS:
        exchange = Exchange(mechanism)
        with contextlib.suppress(SaslRefused):
            if exchange.answer(content[:64]) is None:
                exchange.answer(content[64:])


def _query(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    with contextlib.suppress(QueryRefused):
        parse_query(text)
    parse_cursor(text)


def _record(content: bytes) -> None:
    for parse in (parse_header, parse_note, parse_dropped):
        with contextlib.suppress(Damaged):
            parse(content)


MESSAGES = [*WELLFORMED.values(), *MALFORMED.values()]
HEADERS = [each.partition(b"\r\n\r\n")[0][:2000] for each in MESSAGES]
_ALL = (
    Target("imap", _imap, seeds.IMAP),
    Target("imap-search", _imap_argument(b"SEARCH"), seeds.QUERIES),
    Target("imap-fetch", _imap_argument(b"FETCH"), [each[8:] for each in seeds.IMAP if b" FETCH " in each]),
    Target("imap-list", _imap_argument(b"LIST"), seeds.NAMES),
    Target("imap-notify", _imap_argument(b"NOTIFY"), seeds.NOTIFY),
    Target("mailbox-name", _mailbox_name, seeds.NAMES),
    Target("smtp", _smtp_line, seeds.SMTP),
    Target("smtp-data", _smtp_data, [b"a\r\n.\r\n", b".\r\n.\r\n", *MESSAGES[:20]], 256 * KIBI),
    Target("smtp-reply", _smtp_reply, [b"250-a\r\n250 2.0.0 b\r\n", b"421 \r\n", b"354-\r\n354\r\n"]),
    Target("sasl", _sasl, seeds.SASL),
    Target("address", _address, seeds.ADDRESSES),
    Target("header", _header, HEADERS),
    Target("date", _date, seeds.DATES, KIBI),
    Target("mime", take_message, MESSAGES, 512 * KIBI),
    Target("html", _html, seeds.HTML, 128 * KIBI),
    Target("text", _text, [b"> a\r\nhttps://a.example/(b)\r\n-- \r\nc", *HEADERS], 128 * KIBI),
    Target("style", _style, seeds.STYLES),
    Target("ical", _ical, seeds.ICAL, 128 * KIBI),
    Target("dav", _dav, seeds.DAV, 128 * KIBI),
    Target("posting", _posting, seeds.POSTS, 128 * KIBI),
    Target("query", _query, seeds.TYPED, KIBI),
    Target("record", _record, seeds.RECORDS),
)  # fmt: skip
TARGETS = {each.name: each for each in _ALL}
