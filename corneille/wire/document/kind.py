"""What a document is, by its name, its declared type and its first octets."""

from enum import StrEnum


class Kind(StrEnum):
    """A document whose words can be read."""

    PDF = "pdf"
    OOXML = "ooxml"
    ODF = "odf"


_ENDINGS = {
    "pdf": Kind.PDF,
    "docx": Kind.OOXML, "docm": Kind.OOXML, "xlsx": Kind.OOXML, "xlsm": Kind.OOXML, "pptx": Kind.OOXML, "ppsx": Kind.OOXML,
    "odt": Kind.ODF, "ods": Kind.ODF, "odp": Kind.ODF, "ott": Kind.ODF,
}  # fmt: skip
_TYPES = (
    ("application/pdf", Kind.PDF),
    ("application/vnd.openxmlformats-officedocument.", Kind.OOXML),
    ("application/vnd.oasis.opendocument.", Kind.ODF),
)
_MAGIC = {Kind.PDF: b"%PDF-", Kind.OOXML: b"PK\x03\x04", Kind.ODF: b"PK\x03\x04"}
_MAGIC_WITHIN = 1024
"""PDF readers forgive so much before the header; a zip begins with its own."""


def choose_kind(filename: str, media_type: str) -> Kind | None:
    """What it says that it is; None: nothing whose words are read."""
    by_type = next((kind for start, kind in _TYPES if media_type.startswith(start)), None)
    return by_type or _ENDINGS.get(filename.rpartition(".")[2].lower())


def looks_like(kind: Kind, head: bytes) -> bool:
    """Whether its first octets agree."""
    magic = _MAGIC[kind]
    return magic in head[:_MAGIC_WITHIN] if kind is Kind.PDF else head.startswith(magic)
