"""The words of a PDF (ISO 32000), page by page."""

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader

PAGES = 500


def read_pdf(content: bytes) -> Iterator[str]:
    """Each page's text; nothing of a document that wants a password."""
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted:
        return
    for number, page in enumerate(reader.pages):
        if number == PAGES:
            return
        yield page.extract_text() + "\n"
