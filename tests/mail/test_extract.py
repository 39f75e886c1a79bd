"""Documents give their words; hostile ones cost what the limits say, and hurt nobody."""

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from corneille.kernel import clock, settings
from corneille.mail.extract import extract_document
from corneille.wire.document.kind import Kind, choose_kind
from tests.mail.documents import make_docx, make_odt, make_pdf, make_xlsx, make_zip

BOUND_S = 60.0
"""Of a machine that is busy with something else."""


@pytest.mark.parametrize(
    ("kind", "document", "words"),
    [
        (Kind.PDF, make_pdf("Programme de mathématiques", "Deuxième page"), ["Programme de mathématiques", "Deuxième page"]),
        (Kind.OOXML, make_docx("Élèves de 6e", "Sortie au musée"), ["Élèves de 6e\nSortie au musée"]),
        (Kind.OOXML, make_xlsx("Relevé de notes", "Anaïs"), ["Relevé de notes", "Anaïs"]),
        (Kind.ODF, make_odt("Un <t:span>mot</t:span> en gras", "L’autre"), ["Un mot en gras\nL’autre"]),
    ],
)  # fmt: skip
def test_documents_give_their_words(kind: Kind, document: bytes, words: list[str]) -> None:
    text = extract_document(kind, document)
    assert [each for each in words if each not in text] == []


@pytest.mark.parametrize(
    ("filename", "media_type", "kind"),
    [
        ("a.PDF", "application/octet-stream", Kind.PDF), ("sans nom", "application/pdf", Kind.PDF),
        ("a.docx", "application/octet-stream", Kind.OOXML), ("a.ods", "", Kind.ODF), ("a.zip", "application/zip", None),
        ("photo.jpg", "image/jpeg", None), ("pdf", "text/plain", Kind.PDF),
    ],
)  # fmt: skip
def test_a_document_is_known_by_its_type_or_its_name(filename: str, media_type: str, kind: Kind | None) -> None:
    assert choose_kind(filename, media_type) is kind


def make_text_bomb() -> bytes:
    """120 MB of text in 120 kB."""
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:t>'
    return make_zip({"word/document.xml": head + b"a" * 120_000_000})


def make_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return make_zip({"content.xml": f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l9;</x>'})


def make_stream_bomb() -> bytes:
    """A page whose content is 150 MB of operators in some kilobytes."""
    packed = zlib.compress(zlib.compress(b"BT ET " * 25_000_000, 9), 9)
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Length %d/Filter"
        b"[/FlateDecode/FlateDecode]>>stream\n%b\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF" % (len(packed), packed)
    )


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        (Kind.OOXML, make_text_bomb), (Kind.ODF, make_laughs), (Kind.PDF, make_stream_bomb),
        (Kind.PDF, lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400),
        (Kind.PDF, lambda: b"%PDF-1.7\nxref\n0 99999999\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"),
        (Kind.OOXML, lambda: make_docx("mot")[:-30]), (Kind.ODF, lambda: b"PK\x03\x04" + b"\xff" * 5000),
        (Kind.PDF, lambda: make_docx("mot")), (Kind.OOXML, lambda: make_pdf("mot")),
    ],
    ids=["text bomb", "laughs", "stream bomb", "noise", "endless table", "cut zip", "no zip", "not a pdf", "not a zip"],
)  # fmt: skip
def test_a_hostile_document_costs_a_bounded_amount(kind: Kind, make: object) -> None:
    begun_s = clock.monotonic_s()
    text = extract_document(kind, make())  # type: ignore[operator]
    assert len(text) <= 256 * 1024
    assert clock.monotonic_s() - begun_s < BOUND_S


def test_what_came_before_a_limit_is_kept() -> None:
    document = make_docx("début", *["remplissage " * 100] * 1000)
    settings.load(Path("nowhere.toml"), {}, mail={"search_attachment_bytes": 5000})
    text = extract_document(Kind.OOXML, document)
    assert text.startswith("début\n")
    assert len(text) == 5000 - 1, "of octets"


def test_a_document_that_takes_too_long_is_given_up() -> None:
    settings.load(Path("nowhere.toml"), {}, mail={"attachment_time_s": 0.01})
    assert extract_document(Kind.PDF, make_pdf("mot")) == ""


ACTS = ["open('/etc/hostname')", "_socket.socket()", "open('/tmp/x', 'w')", "'a' * 10**9"]


@pytest.mark.parametrize("act", ACTS)
def test_under_the_limits_nothing_can_be_opened_and_memory_ends(act: str) -> None:
    program = f"import _socket; from corneille.mail.extract_child import limit; limit(5, 256 * 1024 * 1024); {act}"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, env={"PYTHONPATH": ":".join(sys.path)})
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].split(b":")[0] in {b"OSError", b"MemoryError"}
