"""Attachments made by code: a PDF, a PNG, an OpenDocument and an Office text, a table, an invitation. Small and valid."""

import base64
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from corneille.run.demonstration.letter import Correspondent, Part, encode_words

ZIP_TIME = (2026, 1, 1, 0, 0, 0)
ODT, DOCX = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)


@dataclass(frozen=True, slots=True)
class File:
    """A file to attach."""

    name: str
    type: str
    octets: bytes


def make_attachment(file: File, *, content_id: str | None = None) -> Part:
    """The file as a base64 part; with a content id it is inline, for an HTML part that shows it."""
    if file.name.isascii():
        name = f'filename="{file.name}"'
    else:  # RFC 2231 §4
        name = "filename*=utf-8''" + "".join(
            chr(each) if chr(each).isascii() and (chr(each).isalnum() or chr(each) in "-_.") else f"%{each:02X}"
            for each in file.name.encode()
        )
    disposition = "inline" if content_id else "attachment"
    header = (
        f'Content-Type: {file.type}; name="{encode_words(file.name)}"\r\nContent-Transfer-Encoding: base64\r\n'
        f"Content-Disposition: {disposition};\r\n {name}"
    )
    if content_id:
        header += f"\r\nContent-ID: <{content_id}>"
    return Part(header.encode(), base64.encodebytes(file.octets).replace(b"\n", b"\r\n"))


@cache
def make_pdf(name: str, title: str, lines: tuple[str, ...]) -> File:
    """One page of text in a standard font."""
    shown = "".join(f"({_pdf_text(line)}) Tj T*\n" for line in lines)
    page = f"BT /F1 16 Tf 56 780 Td 20 TL ({_pdf_text(title)}) Tj T* /F1 11 Tf 16 TL\n{shown}ET".encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R\n"
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica\n"
        b"/Encoding /WinAnsiEncoding >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    table_at = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table_at))
    return File(name, "application/pdf", out.getvalue())


def _pdf_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


@cache
def make_png(name: str, width: int, height: int, colour: tuple[int, int, int]) -> File:
    """A drawing: a plan of rooms in a colour, with white walls."""
    wall, floor = b"\xff\xff\xff", bytes(colour)
    line = b"".join(wall if column % 40 < 2 else floor for column in range(width))
    rows = b"".join(b"\0" + (wall * width if row % 30 < 2 else line) for row in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    octets = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return File(name, "image/png", octets)


@cache
def make_odt(name: str, lines: tuple[str, ...]) -> File:
    """An OpenDocument text (its `mimetype` first and not compressed, as the format asks)."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    text = "".join(f"<text:p>{_xml(line)}</text:p>" for line in lines)
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}:office:1.0" '
        f'xmlns:text="{office}:text:1.0" office:version="1.3"><office:body><office:text>{text}</office:text>'
        "</office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return File(name, ODT, _zip([("mimetype", ODT), ("content.xml", body), ("META-INF/manifest.xml", manifest)]))


@cache
def make_docx(name: str, lines: tuple[str, ...]) -> File:
    """An Office Open XML text of three parts."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "".join(f"<w:p><w:r><w:t>{_xml(line)}</w:t></w:r></w:p>" for line in lines)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    types = (
        f'{head}<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
    )
    relations = (
        f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    document = f'{head}<w:document xmlns:w="{word}"><w:body>{text}</w:body></w:document>'
    parts = [("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", document)]
    return File(name, DOCX, _zip(parts))


def _zip(parts: list[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts:
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, ZIP_TIME), text, compress_type=method)
    return out.getvalue()


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@cache
def make_table(name: str, rows: tuple[tuple[str, ...], ...]) -> File:
    """A CSV as French spreadsheets write it: semicolons, windows-1252."""
    text = "\r\n".join(";".join(row) for row in rows) + "\r\n"
    return File(name, 'text/csv; charset="windows-1252"', text.encode("cp1252", "replace"))


def make_invitation(
    uid: str,
    summary: str,
    place: str,
    begins_at: datetime,
    people: tuple[Correspondent, Correspondent],
    made_at: datetime,
) -> Part:
    """A meeting of one hour, as RFC 5546 §3.2.2 sends it; `people` are who invites and who is invited."""
    organiser, guest = people
    stamp = "%Y%m%dT%H%M%SZ"
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Corneille//demonstration//FR", "METHOD:REQUEST", "BEGIN:VEVENT",
        f"UID:{uid}", f"DTSTAMP:{made_at:{stamp}}", f"DTSTART:{begins_at:{stamp}}",
        f"DTEND:{begins_at + timedelta(hours=1):{stamp}}", f"SUMMARY:{summary}".replace(",", "\\,"), f"LOCATION:{place}",
        f'ORGANIZER;CN="{organiser.name}":mailto:{organiser.address}',
        f'ATTENDEE;CN="{guest.name}";PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{guest.address}',
        "SEQUENCE:0", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    octets = "\r\n".join(lines).encode() + b"\r\n"
    header = 'Content-Type: text/calendar; charset="utf-8"; method=REQUEST\r\nContent-Transfer-Encoding: base64'
    return Part(header.encode(), base64.encodebytes(octets).replace(b"\n", b"\r\n"))
