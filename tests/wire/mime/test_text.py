"""Transfer encodings, charsets, words for search and previews, what a reader shows and lists."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.mime.attachments import Attachment, choose_bodies, list_attachments
from corneille.wire.mime.charset import decode_bytes, find_codec
from corneille.wire.mime.scan import scan, walk
from corneille.wire.mime.section import decode_body
from corneille.wire.mime.text import decode_text, extract_text, make_preview, strip_html
from corneille.wire.mime.transfer import decode_base64, decode_quoted_printable, decode_transfer, decode_uu
from tests.corpus.malformed import MALFORMED
from tests.corpus.wellformed import WELLFORMED


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        (b"dW4=", b"un"),
        (b"dW4", b"un"),
        (b"d\r\nW 4*=\xff", b"un"),
        (b"dW4=ZGV1eA==", b"undeux"),
        (b"-_8=", b"\xfb\xff"),
        (b"A", b""),
        (b"====", b""),
        (b"", b""),
    ],
)
def test_base64_is_read_as_far_as_it_goes(text: bytes, octets: bytes) -> None:
    assert decode_base64(text) == octets


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        (b"=E9t=e9", b"\xe9t\xe9"),
        (b"a=\r\nb", b"ab"),
        (b"a  \r\nb", b"a\r\nb"),
        (b"=ZZ =", b"=ZZ "),
        (b"=", b""),
        (b"a= \r\nb", b"ab"),
    ],
)
def test_quoted_printable_is_read_as_far_as_it_goes(text: bytes, octets: bytes) -> None:
    assert decode_quoted_printable(text) == octets


def test_uuencode_is_read_as_far_as_it_goes() -> None:
    assert decode_uu(b"texte\r\nbegin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n") == b"Cat"
    assert decode_uu(b"begin 644 a.txt\r\n#0V%T rubbish\r\n") == b"Cat"
    assert decode_uu(b"rien") == b"rien"


@given(st.binary(max_size=300))
def test_base64_that_is_well_made_comes_back(raw: bytes) -> None:
    assert decode_base64(base64.encodebytes(raw)) == raw


@given(st.binary(max_size=300), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "7bit", "?"]))
def test_any_bytes_are_decoded(raw: bytes, encoding: str) -> None:
    assert isinstance(decode_transfer(raw, encoding), bytes)


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("été €".encode("cp1252"), "iso-8859-1", "été €"),
        ("été".encode("cp1252"), "utf-8", "été"),
        ("été".encode(), "iso-8859-15", "Ã©tÃ©"),  # a charset that reads everything is believed
        ("été".encode(), "", "été"),
        ("été".encode("latin-1"), "", "été"),
        ("été".encode("latin-1"), "us-ascii", "été"),
        ("été".encode(), "unknown-8bit", "été"),
        ("été".encode(), "x-inconnu", "été"),
        ("été".encode(), "utf8mb4", "été"),
        ("été".encode("cp1252"), '"windows-1252"', "été"),
        ("été".encode("cp1252"), "windows_1252;", "été"),
        ("été".encode("utf-16"), "utf-16", "été"),
        ("你好".encode("gbk"), "gb2312", "你好"),
        ("你好".encode("big5"), "Big5", "你好"),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет"),
        ("שלום".encode("iso-8859-8"), "iso-8859-8-i", "שלום"),
        ("안녕".encode("cp949"), "ks_c_5601-1987", "안녕"),
        ("こん".encode("iso-2022-jp"), "iso-2022-jp", "こん"),
        ("élèves à".encode()[:-1], "utf-8", "élèves \ufffd"),
        (b"+ADw-script+AD4-", "utf-7", "+ADw-script+AD4-"),
        (b"Obawbhe", "rot13", "Obawbhe"),
        (b"x", "../../etc/passwd", "x"),
        (b"x", "idna", "x"),
        (b"\\u00e9", "unicode_escape", "\\u00e9"),
    ],
)
def test_charsets(raw: bytes, charset: str, text: str) -> None:
    assert decode_bytes(raw, charset) == text


@pytest.mark.parametrize(
    "name", ["", "rot13", "zip", "hex", "base64", "utf-7", "unicode_escape", "idna", "x" * 5000, "a\0b", "é", "undefined"]
)
def test_what_is_no_charset_has_no_codec(name: str) -> None:
    assert find_codec(name) is None


_STATEFUL = ["utf-8", "utf-16", "utf-32", "gb2312", "big5", "iso-2022-jp", "iso-2022-kr", "hz", "euc-kr", "shift_jis"]


@given(st.binary(max_size=100), st.one_of(st.text(max_size=20), st.sampled_from(_STATEFUL)))
def test_any_bytes_are_text_in_any_charset(raw: bytes, charset: str) -> None:
    decode_bytes(raw, charset).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("name", [*MALFORMED, *WELLFORMED])
def test_every_message_of_the_corpora_has_words_bodies_and_attachments(name: str) -> None:
    content = (MALFORMED | WELLFORMED)[name]
    root = scan(content)
    assert isinstance(extract_text(content, root, 1_000_000), str)
    preview = make_preview(content, root)
    assert len(preview) <= 200
    assert "\n" not in preview
    bodies = choose_bodies(content, root)
    for part in (bodies.plain, bodies.html, bodies.calendar, *bodies.more):
        if part is not None:
            decode_text(content, part)
    paths = {path for path, _ in walk(root)}
    for each in list_attachments(content, root):
        assert each.path in paths
        assert not set(each.filename) & set("/\\\0\r\n\u202e")
        assert len(each.filename) <= 200


def test_a_message_has_its_words_decoded_for_search() -> None:
    content = WELLFORMED["mixed-attachments"]
    text = extract_text(content, scan(content), 100_000)
    assert "le conseil de classe de la 4e B aura lieu à 17 h" in text
    assert "<p>" not in text
    content = WELLFORMED["message-inside"]
    assert "Claire Lefèvre" in extract_text(content, scan(content), 100_000)
    assert extract_text(content, scan(content), 5) == "Pour "


def test_html_loses_its_tags_scripts_and_styles() -> None:
    text = strip_html("<style>p{}</style><p>L&rsquo;été<br>à&nbsp;<b>l</b>'école</p><!-- non --><script>x<y</script> 1 < 2")
    assert text.split() == ["L\u2019été", "à", "l'école", "1", "<", "2"]
    assert strip_html("vu <script>jamais fermé") == "vu  "


def test_previews_leave_quotations_out_when_there_is_something_else() -> None:
    content = b"\r\n> cite\r\n>> encore\r\nD'accord,\r\n\r\na lundi\r\n"
    assert make_preview(content, scan(content)) == "D'accord, a lundi"
    content = b"\r\n> seulement\r\n"
    assert make_preview(content, scan(content)) == "> seulement"
    assert make_preview(b"\r\n" + b"a" * 500, scan(b"\r\n" + b"a" * 500)) == "a" * 199 + "…"


@pytest.mark.parametrize("before_count", [0, 60, 130, 500])
def test_previews_find_the_first_own_words_however_much_is_quoted_before(before_count: int) -> None:
    content = b"\r\n" + b"> seize octets ici\r\n" * before_count + b"  \r\nD'accord,  a lundi. " + b"mot " * 900
    assert make_preview(content, scan(content)) == ("D'accord, a lundi. " + "mot " * 60)[:199].rstrip() + "…"


def show(name: str) -> tuple[str | None, str | None, list[Attachment]]:
    content = WELLFORMED[name]
    root = scan(content)
    paths = {id(part): path for path, part in walk(root)}
    bodies = choose_bodies(content, root)
    plain, html = (paths[id(part)] if part is not None else None for part in (bodies.plain, bodies.html))
    return plain, html, list_attachments(content, root)


@pytest.mark.parametrize(
    ("name", "plain", "html", "attached"),
    [
        ("plain-utf8", "1", None, []),
        ("html-only", None, "1", []),
        ("alternative", "1", "2", []),
        ("related-images", None, "1", [("2", "logo.png", "image/png", True)]),
        ("mixed-attachments", "1.1", "1.2",
         [("2", "notes.pdf", "application/pdf", False), ("3", "plan.png", "image/png", False)]),
        ("filename-rfc2231", "1", None, [("2", "relevé de notes été.pdf", "application/pdf", False)]),
        ("filename-rfc2047", "1", None, [("2", "été.pdf", "application/pdf", False)]),
        ("message-inside", "1", None, [("2", "", "message/rfc822", False)]),
        ("signed-smime", "1", None, [("2", "smime.p7s", "application/pkcs7-signature", False)]),
        ("invitation", "1", "2", [("3", "", "text/calendar", False)]),
        ("delivery-report", "1", None, [("2", "", "message/delivery-status", False), ("3", "", "message/rfc822", False)]),
    ],
)  # fmt: skip
def test_what_a_reader_shows_and_lists(
    name: str, plain: str | None, html: str | None, attached: list[tuple[str, str, str, bool]]
) -> None:
    shown_plain, shown_html, found = show(name)
    assert (shown_plain, shown_html) == (plain, html)
    assert [(each.path, each.filename, each.type, each.is_inline) for each in found] == attached


def test_sizes_of_attachments_are_those_of_their_decoded_octets() -> None:
    for name in ("mixed-attachments", "related-images"):
        content = WELLFORMED[name]
        root = scan(content)
        parts = dict(walk(root))
        for each in list_attachments(content, root):
            assert each.size_bytes == len(decode_body(content, parts[each.path]))


def test_an_image_that_the_html_does_not_show_is_listed_as_an_attachment() -> None:
    content = WELLFORMED["related-images"].replace(b"cid:logo@x", b"cid:autre").replace(b"cid:logo=40x", b"cid:autre")
    assert [each.is_inline for each in list_attachments(content, scan(content))] == [False]


def test_the_calendar_of_an_invitation_is_given_apart() -> None:
    content = WELLFORMED["invitation"]
    calendar = choose_bodies(content, scan(content)).calendar
    assert calendar is not None
    assert "SUMMARY:Conseil de classe" in decode_text(content, calendar)


@pytest.mark.parametrize(
    ("name", "filename"),
    [
        ("filename-with-a-path", "passwd"),
        ("filename-with-windows-path", "notes.xls"),
        ("filename-with-crlf-and-nul", "a_Set-Cookie_ x_.pdf"),
        ("filename-turned-around", "notes_fdp.exe"),
        ("filename-rfc2231-unknown-charset", "été.pdf"),
    ],
)
def test_names_of_files_are_made_harmless(name: str, filename: str) -> None:
    content = MALFORMED[name]
    assert [each.filename for each in list_attachments(content, scan(content))] == [filename]
