"""All that is ever read of a message: when it is filed, when it is searched, when a program or a page asks for it."""

from corneille.mail.describe import describe
from corneille.mail.searchable import choose_head, choose_words, extract_texts
from corneille.wire.mime.attachments import choose_bodies, find_filename, list_attachments
from corneille.wire.mime.encode_binary import encode_binary
from corneille.wire.mime.scan import scan, walk
from corneille.wire.mime.section import Of, Section, decode_body, read_section
from corneille.wire.mime.text import decode_text

READ_PARTS = 20
"""Each part is asked for by somebody, but one request reads one: reading all of many would measure the asking."""


def take_message(content: bytes) -> None:
    """Reads a message in every way."""
    told = describe(content)
    told.preview.encode()
    texts = extract_texts(content)
    choose_words(choose_head(texts), texts).encode()
    root = scan(content)
    choose_bodies(content, root)
    for attachment in list_attachments(content, root):
        str(attachment)
    for path, part in list(walk(root))[:READ_PARTS]:
        numbers = tuple(int(each) for each in path.split(".") if each)
        for of in (Of.ALL, Of.MIME, Of.HEADER, Of.TEXT):
            read_section(content, root, Section(numbers, of))
        find_filename(part)
        decode_body(content, part)
        decode_text(content, part)
    encoded = encode_binary(content)
    assert scan(encoded) is not None
