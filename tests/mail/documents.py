"""Real small documents, and messages that carry them."""

import io
import zipfile
from base64 import encodebytes

from fpdf import FPDF

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
T = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
O = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"  # noqa: E741


def make_pdf(*pages: str) -> bytes:
    pdf = FPDF()
    for text in pages:
        pdf.add_page()
        pdf.set_font("Helvetica")
        pdf.multi_cell(0, text=text)
    return bytes(pdf.output())


def make_zip(members: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def make_docx(*paragraphs: str) -> bytes:
    runs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    body = f'<w:document xmlns:w="{W}"><w:body>{runs}</w:body></w:document>'
    return make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": body})


def make_xlsx(*cells: str) -> bytes:
    strings = "".join(f"<si><t>{text}</t></si>" for text in cells)
    return make_zip({"xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>'})


def make_odt(*paragraphs: str) -> bytes:
    lines = "".join(f"<t:p>{text}</t:p>" for text in paragraphs)
    body = f'<o:document-content xmlns:o="{O}" xmlns:t="{T}"><o:body><o:text>{lines}</o:text></o:body></o:document-content>'
    return make_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})


OCTETS = "application/octet-stream"


def letter_with(filename: str, document: bytes, *, text: str = "Voici.", media_type: str = OCTETS) -> bytes:
    head = (
        "From: Paul <paul@example.net>\r\nTo: Zo\u00e9 <zoe@example.net>\r\nSubject: Document\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=limite\r\n\r\n--limite\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{text}\r\n--limite\r\nContent-Type: {media_type}\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{filename}"\r\n\r\n'
    )
    return head.encode() + encodebytes(document).replace(b"\n", b"\r\n") + b"--limite--\r\n"
