"""The words of OOXML (ECMA-376) and ODF (ISO/IEC 26300) documents: zip archives of XML, read as a stream."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from defusedxml.ElementTree import iterparse

MEMBER_BYTES = 64 * 1024 * 1024
"""Of one part, unpacked; a bomb is read no further."""
MEMBERS = 500

_OOXML = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|xl/sharedStrings\.xml"
    r"|xl/worksheets/sheet\d+\.xml|ppt/(?:slides|notesSlides)/\w+\.xml"
)
_BREAKS = frozenset({"p", "si", "row", "tr", "is"})
_ODF_PARAGRAPHS = frozenset({"p", "h"})


class _Bounded:
    """A member that ends after so many octets."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._left = stream, MEMBER_BYTES

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        got = self._stream.read(wanted)
        self._left -= len(got)
        return got


def read_ooxml(content: bytes) -> Iterator[str]:
    """Text runs (`w:t`, `a:t`, `t`), a line for each paragraph, row or shared string."""
    for stream in _open_members(content, _OOXML):
        for _, element in iterparse(stream, events=("end",)):
            name = _local(element.tag)
            if name == "t" and element.text:
                yield element.text
            elif name in _BREAKS:
                yield "\n"
                element.clear()


def read_odf(content: bytes) -> Iterator[str]:
    """Paragraphs and headings of the body."""
    for stream in _open_members(content, re.compile(r"content\.xml")):
        for _, element in iterparse(stream, events=("end",)):
            if _local(element.tag) in _ODF_PARAGRAPHS:
                yield "".join(element.itertext()) + "\n"
                tail = element.tail
                element.clear()
                element.tail = tail


def _open_members(content: bytes, wanted: "re.Pattern[str]") -> Iterator[_Bounded]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [each for each in archive.namelist()[: 20 * MEMBERS] if wanted.fullmatch(each)]
        for name in names[:MEMBERS]:
            with archive.open(name) as stream:
                yield _Bounded(stream)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
